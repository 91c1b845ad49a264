#include "eval/batch/sweep.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>

#include "base/crew.h"
#include "eval/batch/scalar_bound.h"
#include "eval/batch/worker.h"
#include "number/functions/functions.h"
#include "number/threads.h"

namespace nabla::eval {
namespace {

constexpr std::size_t kBlock = 256;       // points
constexpr std::size_t kSmallBlock = 128;  // where many slots live
constexpr std::size_t kManySlots = 20;
constexpr std::size_t kTogether = 8;           // blocks done by one thread in one go, and added up in one go
constexpr std::size_t kThreadWork = 1 << 18;   // points times instructions; fewer are not worth a thread
constexpr std::size_t kConsumedPoints = 2048;  // points, where more is done with each
constexpr double kInfinity = std::numeric_limits<double>::infinity();

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
      o.logarithm = functions::vector_routine(number::forms::ln.vector, set.isa);
      o.ulp = i.function->ulp;
      ready = o.routine != nullptr;
    }
    if (ready) {
      set.bounded(i.code, 0, i.n, i.slope)(o, kLine);
    } else {
      double x[3] = {};
      double errors_of_x[3] = {};
      std::size_t arity = 0;
      for (SlotId s : {i.a, i.b, i.c}) {
        if (s == kNoSlot) continue;
        x[arity] = values[s];
        errors_of_x[arity++] = *error_at(s);
      }
      std::fill_n(o.out, kLine, values[i.out]);
      std::fill_n(o.out_error, kLine,
                  i.code == Code::lanes
                      ? lane_error(*i.row, std::span(x, arity), std::span(errors_of_x, arity), values[i.out])
                      : kInfinity);
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

// All cores, unless fewer or more are wanted.
std::size_t threads_allowed(int wanted) {
  return wanted > 0 ? static_cast<std::size_t>(wanted) : std::max(1u, std::thread::hardware_concurrency());
}

}  // namespace

Column Column::after(std::size_t skipped) const {
  Column rest = *this;
  if (data == nullptr) {
    rest.start += skipped;
  } else {
    rest.data += skipped;
    if (error != nullptr) rest.error += skipped;
  }
  return rest;
}

bool Column::is_exact_range(std::size_t points) const {
  constexpr double kLargest = 0x1p52;  // half of the last integer, so that rounding here does no harm
  const bool whole = std::floor(first) == first && std::floor(step) == step;
  return whole && std::abs(first) + std::abs(step) * static_cast<double>(start + points) <= kLargest;
}

Sweep::Sweep(const Tape& tape, const KernelSet& set) : tape_(tape), set_(set), start_(std::make_unique<Point>(tape)) {}

Sweep::~Sweep() = default;

// Constants, parameters and what depends on nothing else.
void Sweep::prepare(const Job& job, bool bounded) {
  std::ranges::copy(job.parameters, start_->parameters().begin());
  start_->renew();
  singles_.resize(tape_.slot_count());
  std::ranges::copy(start_->slots(), singles_.begin());
  if (!bounded) return;
  single_errors_.assign(tape_.slot_count(), 0);
  std::ranges::copy(tape_.constant_errors(), single_errors_.begin());
  bound_singles(tape_, set_, singles_, single_errors_);
}

void Sweep::run(const Job& job) {
  const Purpose purpose{!job.out_error.empty() || job.bounded, !job.out.empty(), !job.sums.empty(),
                        job.consume != nullptr};
  if (purpose_ == nullptr || *purpose_ != purpose) {
    workers_.clear();
    purpose_ = std::make_unique<Purpose>(purpose);
  }
  prepare(job, purpose.bounded);
  const std::size_t live = tape_.slot_count() - tape_.first_varying() + tape_.input_count();
  const std::size_t block = live * (purpose.bounded ? 2 : 1) > kManySlots ? kSmallBlock : kBlock;
  const std::size_t blocks = (job.points + block - 1) / block;
  const std::size_t roots = tape_.root_count();
  const std::size_t batches = (blocks + kTogether - 1) / kTogether;
  totals_.assign(job.sums.empty() ? 0 : batches * roots * kLine, 0.0);

  const std::size_t useful = std::max<std::size_t>(
      1, purpose.consumes ? job.points / kConsumedPoints : job.points * tape_.each().size() / kThreadWork);
  base::Budget& budget = tape_.evaluator().budget();
  const std::size_t allowed = threads_allowed(job.threads > 0 ? job.threads : budget.threads);
  const std::size_t threads = tape_.has_externals() ? 1 : std::min(allowed, useful);
  while (workers_.size() < threads) {
    workers_.push_back(std::make_unique<Worker>(tape_, purpose, set_, singles_, single_errors_, block));
  }

  std::atomic<std::size_t> next{0};
  std::atomic<bool> stopped{false};
  std::mutex guard;
  std::exception_ptr failure;
  const auto work = [&](Worker& worker) {
    while (true) {
      const std::size_t from = next.fetch_add(kTogether);
      if (from >= blocks) return;
      if (budget.is_over()) {
        stopped = true;
        return;
      }
      double* totals = totals_.empty() ? nullptr : &totals_[from / kTogether * roots * kLine];
      for (std::size_t b = from; b < std::min(from + kTogether, blocks); ++b) {
        const std::size_t first = b * block;
        worker.run(job, first, std::min(block, job.points - first), totals);
      }
    }
  };
  const auto guarded = [&](Worker& worker) {
    try {
      work(worker);
    } catch (...) {
      const std::lock_guard lock(guard);
      if (!failure) failure = std::current_exception();
      next = blocks;
    }
  };
  Crew::shared().run(threads - 1, [&](std::size_t t) { guarded(*workers_[t]); });
  if (failure) std::rethrow_exception(failure);
  if (stopped) {
    for (int k = 0; k < 512; ++k) budget.check();  // looks at the clock now and then
    throw base::Error(base::Code::interrupted, {}, "interrupted");
  }

  for (std::size_t r = 0; r < job.sums.size(); ++r) {
    double total = 0;
    for (std::size_t b = 0; b < batches; ++b) {
      for (std::size_t k = 0; k < kLine; ++k) total += totals_[(b * roots + r) * kLine + k];
    }
    job.sums[r] = total * workers_[0]->scale(r);
  }
}

void sweep(const Tape& tape, const Job& job, const KernelSet& set) { Sweep(tape, set).run(job); }

bool in_vectors(const Tape& tape) {
  return !tape.has_externals() &&
         std::ranges::none_of(tape.each(), [](const Instruction& i) { return i.code == Code::lanes; });
}

}  // namespace nabla::eval
