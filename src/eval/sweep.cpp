#include "eval/sweep.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <exception>
#include <limits>
#include <memory>
#include <mutex>
#include <new>
#include <thread>

#include "expr/rows.h"

namespace nabla::eval {
namespace {

constexpr std::size_t kBlock = 256;       // points
constexpr std::size_t kSmallBlock = 128;  // where many slots live
constexpr std::size_t kManySlots = 20;
constexpr std::size_t kLine = 8;  // doubles in a cache line: buffers end with one, so that they do not collide
constexpr std::size_t kThreadPoints = 16384;  // fewer are not worth a thread
constexpr std::size_t kNoCall = static_cast<std::size_t>(-1);
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kUnit = 0x1p-53;

int threads_wanted = 0;

struct Free {
  void operator()(double* p) const { ::operator delete[](p, std::align_val_t{64}); }
};
std::unique_ptr<double[], Free> aligned(std::size_t doubles) {
  return std::unique_ptr<double[], Free>(
      static_cast<double*>(::operator new[](doubles * sizeof(double), std::align_val_t{64})));
}

std::size_t rounded_up(std::size_t n) { return (n + kLine - 1) / kLine * kLine; }

// One thread's buffers, and the instructions with their addresses in them.
class Worker {
 public:
  Worker(const Tape& tape, const Job& job, const KernelSet& set, std::span<const double> singles,
         std::span<const double> single_errors, std::size_t block)
      : tape_(tape),
        job_(job),
        set_(set),
        bounded_(!job.out_error.empty() || job.bounded),
        block_(block),
        stride_(block + kLine),
        singles_(singles),
        single_errors_(single_errors) {
    const std::size_t temporaries = tape.slot_count() - tape.first_varying();
    const std::size_t arrays = temporaries + tape.input_count() + tape.root_count();
    buffer_ = aligned((bounded_ ? 2 : 1) * arrays * stride_ + 2 * stride_);
    std::fill_n(buffer_.get(), (bounded_ ? 2 : 1) * arrays * stride_ + 2 * stride_, 0.0);
    zeros_ = buffer_.get() + (bounded_ ? 2 : 1) * arrays * stride_;
    place_.resize(tape.slot_count());
    error_place_.resize(tape.slot_count(), zeros_);
    for (SlotId s = 0; s < tape.first_input(); ++s) place_[s] = const_cast<double*>(&singles[s]);
    for (SlotId s = tape.first_single(); s < tape.first_varying(); ++s) place_[s] = const_cast<double*>(&singles[s]);
    std::size_t next = 0;
    const auto take = [&](SlotId s) {
      place_[s] = buffer_.get() + stride_ * next;
      if (bounded_) error_place_[s] = buffer_.get() + stride_ * (arrays + next);
      ++next;
    };
    for (std::size_t i = 0; i < tape.input_count(); ++i) take(tape.first_input() + static_cast<SlotId>(i));
    for (SlotId s = tape.first_varying(); s < tape.slot_count(); ++s) take(s);
    for (std::size_t r = 0; r < tape.root_count(); ++r, ++next) root_buffers_.push_back(next);
    if (bounded_) {
      for (SlotId s = 0; s < tape.first_varying(); ++s) {
        if (!tape.is_varying(s)) error_place_[s] = const_cast<double*>(&single_errors[s]);
      }
    }
    arrays_ = arrays;
    bind();
    find_direct_roots();
    values_.resize(tape.root_count());
    errors_.resize(bounded_ ? tape.root_count() : 0);
  }

  // Works through points first … first + count - 1 (a block or the rest). Sums of the roots are written to `sums`.
  void run(std::size_t first, std::size_t count, double* sums) {
    const std::size_t whole = rounded_up(count);
    load_inputs(first, count);
    for (const Patch& p : patches_) patch(p);
    const bool at_results = count == whole;
    aim(first, at_results);
    for (Call& c : calls_) {
      if (c.kernel != nullptr) {
        c.kernel(c.operands, whole);
      } else {
        by_lanes(*c.code, c.operands, count);
      }
    }
    deliver(first, count, sums, at_results);
  }

 private:
  struct Call {
    Kernel kernel = nullptr;
    Operands operands;
    const Instruction* code = nullptr;
  };
  // An operand that is an input, whose address changes from block to block.
  struct Patch {
    std::size_t call;
    const double* Operands::*value;
    const double* Operands::*error;
    SlotId slot;
  };

  void bind() {
    used_.assign(tape_.input_count(), false);
    void* const logarithm =
        bounded_ ? functions::vector_routine(*functions::find_vector_function("ln"), set_.isa) : nullptr;
    for (const Instruction& i : tape_.each()) {
      Call c;
      c.code = &i;
      Operands& o = c.operands;
      o.out = place_[i.out];
      o.out_error = error_place_[i.out];
      Mode mode = 0;
      const auto operand = [&](SlotId s, const double* Operands::*value, const double* Operands::*error, Mode bit) {
        if (s == kNoSlot) return;
        o.*value = place_[s];
        o.*error = error_place_[s];
        if (!tape_.is_varying(s)) mode |= bit;
        if (s >= tape_.first_input() && s < tape_.first_single()) {
          patches_.push_back({calls_.size(), value, error, s});
          used_[s - tape_.first_input()] = true;
        }
      };
      operand(i.a, &Operands::a, &Operands::a_error, 1);
      operand(i.b, &Operands::b, &Operands::b_error, 2);
      operand(i.c, &Operands::c, &Operands::c_error, 4);
      if (i.second != kNoSlot) {
        o.second = place_[i.second];
        o.second_error = error_place_[i.second];
      }
      o.n = i.n;
      if (i.code == Code::polynomial) {
        o.coefficients = &tape_.coefficients()[i.coefficients];
        o.coefficient_errors = &tape_.coefficient_errors()[i.coefficients];
      }
      bool ready = i.code != Code::lanes && i.code != Code::external;
      if (i.function != nullptr) {
        o.routine = i.code == Code::sine_cosine ? functions::sine_and_cosine_routine(set_.isa)
                                                : functions::vector_routine(*i.function, set_.isa);
        o.logarithm = logarithm;
        o.ulp = i.function->ulp;
        ready = o.routine != nullptr;
      }
      if (!ready) used_.assign(tape_.input_count(), true);
      if (ready) c.kernel = bounded_ ? set_.bounded(i.code, mode, i.n, i.slope) : set_.plain(i.code, mode, i.n);
      calls_.push_back(c);
    }
  }

  // Roots that can be written where they are wanted: by the last instruction for their slot, if nothing reads it later.
  void find_direct_roots() {
    direct_.assign(tape_.root_count(), kNoCall);
    if (job_.out.empty() || job_.consume || !job_.sums.empty()) return;
    const auto roots = tape_.roots();
    for (std::size_t r = 0; r < roots.size(); ++r) {
      const SlotId s = roots[r];
      if (s < tape_.first_varying() || std::ranges::count(roots, s) > 1) continue;
      for (std::size_t k = calls_.size(); k-- > 0;) {
        const Instruction& i = *calls_[k].code;
        if (i.out == s && i.second == kNoSlot && calls_[k].kernel != nullptr) direct_[r] = k;
        if (i.out == s || i.second == s || i.a == s || i.b == s || i.c == s) break;
      }
    }
  }

  void aim(std::size_t first, bool at_results) {
    for (std::size_t r = 0; r < direct_.size(); ++r) {
      if (direct_[r] == kNoCall) continue;
      Operands& o = calls_[direct_[r]].operands;
      const SlotId s = tape_.roots()[r];
      o.out = at_results ? job_.out[r] + first : place_[s];
      if (bounded_) o.out_error = at_results && !job_.out_error.empty() ? job_.out_error[r] + first : error_place_[s];
    }
  }

  void load_inputs(std::size_t first, std::size_t count) {
    const bool whole = count % kLine == 0;
    for (std::size_t i = 0; i < tape_.input_count(); ++i) {
      if (!used_[i]) continue;
      const SlotId s = tape_.first_input() + static_cast<SlotId>(i);
      const Column& column = job_.inputs[i];
      double* own = buffer_.get() + stride_ * i;
      double* own_error = bounded_ ? buffer_.get() + stride_ * (arrays_ + i) : nullptr;
      place_[s] = own;
      if (bounded_) error_place_[s] = column.data != nullptr && column.error == nullptr ? zeros_ : own_error;
      if (column.data == nullptr) {
        set_.ramp(own, own_error, column.first, column.step, static_cast<double>(first), rounded_up(count));
        continue;
      }
      const auto fetch = [&](const double* from, double* buffer, std::vector<double*>& place) {
        if (whole) {
          place[s] = const_cast<double*>(from + first);
        } else {
          std::copy_n(from + first, count, buffer);
        }
      };
      fetch(column.data, own, place_);
      if (bounded_ && column.error != nullptr) fetch(column.error, own_error, error_place_);
    }
  }

  void patch(const Patch& p) {
    calls_[p.call].operands.*p.value = place_[p.slot];
    calls_[p.call].operands.*p.error = error_place_[p.slot];
  }

  // What has no kernel, point by point.
  void by_lanes(const Instruction& i, const Operands& o, std::size_t count) {
    scratch_.resize(tape_.slot_count());
    const auto at = [&](SlotId s, std::size_t k) { return tape_.is_varying(s) ? place_[s][k] : *place_[s]; };
    for (SlotId s = 0; s < tape_.first_input(); ++s) scratch_[s] = *place_[s];
    for (std::size_t k = 0; k < count; ++k) {
      for (std::size_t n = 0; n < tape_.input_count(); ++n) {
        const SlotId s = tape_.first_input() + static_cast<SlotId>(n);
        scratch_[s] = place_[s][k];
      }
      for (SlotId s : {i.a, i.b, i.c}) {
        if (s != kNoSlot) scratch_[s] = at(s, k);
      }
      if (i.code == Code::external) {
        double error = kInfinity;
        const bool wanted = i.c == kNoSlot || scratch_[i.c] != 0;
        o.out[k] = wanted ? run_external(tape_, i.node, scratch_.data(), bounded_ ? &error : nullptr)
                          : std::numeric_limits<double>::quiet_NaN();
        if (bounded_) o.out_error[k] = inputs_move(k) ? kInfinity : error;
        continue;
      }
      run_single(tape_, std::span(&i, 1), scratch_.data());
      o.out[k] = scratch_[i.out];
      if (i.second != kNoSlot) o.second[k] = scratch_[i.second];
      if (bounded_) {
        // Without a vector routine nothing is known of the error.
        o.out_error[k] = kInfinity;
        if (i.second != kNoSlot) o.second_error[k] = kInfinity;
      }
    }
    std::fill_n(o.out + count, rounded_up(count) - count, 0.0);
  }

  bool inputs_move(std::size_t k) const {
    for (std::size_t n = 0; n < tape_.input_count(); ++n) {
      if (error_place_[tape_.first_input() + n][k] > 0) return true;
    }
    return false;
  }

  void deliver(std::size_t first, std::size_t count, double* sums, bool at_results) {
    for (std::size_t r = 0; r < tape_.root_count(); ++r) {
      if (at_results && direct_[r] != kNoCall) continue;
      const SlotId s = tape_.roots()[r];
      const double* value = place_[s];
      const double* error = error_place_[s];
      if (!tape_.is_varying(s)) {
        double* own = buffer_.get() + stride_ * root_buffers_[r];
        std::fill_n(own, block_, *value);
        value = own;
        if (bounded_) {
          double* own_error = buffer_.get() + stride_ * (arrays_ + root_buffers_[r]);
          std::fill_n(own_error, block_, *error);
          error = own_error;
        }
      }
      values_[r] = value;
      if (bounded_) errors_[r] = error;
      if (!job_.out.empty()) std::copy_n(value, count, job_.out[r] + first);
      if (!job_.out_error.empty()) std::copy_n(error, count, job_.out_error[r] + first);
      if (sums != nullptr) sums[r] = sum(value, count);
    }
    if (job_.consume) job_.consume(first, count, values_, errors_);
  }

  double sum(const double* value, std::size_t count) const {
    const std::size_t whole = count / kLine * kLine;
    double total = set_.sum(value, whole);
    for (std::size_t k = whole; k < count; ++k) total += value[k];
    return total;
  }

  const Tape& tape_;
  const Job& job_;
  const KernelSet& set_;
  bool bounded_;
  std::size_t block_;
  std::size_t stride_;
  std::size_t arrays_ = 0;
  std::span<const double> singles_;
  std::span<const double> single_errors_;
  std::unique_ptr<double[], Free> buffer_;
  double* zeros_ = nullptr;
  std::vector<double*> place_;
  std::vector<double*> error_place_;
  std::vector<std::size_t> root_buffers_;
  std::vector<Call> calls_;
  std::vector<Patch> patches_;
  std::vector<bool> used_;           // inputs that are read
  std::vector<std::size_t> direct_;  // by root: the call that writes it to the results, or kNoCall
  std::vector<const double*> values_;
  std::vector<const double*> errors_;
  std::vector<double> scratch_;
};

// The instructions done once, with bounds: as a block of points that are all the same.
void bound_singles(const Tape& tape, const KernelSet& set, std::vector<double>& values, std::vector<double>& errors) {
  if (tape.once().empty()) return;
  const std::size_t slots = tape.first_varying();
  std::vector<double> copies(slots * kLine);
  std::vector<double> error_copies(slots * kLine);
  for (std::size_t s = 0; s < slots; ++s) {
    std::fill_n(&copies[s * kLine], kLine, values[s]);
    std::fill_n(&error_copies[s * kLine], kLine, errors[s]);
  }
  for (const Instruction& i : tape.once()) {
    Operands o;
    const auto at = [&](SlotId s) { return s == kNoSlot ? nullptr : &copies[s * kLine]; };
    const auto error_at = [&](SlotId s) { return s == kNoSlot ? nullptr : &error_copies[s * kLine]; };
    o.out = at(i.out);
    o.second = at(i.second);
    o.out_error = error_at(i.out);
    o.second_error = error_at(i.second);
    o.a = at(i.a);
    o.b = at(i.b);
    o.c = at(i.c);
    o.a_error = error_at(i.a);
    o.b_error = error_at(i.b);
    o.c_error = error_at(i.c);
    o.n = i.n;
    bool ready = i.code != Code::lanes && i.code != Code::external;
    if (i.function != nullptr) {
      o.routine = i.code == Code::sine_cosine ? functions::sine_and_cosine_routine(set.isa)
                                              : functions::vector_routine(*i.function, set.isa);
      o.logarithm = functions::vector_routine(*functions::find_vector_function("ln"), set.isa);
      o.ulp = i.function->ulp;
      ready = o.routine != nullptr;
    }
    if (ready) {
      set.bounded(i.code, 0, i.n, i.slope)(o, kLine);
    } else {
      std::fill_n(o.out, kLine, values[i.out]);
      std::fill_n(o.out_error, kLine, kInfinity);
      if (i.second != kNoSlot) {
        std::fill_n(o.second, kLine, values[i.second]);
        std::fill_n(o.second_error, kLine, kInfinity);
      }
    }
  }
  for (std::size_t s = 0; s < slots; ++s) {
    values[s] = copies[s * kLine];
    errors[s] = error_copies[s * kLine];
  }
}

}  // namespace

int default_threads() {
  if (threads_wanted > 0) return threads_wanted;
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

void set_default_threads(int n) { threads_wanted = n; }

void sweep(const Tape& tape, const Job& job, const KernelSet& set) {
  const bool bounded = !job.out_error.empty() || job.bounded;
  // Constants, parameters and what depends on nothing else.
  std::vector<double> singles(tape.slot_count());
  std::vector<double> single_errors(bounded ? tape.slot_count() : 0);
  std::ranges::copy(tape.constants(), singles.begin());
  std::ranges::copy(job.parameters, singles.begin() + tape.first_parameter());
  run_single(tape, tape.once(), singles.data());
  if (bounded) {
    std::ranges::copy(tape.constant_errors(), single_errors.begin());
    bound_singles(tape, set, singles, single_errors);
  }

  const std::size_t live = tape.slot_count() - tape.first_varying() + tape.input_count();
  const std::size_t block = live * (bounded ? 2 : 1) > kManySlots ? kSmallBlock : kBlock;
  const std::size_t blocks = (job.points + block - 1) / block;
  const std::size_t roots = tape.root_count();
  std::vector<double> sums(job.sums.empty() ? 0 : blocks * roots);

  std::atomic<std::size_t> next{0};
  std::atomic<bool> stopped{false};
  std::mutex guard;
  std::exception_ptr failure;
  base::Budget& budget = tape.evaluator().budget();
  const auto work = [&] {
    Worker worker(tape, job, set, singles, single_errors, block);
    constexpr std::size_t kTogether = 8;
    while (true) {
      const std::size_t from = next.fetch_add(kTogether);
      if (from >= blocks) return;
      if (base::Budget::stop_flag().load() || (budget.deadline && base::Budget::Clock::now() >= *budget.deadline)) {
        stopped = true;
        return;
      }
      for (std::size_t b = from; b < std::min(from + kTogether, blocks); ++b) {
        const std::size_t first = b * block;
        worker.run(first, std::min(block, job.points - first), sums.empty() ? nullptr : &sums[b * roots]);
      }
    }
  };
  const auto guarded = [&] {
    try {
      work();
    } catch (...) {
      const std::lock_guard lock(guard);
      if (!failure) failure = std::current_exception();
      next = blocks;
    }
  };
  const std::size_t useful = std::max<std::size_t>(1, job.points / kThreadPoints);
  const std::size_t threads =
      tape.has_externals() ? 1 : std::min<std::size_t>(static_cast<std::size_t>(std::max(1, job.threads)), useful);
  std::vector<std::thread> helpers;
  for (std::size_t t = 1; t < threads; ++t) helpers.emplace_back(guarded);
  guarded();
  for (std::thread& t : helpers) t.join();
  if (failure) std::rethrow_exception(failure);
  if (stopped) {
    for (int k = 0; k < 512; ++k) budget.check();  // looks at the clock now and then
    throw base::Error(base::Code::interrupted, {}, "interrupted");
  }

  for (std::size_t r = 0; r < job.sums.size(); ++r) {
    double total = 0;
    for (std::size_t b = 0; b < blocks; ++b) total += sums[b * roots + r];
    job.sums[r] = total;
  }
}

}  // namespace nabla::eval
