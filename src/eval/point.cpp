// Tapes over single doubles.
#include <algorithm>
#include <cmath>
#include <limits>

#include "eval/tape.h"
#include "expr/rows.h"

namespace nabla::eval {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr Bits kExternalBits = 128;

double truth(double x) { return std::isnan(x) ? x : x != 0 ? 1 : 0; }
double compared(bool holds, double a, double b) { return std::isunordered(a, b) ? kNan : holds ? 1 : 0; }

double integer_power(double x, long n) {
  double r = 1;
  for (; n != 0; n >>= 1, x *= x) {
    if ((n & 1) != 0) r *= x;
  }
  return r;
}

double polynomial(const double* c, long n, double x) {
  double p = c[n - 1];
  for (long j = n - 2; j >= 0; --j) p = p * x + c[j];
  return p;
}

double by_lane(const Instruction& i, const double* s) {
  const double x[] = {s[i.a], i.b == kNoSlot ? 0 : s[i.b], i.c == kNoSlot ? 0 : s[i.c]};
  return i.row->scalar(x, static_cast<int>(i.n));
}

double step(double x) { return x > 0 ? 1 : x < 0 ? 0 : std::isnan(x) ? x : 0.5; }
double sign(double x) { return x > 0 ? 1 : x < 0 ? -1 : std::isnan(x) ? x : 0; }
double least(double a, double b) { return std::isnan(b) ? b : b < a ? b : a; }
double greatest(double a, double b) { return std::isnan(b) ? b : a < b ? b : a; }

}  // namespace

void run_single(const Tape& tape, std::span<const Instruction> code, double* s) {
  for (const Instruction& i : code) {
    double& out = s[i.out];
    switch (i.code) {
      case Code::copy: out = s[i.a]; break;
      case Code::negate: out = -s[i.a]; break;
      case Code::square_root: out = std::sqrt(s[i.a]); break;
      case Code::absolute: out = std::abs(s[i.a]); break;
      case Code::sign: out = sign(s[i.a]); break;
      case Code::floor: out = std::floor(s[i.a]); break;
      case Code::ceiling: out = std::ceil(s[i.a]); break;
      case Code::truncate: out = std::trunc(s[i.a]); break;
      case Code::round: out = std::round(s[i.a]); break;
      case Code::unit_step: out = step(s[i.a]); break;
      case Code::opposite: out = compared(s[i.a] == 0, s[i.a], 0); break;
      case Code::truth: out = truth(s[i.a]); break;
      case Code::power: out = i.n == 2 ? s[i.a] * s[i.a] : integer_power(s[i.a], i.n); break;
      case Code::polynomial: out = polynomial(&tape.coefficients()[i.coefficients], i.n, s[i.a]); break;
      case Code::routine: out = i.function->one(s[i.a]); break;
      case Code::sine_cosine: {
        const double x = s[i.a];
        out = std::sin(x);
        s[i.second] = std::cos(x);
        break;
      }
      case Code::add: out = s[i.a] + s[i.b]; break;
      case Code::subtract: out = s[i.a] - s[i.b]; break;
      case Code::multiply: out = s[i.a] * s[i.b]; break;
      case Code::divide: out = s[i.a] / s[i.b]; break;
      case Code::minimum: out = least(s[i.a], s[i.b]); break;
      case Code::maximum: out = greatest(s[i.a], s[i.b]); break;
      case Code::less: out = compared(s[i.a] < s[i.b], s[i.a], s[i.b]); break;
      case Code::less_equal: out = compared(s[i.a] <= s[i.b], s[i.a], s[i.b]); break;
      case Code::equal: out = compared(s[i.a] == s[i.b], s[i.a], s[i.b]); break;
      case Code::not_equal: out = compared(s[i.a] != s[i.b], s[i.a], s[i.b]); break;
      case Code::both: out = std::isnan(s[i.a]) || s[i.a] == 0 ? s[i.a] : truth(s[i.b]); break;
      case Code::either: out = std::isnan(s[i.a]) ? s[i.a] : s[i.a] != 0 ? 1 : truth(s[i.b]); break;
      case Code::routine_of_two: out = i.function->two(s[i.a], s[i.b]); break;
      case Code::multiply_add: out = s[i.a] * s[i.b] + s[i.c]; break;
      case Code::multiply_subtract: out = s[i.a] * s[i.b] - s[i.c]; break;
      case Code::subtract_product: out = s[i.c] - s[i.a] * s[i.b]; break;
      case Code::choose: out = std::isnan(s[i.c]) ? s[i.c] : s[i.c] != 0 ? s[i.a] : s[i.b]; break;
      case Code::lanes: out = by_lane(i, s); break;
      case Code::external: out = i.c == kNoSlot || s[i.c] != 0 ? run_external(tape, i.node, s, nullptr) : kNan; break;
    }
  }
}

double run_external(const Tape& tape, Expr node, const double* slots, double* error) {
  Evaluator& in = tape.evaluator();
  const auto bind = [&](std::span<const Expr> variables, SlotId first) {
    for (std::size_t k = 0; k < variables.size(); ++k) {
      const double x = slots[first + k];
      if (std::isfinite(x)) {
        in.bind(variables[k], Rational::from_double(x));
      } else {
        in.bind(variables[k], Outcome::enclosed(Ball::from_double(x)));
      }
    }
  };
  if (error != nullptr) *error = kInfinity;
  bind(tape.parameters(), tape.first_parameter());
  bind(tape.inputs(), tape.first_input());
  const Outcome o = in.evaluate(node, kExternalBits);
  if (!o.has_value()) return kNan;
  const double x = o.ball.mid();
  if (error != nullptr && o.state == Outcome::State::enclosed && std::isfinite(x)) {
    const Ball off = number::sub(o.ball, Ball::from_double(x), kExternalBits);
    *error = std::max(std::abs(off.lower()), std::abs(off.upper()));
  }
  return x;
}

Point::Point(const Tape& tape) : tape_(tape), slots_(tape.slot_count()) {
  std::ranges::copy(tape.constants(), slots_.begin());
}

std::span<double> Point::parameters() { return {slots_.data() + tape_.first_parameter(), tape_.parameter_count()}; }
std::span<double> Point::inputs() { return {slots_.data() + tape_.first_input(), tape_.input_count()}; }
void Point::renew() { run_single(tape_, tape_.once(), slots_.data()); }
void Point::run() { run_single(tape_, tape_.each(), slots_.data()); }

}  // namespace nabla::eval
