// TapeCompiler (tape_compiler.h): constants, instructions and slots of a tape.
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "eval/tape/tape_compiler.h"

namespace nabla::eval {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kUnit = 0x1p-53;
constexpr Bits kConstantBits = 128;

}  // namespace

// Instructions.

TapeCompiler::Id TapeCompiler::new_value(Origin origin, bool varying, std::uint32_t index) {
  infos_.push_back({origin, varying, index});
  return static_cast<Id>(infos_.size() - 1);
}

double TapeCompiler::rounding_of(double x) { return std::abs(x) * kUnit * (1 + 0x1p-40) + 0x1p-1022; }

TapeCompiler::Id TapeCompiler::constant(const Rational& q) {
  const double x = q.to_double();
  return constant(x, std::isfinite(x) && Rational::from_double(x) == q ? 0 : rounding_of(x));
}

TapeCompiler::Id TapeCompiler::constant(Expr e) {
  if (g_.is_number(e)) return constant(g_.number(e));
  const Outcome o = in_.evaluate(e, kConstantBits);
  if (o.exact) return constant(*o.exact);
  if (!o.has_value()) return constant(std::numeric_limits<double>::quiet_NaN(), kInfinity);
  const double x = o.ball.mid();
  if (o.state == Outcome::State::estimated || !std::isfinite(x)) return constant(x, kInfinity);
  const Ball off = number::sub(o.ball, Ball::from_double(x), kConstantBits);
  return constant(x, std::max(std::abs(off.lower()), std::abs(off.upper())));
}

TapeCompiler::Id TapeCompiler::constant(double value, double error) {
  const auto [found, is_new] = constant_ids_.try_emplace(std::bit_cast<std::uint64_t>(value), 0);
  if (!is_new && tape_.constant_errors_[infos_[found->second].index] == error) return found->second;
  found->second = new_value(Origin::constant, false, static_cast<std::uint32_t>(tape_.constants_.size()));
  tape_.constants_.push_back(value);
  tape_.constant_errors_.push_back(error);
  return found->second;
}

TapeCompiler::Id TapeCompiler::emit(Instruction i, std::initializer_list<Id> operands) {
  SlotId* places[] = {&i.a, &i.b, &i.c};
  bool varying = false;
  std::size_t k = 0;
  for (Id o : operands) {
    *places[k++] = o;
    varying = varying || (o != kNoSlot && infos_[o].varying);
  }
  i.out = new_value(Origin::computed, varying, 0);
  drafts_.push_back({i, varying});
  return i.out;
}

TapeCompiler::Id TapeCompiler::unary(Code c, Id a) {
  Instruction i;
  i.code = c;
  return emit(i, {a});
}

TapeCompiler::Id TapeCompiler::binary(Code c, Id a, Id b) {
  Instruction i;
  i.code = c;
  return emit(i, {a, b});
}

TapeCompiler::Id TapeCompiler::ternary(Code c, Id a, Id b, Id third) {
  // Kernels of products want a varying factor second.
  if (c != Code::choose && infos_[a].varying && !infos_[b].varying) std::swap(a, b);
  Instruction i;
  i.code = c;
  return emit(i, {a, b, third});
}

TapeCompiler::Id TapeCompiler::routine(const number::VectorForm& f, Id a) {
  Instruction i;
  i.code = Code::routine;
  i.function = &f;
  i.slope = f.slope;
  return emit(i, {a});
}

TapeCompiler::Id TapeCompiler::routine(const number::VectorForm& f, Id a, Id b) {
  Instruction i;
  i.code = Code::routine_of_two;
  i.function = &f;
  i.slope = f.slope;
  return emit(i, {a, b});
}

// Registers.

// A root that is an input is copied, so that its error bound is checked.
TapeCompiler::Id TapeCompiler::result_of(Id id) {
  return infos_[id].origin == Origin::input ? unary(Code::copy, id) : id;
}

void TapeCompiler::finish() {
  std::vector<SlotId> slot(infos_.size(), kNoSlot);
  const SlotId first_parameter = static_cast<SlotId>(tape_.constants_.size());
  const SlotId first_input = first_parameter + static_cast<SlotId>(tape_.parameters_.size());
  const SlotId first_single = first_input + static_cast<SlotId>(tape_.inputs_.size());
  for (Id v = 0; v < infos_.size(); ++v) {
    switch (infos_[v].origin) {
      case Origin::constant: slot[v] = infos_[v].index; break;
      case Origin::parameter: slot[v] = first_parameter + infos_[v].index; break;
      case Origin::input: slot[v] = first_input + infos_[v].index; break;
      case Origin::computed:
        if (!infos_[v].varying) slot[v] = first_single + tape_.singles_++;
        break;
    }
  }
  const SlotId first_varying = first_single + tape_.singles_;

  constexpr std::size_t kNever = 0;
  std::vector<std::size_t> last_use(infos_.size(), kNever);
  const std::size_t end = drafts_.size() + 1;
  for (std::size_t k = 0; k < drafts_.size(); ++k) {
    for (SlotId v : {drafts_[k].code.a, drafts_[k].code.b, drafts_[k].code.c}) {
      if (v != kNoSlot) last_use[v] = k + 1;
    }
  }
  for (Id r : results_) last_use[r] = end;

  std::vector<SlotId> free;
  for (std::size_t k = 0; k < drafts_.size(); ++k) {
    Instruction i = drafts_[k].code;
    const Id out = i.out;
    const Id second = i.second;
    const Id operands[] = {i.a, i.b, i.c};
    const auto place = [&](Id v) { return v == kNoSlot ? kNoSlot : slot[v]; };
    i.a = place(i.a);
    i.b = place(i.b);
    i.c = place(i.c);
    const auto take = [&](Id v) {
      if (v == kNoSlot || slot[v] != kNoSlot) return;
      if (free.empty()) {
        slot[v] = first_varying + tape_.varyings_++;
      } else {
        slot[v] = free.back();
        free.pop_back();
      }
    };
    const auto is_temporary = [&](Id v) { return infos_[v].origin == Origin::computed && infos_[v].varying; };
    for (std::size_t o = 0; o < 3; ++o) {
      const Id v = operands[o];
      const bool repeated = std::find(operands, operands + o, v) != operands + o;
      if (v != kNoSlot && !repeated && is_temporary(v) && last_use[v] == k + 1) free.push_back(slot[v]);
    }
    take(out);
    take(second);
    for (Id v : {out, second}) {
      if (v != kNoSlot && is_temporary(v) && last_use[v] == kNever) free.push_back(slot[v]);
    }
    i.out = slot[out];
    if (second != kNoSlot) i.second = slot[second];
    (drafts_[k].varying ? tape_.each_ : tape_.once_).push_back(i);
  }
  for (Id r : results_) tape_.roots_.push_back(slot[r]);
}

}  // namespace nabla::eval
