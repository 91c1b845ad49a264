// What each instruction computes, and how the errors of its operands and its own rounding bound that of its result.
#pragma once

#include "eval/batch/kernel_vector.h"

namespace {

// Instructions of one operand.
struct Copy {
  NABLA_INLINE V value(V a) { return a; }
  NABLA_INLINE V bound(V, V e, V) { return e; }
};
struct Negate {
  NABLA_INLINE V value(V a) { return -a; }
  NABLA_INLINE V bound(V, V e, V) { return e; }
};
struct SquareRoot {
  NABLA_INLINE V value(V a) { return root(a); }
  NABLA_INLINE V bound(V a, V e, V r) {
    const V spread = e > 0 ? e / r : all(0);
    return unless(a < e, spread + rounding(r));
  }
};
struct Absolute {
  NABLA_INLINE V value(V a) { return magnitude(a); }
  NABLA_INLINE V bound(V, V e, V) { return e; }
};
struct Sign {
  NABLA_INLINE V value(V a) { return (a > 0 ? all(1) : a < 0 ? all(-1) : a != a ? a : all(0)); }
  NABLA_INLINE V bound(V a, V e, V) { return ((e > 0) & (magnitude(a) <= e)) ? all(2) : all(0); }
};
template <class Step>
struct Stepwise {
  NABLA_INLINE V value(V a) { return Step::step(a); }
  NABLA_INLINE V bound(V a, V e, V) {
    const V low = (a - e) - magnitude(a) * 0x1p-52;
    const V high = (a + e) + magnitude(a) * 0x1p-52;
    return ((e == 0) | (Step::step(low) == Step::step(high))) ? all(0) : e + 1;
  }
};
struct Floor {
  NABLA_INLINE V step(V a) { return floor_of(a); }
};
struct Ceiling {
  NABLA_INLINE V step(V a) { return ceiling_of(a); }
};
struct Truncate {
  NABLA_INLINE V step(V a) { return whole_of(a); }
};
struct Round {
  NABLA_INLINE V step(V a) {
    const V away = a < 0 ? all(-0.49999999999999994) : all(0.49999999999999994);
    return whole_of(a + away);
  }
};
struct UnitStep {
  NABLA_INLINE V value(V a) { return a > 0 ? all(1) : a < 0 ? all(0) : a != a ? a : all(0.5); }
  NABLA_INLINE V bound(V a, V e, V) { return ((e > 0) & (magnitude(a) <= e)) ? all(1) : all(0); }
};
struct Opposite {
  NABLA_INLINE V value(V a) { return truth_of(a == 0, a, a); }
  NABLA_INLINE V bound(V a, V e, V) { return ((e > 0) & (magnitude(a) <= e)) ? all(1) : all(0); }
};
struct Truth {
  NABLA_INLINE V value(V a) { return truth_of(a != 0, a, a); }
  NABLA_INLINE V bound(V a, V e, V) { return ((e > 0) & (magnitude(a) <= e)) ? all(1) : all(0); }
};

// Of two operands.
struct Add {
  NABLA_INLINE V value(V a, V b) { return a + b; }
  NABLA_INLINE V bound(V, V ea, V, V eb, V r) { return ea + eb + rounding(r); }
};
struct Subtract {
  NABLA_INLINE V value(V a, V b) { return a - b; }
  NABLA_INLINE V bound(V, V ea, V, V eb, V r) { return ea + eb + rounding(r); }
};
struct Multiply {
  NABLA_INLINE V value(V a, V b) { return a * b; }
  NABLA_INLINE V bound(V a, V ea, V b, V eb, V r) { return magnitude(a) * eb + (magnitude(b) + eb) * ea + rounding(r); }
};
struct Divide {
  NABLA_INLINE V value(V a, V b) { return a / b; }
  NABLA_INLINE V bound(V, V ea, V b, V eb, V r) {
    const V least = magnitude(b) - eb;
    return unless(least <= 0, (ea + magnitude(r) * eb + kTiny) / least + rounding(r));
  }
};
struct Minimum {
  NABLA_INLINE V value(V a, V b) { return b != b ? b : b < a ? b : a; }
  NABLA_INLINE V bound(V, V ea, V, V eb, V) { return larger(ea, eb); }
};
struct Maximum {
  NABLA_INLINE V value(V a, V b) { return b != b ? b : a < b ? b : a; }
  NABLA_INLINE V bound(V, V ea, V, V eb, V) { return larger(ea, eb); }
};
// Comparisons: a truth value is certain, or off by one.
NABLA_INLINE V doubt(V a, V ea, V b, V eb) {
  const V e = (ea + eb) * kInflate;
  return e < kInfinity ? (((e > 0) & (magnitude(a - b) <= e)) ? all(1) : all(0)) : all(kInfinity);
}
struct Less {
  NABLA_INLINE V value(V a, V b) { return truth_of(a < b, a, b); }
  NABLA_INLINE V bound(V a, V ea, V b, V eb, V) { return doubt(a, ea, b, eb); }
};
struct LessEqual {
  NABLA_INLINE V value(V a, V b) { return truth_of(a <= b, a, b); }
  NABLA_INLINE V bound(V a, V ea, V b, V eb, V) { return doubt(a, ea, b, eb); }
};
struct Equal {
  NABLA_INLINE V value(V a, V b) { return truth_of(a == b, a, b); }
  NABLA_INLINE V bound(V a, V ea, V b, V eb, V) { return doubt(a, ea, b, eb); }
};
struct NotEqual {
  NABLA_INLINE V value(V a, V b) { return truth_of(a != b, a, b); }
  NABLA_INLINE V bound(V a, V ea, V b, V eb, V) { return doubt(a, ea, b, eb); }
};
NABLA_INLINE V truth_bound(V a, V e) { return unless(e == kInfinity, Truth::bound(a, e, a)); }
// The second operand counts only where the first does not decide.
struct Both {
  NABLA_INLINE V value(V a, V b) { return a == 0 ? all(0) : a != a ? a : Truth::value(b); }
  NABLA_INLINE V bound(V a, V ea, V b, V eb, V) {
    const V second = truth_bound(b, eb);
    const V certain = a == 0 ? all(0) : second;
    return ea > 0 ? unless((ea == kInfinity) | (second == kInfinity), all(1)) : certain;
  }
};
struct Either {
  NABLA_INLINE V value(V a, V b) { return a != a ? a : a != 0 ? all(1) : Truth::value(b); }
  NABLA_INLINE V bound(V a, V ea, V b, V eb, V) {
    const V second = truth_bound(b, eb);
    const V certain = a == 0 ? second : all(0);
    return ea > 0 ? unless((ea == kInfinity) | (second == kInfinity), all(1)) : certain;
  }
};

// Of three operands.
NABLA_INLINE V product_bound(V a, V ea, V b, V eb, V ec, V r) {
  return magnitude(a) * eb + (magnitude(b) + eb) * ea + ec + rounding(r) + rounding(a * b);
}
struct MultiplyAdd {
  NABLA_INLINE V value(V a, V b, V c) { return a * b + c; }
  NABLA_INLINE V bound(V a, V ea, V b, V eb, V, V ec, V r) { return product_bound(a, ea, b, eb, ec, r); }
};
struct MultiplySubtract {
  NABLA_INLINE V value(V a, V b, V c) { return a * b - c; }
  NABLA_INLINE V bound(V a, V ea, V b, V eb, V, V ec, V r) { return product_bound(a, ea, b, eb, ec, r); }
};
struct SubtractProduct {
  NABLA_INLINE V value(V a, V b, V c) { return c - a * b; }
  NABLA_INLINE V bound(V a, V ea, V b, V eb, V, V ec, V r) { return product_bound(a, ea, b, eb, ec, r); }
};
struct Choose {
  NABLA_INLINE V value(V a, V b, V c) { return c != c ? c : c != 0 ? a : b; }
  NABLA_INLINE V bound(V a, V ea, V b, V eb, V c, V ec, V) {
    const V apart = magnitude(a - b);
    const V open = larger(ea, eb) + apart;
    const V taken = c != 0 ? ea : eb;
    return ec > 0 ? unless((apart != apart) | (ec == kInfinity), open) : taken;
  }
};

}  // namespace
