#include "eval/batch/worker.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "eval/batch/scalar_bound.h"
#include "number/functions/functions.h"

namespace nabla::eval {
namespace {

constexpr std::size_t kNoCall = static_cast<std::size_t>(-1);
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::size_t rounded_up(std::size_t n) { return (n + kLine - 1) / kLine * kLine; }

}  // namespace

Worker::Worker(const Tape& tape, Purpose purpose, const KernelSet& set, std::span<const double> singles,
               std::span<const double> single_errors, std::size_t block)
    : tape_(tape),
      set_(set),
      purpose_(purpose),
      bounded_(purpose.bounded),
      block_(block),
      stride_(block + kLine),
      singles_(singles),
      single_errors_(single_errors) {
  const std::size_t temporaries = tape.slot_count() - tape.first_varying();
  const std::size_t arrays = temporaries + tape.input_count() + tape.root_count();
  const std::size_t size = (bounded_ ? 2 : 1) * arrays * stride_ + 2 * stride_;
  buffer_.reset(static_cast<double*>(::operator new[](size * sizeof(double), std::align_val_t{64})));
  std::fill_n(buffer_.get(), size, 0.0);
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
  find_summed_roots();
  values_.resize(tape.root_count());
  errors_.resize(bounded_ ? tape.root_count() : 0);
}

void Worker::run(const Job& job, std::size_t first, std::size_t count, double* totals) {
  job_ = &job;
  const std::size_t whole = rounded_up(count);
  load_inputs(first, count);
  for (const Patch& p : patches_) patch(p);
  const bool at_results = count == whole;
  aim(first, at_results);
  for (std::size_t k = 0; k < calls_.size(); ++k) {
    const Call& c = calls_[k];
    if (c.sum == Call::Sum::later) continue;
    if (c.sum == Call::Sum::here) {
      const double* second = c.second == nullptr ? nullptr : c.operands.*c.second;
      add_up(totals + c.root * kLine, c.operands.*c.first, second, count);
    } else if (c.kernel != nullptr) {
      c.kernel(c.operands, whole);
    } else {
      by_lanes(k, c.operands, count);
    }
  }
  deliver(first, count, totals, at_results);
}

void Worker::bind() {
  used_.assign(tape_.input_count(), false);
  void* const logarithm = bounded_ ? functions::vector_routine(number::forms::ln.vector, set_.isa) : nullptr;
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

void Worker::find_direct_roots() {
  direct_.assign(tape_.root_count(), kNoCall);
  if (!purpose_.stores || purpose_.consumes || purpose_.sums) return;
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

void Worker::find_summed_roots() {
  sums_.assign(tape_.root_count(), {});
  if (purpose_.stores || purpose_.consumes || !purpose_.sums) return;
  const auto roots = tape_.roots();
  for (std::size_t r = 0; r < roots.size(); ++r) {
    const SlotId s = roots[r];
    if (s < tape_.first_varying() || std::ranges::count(roots, s) > 1) continue;
    for (std::size_t k = calls_.size(); k-- > 0;) {
      const Instruction& i = *calls_[k].code;
      if (i.out == s) sum_root(r, k);
      if (i.out == s || i.second == s || i.a == s || i.b == s || i.c == s) break;
    }
  }
}

void Worker::sum_root(std::size_t root, std::size_t call) {
  RootSum& sum = sums_[root];
  const auto add_here = [&](Call& c, const double* Operands::*first, const double* Operands::*second) {
    c.sum = Call::Sum::here;
    c.root = root;
    c.first = first;
    c.second = second;
    sum.by_call = true;
  };
  while (call != kNoCall) {
    Call& c = calls_[call];
    const Instruction& i = *c.code;
    const bool scaled = i.code == Code::multiply && !tape_.is_varying(i.a);
    if (i.code == Code::multiply && !scaled && tape_.is_varying(i.b)) return add_here(c, &Operands::a, &Operands::b);
    if (i.code == Code::power && i.n == 2) return add_here(c, &Operands::a, &Operands::a);
    if (!scaled && i.code != Code::negate) return;
    if (scaled) sum.factors.push_back(c.operands.a);
    if (!scaled) sum.sign = -sum.sign;
    const std::size_t source = only_source(call, scaled ? i.b : i.a);
    const Code code = source == kNoCall ? Code::copy : calls_[source].code->code;
    const bool goes_on =
        code == Code::multiply || code == Code::negate || (code == Code::power && calls_[source].code->n == 2);
    if (!goes_on) return add_here(c, scaled ? &Operands::b : &Operands::a, nullptr);
    c.sum = Call::Sum::later;
    call = source;
  }
}

std::size_t Worker::only_source(std::size_t call, SlotId s) const {
  if (s < tape_.first_varying()) return kNoCall;
  const auto reads = [s](const Instruction& i) { return i.a == s || i.b == s || i.c == s; };
  const auto writes = [s](const Instruction& i) { return i.out == s || i.second == s; };
  bool overwritten = writes(*calls_[call].code);
  for (std::size_t k = call + 1; k < calls_.size() && !overwritten; ++k) {
    if (reads(*calls_[k].code)) return kNoCall;
    overwritten = writes(*calls_[k].code);
  }
  if (!overwritten && std::ranges::find(tape_.roots(), s) != tape_.roots().end()) return kNoCall;
  for (std::size_t k = call; k-- > 0;) {
    const Instruction& i = *calls_[k].code;
    if (writes(i)) return i.out == s && i.second == kNoSlot ? k : kNoCall;
    if (reads(i)) return kNoCall;
  }
  return kNoCall;
}

double Worker::scale(std::size_t root) const {
  double product = sums_[root].sign;
  for (const double* f : sums_[root].factors) product *= *f;
  return std::isfinite(product) ? product : kNan;
}

void Worker::aim(std::size_t first, bool at_results) {
  for (std::size_t r = 0; r < direct_.size(); ++r) {
    if (direct_[r] == kNoCall) continue;
    Operands& o = calls_[direct_[r]].operands;
    const SlotId s = tape_.roots()[r];
    o.out = at_results ? job_->out[r] + first : place_[s];
    if (bounded_) o.out_error = at_results && !job_->out_error.empty() ? job_->out_error[r] + first : error_place_[s];
  }
}

void Worker::load_inputs(std::size_t first, std::size_t count) {
  const bool whole = count % kLine == 0;
  for (std::size_t i = 0; i < tape_.input_count(); ++i) {
    if (!used_[i]) continue;
    const SlotId s = tape_.first_input() + static_cast<SlotId>(i);
    const Column& column = job_->inputs[i];
    double* own = buffer_.get() + stride_ * i;
    double* own_error = bounded_ ? buffer_.get() + stride_ * (arrays_ + i) : nullptr;
    place_[s] = own;
    const bool is_exact = column.data != nullptr ? column.error == nullptr : column.is_exact_range(job_->points);
    if (bounded_) error_place_[s] = is_exact ? zeros_ : own_error;
    if (column.data == nullptr) {
      const auto start = static_cast<double>(column.start + first);
      set_.ramp(own, is_exact ? nullptr : own_error, column.first, column.step, start, rounded_up(count));
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

void Worker::patch(const Patch& p) {
  calls_[p.call].operands.*p.value = place_[p.slot];
  calls_[p.call].operands.*p.error = error_place_[p.slot];
}

void Worker::by_lanes(std::size_t call, const Operands& o, std::size_t count) {
  const Instruction& i = *calls_[call].code;
  if (!point_) point_ = std::make_unique<Point>(tape_);
  std::copy_n(singles_.data(), tape_.first_input(), point_->slots().begin());
  std::copy_n(singles_.data() + tape_.first_single(), tape_.first_varying() - tape_.first_single(),
              point_->slots().begin() + tape_.first_single());
  const std::span<double> slots = point_->slots();
  for (std::size_t k = 0; k < count; ++k) {
    for (std::size_t n = 0; n < tape_.input_count(); ++n) point_->inputs()[n] = place_[tape_.first_input() + n][k];
    for (SlotId s : {i.a, i.b, i.c}) {
      if (s != kNoSlot && s >= tape_.first_varying()) slots[s] = place_[s][k];
    }
    double error = kInfinity;
    if (i.code == Code::external && bounded_) {
      const bool wanted = i.c == kNoSlot || slots[i.c] != 0;
      o.out[k] = wanted ? run_external(tape_, i.node, slots.data(), &error) : kNan;
      if (inputs_move(k)) error = kInfinity;
    } else {
      // The output may alias an operand.
      double x[3] = {};
      double errors[3] = {};
      std::size_t arity = 0;
      for (SlotId s : {i.a, i.b, i.c}) {
        if (s == kNoSlot) continue;
        x[arity] = slots[s];
        errors[arity++] = error_place_[s][tape_.is_varying(s) ? k : 0];
      }
      point_->run_step(call);
      o.out[k] = slots[i.out];
      if (i.second != kNoSlot) o.second[k] = slots[i.second];
      if (i.code == Code::lanes && bounded_) {
        error = lane_error(*i.row, std::span(x, arity), std::span(errors, arity), o.out[k]);
      }
    }
    if (bounded_) o.out_error[k] = error;
    if (bounded_ && i.second != kNoSlot) o.second_error[k] = kInfinity;
  }
  std::fill_n(o.out + count, rounded_up(count) - count, 0.0);
}

bool Worker::inputs_move(std::size_t k) const {
  for (std::size_t n = 0; n < tape_.input_count(); ++n) {
    if (error_place_[tape_.first_input() + n][k] > 0) return true;
  }
  return false;
}

void Worker::deliver(std::size_t first, std::size_t count, double* totals, bool at_results) {
  for (std::size_t r = 0; r < tape_.root_count(); ++r) {
    if (at_results && direct_[r] != kNoCall) continue;
    if (sums_[r].by_call) continue;
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
    if (!job_->out.empty()) std::copy_n(value, count, job_->out[r] + first);
    if (!job_->out_error.empty()) std::copy_n(error, count, job_->out_error[r] + first);
    if (totals != nullptr) add_up(totals + r * kLine, value, nullptr, count);
  }
  if (job_->consume) job_->consume(first, count, values_, errors_);
}

void Worker::add_up(double* totals, const double* a, const double* b, std::size_t count) const {
  const std::size_t whole = count / kLine * kLine;
  b == nullptr ? set_.sum(totals, a, whole) : set_.dot(totals, a, b, whole);
  for (std::size_t k = whole; k < count; ++k) totals[k - whole] += b == nullptr ? a[k] : a[k] * b[k];
}

}  // namespace nabla::eval
