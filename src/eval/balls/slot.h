// A slot of a program: the value of a node, whose ball is made only when needed.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>

#include "eval/balls/evaluator.h"

namespace nabla::eval {

// Exact values are carried up to this size; beyond it balls take over.
inline constexpr Bits kMaxCarriedBits = 1L << 16;

// `value.ball` of an exact value is valid only after ball().
struct Slot {
  Outcome value;
  std::uint32_t epoch = 0;  // of the frame in which it was computed
  bool has_ball = false;

  bool exact() const { return value.exact.has_value(); }
  bool has_value() const { return value.has_value(); }
  bool undefined() const { return value.state == Outcome::State::undefined; }
  bool estimated() const { return value.state == Outcome::State::estimated; }
  const Rational& rational() const { return *value.exact; }

  const Ball& ball(Bits bits) {
    if (!has_ball) {
      value.ball = Ball(*value.exact, bits);
      has_ball = true;
    }
    return value.ball;
  }

  void set(Rational q) {
    clear(Outcome::State::enclosed);
    value.exact = std::move(q);
  }
  void set_truth(bool b) { set(Rational(b ? 1 : 0)); }
  void set(Ball b, bool is_estimate = false) {
    clear(is_estimate ? Outcome::State::estimated : Outcome::State::enclosed);
    value.ball = std::move(b);
    has_ball = true;
  }
  void set_undecided() { clear(Outcome::State::undecided); }
  void set_undefined(base::Error reason, Expr where) {
    clear(Outcome::State::undefined);
    value.reason = std::make_shared<const base::Error>(std::move(reason));
    value.where = where;
  }
  void copy(const Slot& o) {
    value = o.value;
    has_ball = o.has_ball;
  }
  void copy(const Outcome& o) {
    value = o;
    has_ball = !o.exact;
  }

 private:
  void clear(Outcome::State state) {
    value.state = state;
    if (value.exact) value.exact.reset();
    if (value.reason) value.reason.reset();
    has_ball = false;
  }
};

// +1 or -1 for an exact infinity, else 0.
inline int infinite_sign(const Slot& s) {
  if (s.exact() || !s.has_value() || s.value.ball.is_finite() || s.value.ball.is_nan() || !s.value.ball.is_exact()) {
    return 0;
  }
  return s.value.ball.is_positive() ? 1 : -1;
}

}  // namespace nabla::eval
