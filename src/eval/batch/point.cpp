// Point of eval/tape/tape.h: tapes over single doubles.
#include <algorithm>
#include <cmath>
#include <limits>

#include "eval/batch/kernel.h"
#include "eval/tape/tape.h"
#include "expr/rows.h"

namespace nabla::eval {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr Bits kExternalBits = 128;

}  // namespace

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

Point::Point(const Tape& tape) : slots_(tape.slot_count()), tape_(tape), point_(kernels().point) {
  std::ranges::copy(tape.constants(), slots_.begin());
  parameters_ = std::span(slots_).subspan(tape.first_parameter(), tape.parameter_count());
  inputs_ = std::span(slots_).subspan(tape.first_input(), tape.input_count());
  once_.reserve(tape.once().size());
  each_.reserve(tape.each().size());
  for (const Instruction& i : tape.once()) once_.push_back(step(i));
  for (const Instruction& i : tape.each()) each_.push_back(step(i));
  for (SlotId r : tape.roots()) results_.push_back(&slots_[r]);
}

PointStep Point::step(const Instruction& i) {
  PointStep s;
  s.code = i.code;
  const auto at = [](SlotId slot) { return slot == kNoSlot ? 0 : slot; };
  s.out = i.out;
  s.a = at(i.a);
  s.b = at(i.b);
  s.c = i.code == Code::sine_cosine ? i.second : at(i.c);
  s.n = static_cast<std::uint16_t>(i.n);
  switch (i.code) {
    case Code::routine: s.one = i.function->one; break;
    case Code::routine_of_two: s.two = i.function->two; break;
    case Code::polynomial: s.coefficients = &tape_.coefficients()[i.coefficients]; break;
    case Code::lanes:
    case Code::external:
      calls_.push_back(
          std::make_unique<PointCall>(PointCall{i.code == Code::lanes ? run_lane : run_external_step, &tape_, &i}));
      s.call = calls_.back().get();
      break;
    default: break;
  }
  return s;
}

double Point::run_lane(const PointCall& call, const double* slots, const PointStep& s) {
  const double x[] = {slots[s.a], slots[s.b], slots[s.c]};
  return static_cast<const Instruction*>(call.instruction)->row->forms.scalar(x, s.n);
}

double Point::run_external_step(const PointCall& call, const double* slots, const PointStep& s) {
  const auto& instruction = *static_cast<const Instruction*>(call.instruction);
  if (instruction.c != kNoSlot && slots[s.c] == 0) return kNan;
  return run_external(*static_cast<const Tape*>(call.tape), instruction.node, slots, nullptr);
}

}  // namespace nabla::eval
