#include "calc/operations/sum/swept_sum.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "algebra/derivative/derivative_node.h"

namespace nabla::calc {

using number::Ball;

namespace {

constexpr long kTogether = 1 << 16;  // terms of one sweep

// The terms of one block: their sum in two doubles, a bound of its error, their number.
struct Part {
  double high = 0;
  double low = 0;
  double error = 0;
  std::size_t count = 0;
};

// Long doubles carry 64 bits: each addition rounds by less than 2^-63 of all magnitudes together.
Part part_of(const double* values, const double* errors, std::size_t count) {
  long double sum = 0;
  long double size = 0;
  long double error = 0;
  for (std::size_t i = 0; i < count; ++i) {
    sum += values[i];
    size += std::abs(values[i]);
    error += errors[i];
  }
  Part p;
  p.high = static_cast<double>(sum);
  p.low = static_cast<double>(sum - p.high);
  p.error = static_cast<double>((error + size * static_cast<long double>(count + 2) * 0x1p-63L) * (1 + 0x1p-40L));
  p.count = count;
  return p;
}

}  // namespace

SweptSum::SweptSum(eval::Evaluator& in, expr::Expr body, expr::Expr index)
    : tape_(in, std::array{algebra::fast_form(in.graph(), body, in.budget())}, std::array{index}), sweep_(tape_) {}

SweptSum::Runs SweptSum::add(long first, long last, Ball& total, number::Bits bits) {
  Runs open;
  std::vector<double> index;
  for (long from = first; from <= last; from += kTogether) {
    const auto count = static_cast<std::size_t>(std::min(kTogether, last - from + 1));
    index.resize(count);
    for (std::size_t i = 0; i < count; ++i) index[i] = static_cast<double>(from + static_cast<long>(i));
    std::vector<Part> parts(count);  // each at the place of its first term
    const eval::Column column = eval::Column::of(index);
    eval::Job job;
    job.points = count;
    job.inputs = std::span(&column, 1);
    job.bounded = true;
    job.consume = [&](std::size_t at, std::size_t n, std::span<const double* const> values,
                      std::span<const double* const> errors) { parts[at] = part_of(values[0], errors[0], n); };
    sweep_.run(job);
    for (std::size_t i = 0; i < count; i += std::max<std::size_t>(1, parts[i].count)) {
      const Part& p = parts[i];
      if (!(std::isfinite(p.high) && std::isfinite(p.error))) {
        open.emplace_back(from + static_cast<long>(i), from + static_cast<long>(i + p.count) - 1);
        continue;
      }
      number::add_to(total, Ball::from_double(p.high), bits);
      number::add_to(total, Ball::from_double(p.low), bits);
      number::add_to(total, Ball::hull(Ball::from_double(-p.error), Ball::from_double(p.error), bits), bits);
    }
  }
  return open;
}

}  // namespace nabla::calc
