// The kernels, written once over a vector type and compiled for each set of instructions by the files that include
// this. Everything stands in an unnamed namespace, and no inline function of another header is used, so that code for a
// newer machine cannot be linked into what runs on an older one. NABLA_WIDTH: doubles in a vector.
//
// Bounds of the error follow the value computed: |f(x + e) - f(x)| by a slope valid on the whole of [x - e, x + e],
// plus the rounding of the result. Every bound is enlarged by kInflate, which covers its own rounding.
#include "eval/instruction.h"

namespace {

using namespace nabla::eval;
using nabla::functions::Slope;

typedef double V __attribute__((vector_size(NABLA_WIDTH * 8)));
typedef double Unaligned __attribute__((vector_size(NABLA_WIDTH * 8), aligned(8), may_alias));
typedef long long M __attribute__((vector_size(NABLA_WIDTH * 8)));
struct V2 {
  V first;
  V second;
};
typedef V (*Routine)(V);
typedef V (*Routine2)(V, V);
typedef V2 (*PairRoutine)(V);

#define NABLA_INLINE static inline __attribute__((always_inline))

constexpr double kInfinity = __builtin_inf();
constexpr double kNotANumber = __builtin_nan("");
constexpr double kUnit = 0x1.00001p-53;  // of rounding to nearest, and a little more
constexpr double kInflate = 1 + 0x1p-46;
constexpr double kTiny = 0x1p-1022;  // of rounding where doubles run out; no denormal, which would be slow

NABLA_INLINE V all(double x) { return V{} + x; }
NABLA_INLINE V magnitude(V x) { return reinterpret_cast<V>(reinterpret_cast<M>(x) & 0x7fffffffffffffffLL); }
NABLA_INLINE M unordered(V a, V b) { return (a != a) | (b != b); }
NABLA_INLINE V larger(V a, V b) { return a > b ? a : b; }
NABLA_INLINE V truth_of(M m, V a, V b) { return unordered(a, b) ? all(kNotANumber) : (m ? all(1) : all(0)); }

#define NABLA_LANES(name, function)                              \
  NABLA_INLINE V name(V x) {                                     \
    V r;                                                         \
    for (int i = 0; i < NABLA_WIDTH; ++i) r[i] = function(x[i]); \
    return r;                                                    \
  }
#ifndef NABLA_HAS_ROUNDING
NABLA_LANES(root, __builtin_sqrt)
NABLA_LANES(floor_of, __builtin_floor)
NABLA_LANES(ceiling_of, __builtin_ceil)
NABLA_LANES(whole_of, __builtin_trunc)
#endif

NABLA_INLINE V rounding(V r) { return magnitude(r) * kUnit + kTiny; }
// Where something is not certainly so, the bound is infinite.
NABLA_INLINE V unless(M bad, V bound) { return bad ? all(kInfinity) : bound; }

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
  NABLA_INLINE V bound(V a, V e, V) { return (e > 0) & (magnitude(a) <= e) ? all(2) : all(0); }
};
template <class Step>
struct Stepwise {
  NABLA_INLINE V value(V a) { return Step::step(a); }
  NABLA_INLINE V bound(V a, V e, V) {
    const V low = (a - e) - magnitude(a) * 0x1p-52;
    const V high = (a + e) + magnitude(a) * 0x1p-52;
    return (e == 0) | (Step::step(low) == Step::step(high)) ? all(0) : e + 1;
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
  NABLA_INLINE V bound(V a, V e, V) { return (e > 0) & (magnitude(a) <= e) ? all(1) : all(0); }
};
struct Opposite {
  NABLA_INLINE V value(V a) { return truth_of(a == 0, a, a); }
  NABLA_INLINE V bound(V a, V e, V) { return (e > 0) & (magnitude(a) <= e) ? all(1) : all(0); }
};
struct Truth {
  NABLA_INLINE V value(V a) { return truth_of(a != 0, a, a); }
  NABLA_INLINE V bound(V a, V e, V) { return (e > 0) & (magnitude(a) <= e) ? all(1) : all(0); }
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
  return e < kInfinity ? ((e > 0) & (magnitude(a - b) <= e) ? all(1) : all(0)) : all(kInfinity);
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

NABLA_INLINE V load(const double* p) { return *reinterpret_cast<const Unaligned*>(p); }
NABLA_INLINE void store(double* p, V v) { *reinterpret_cast<Unaligned*>(p) = v; }
template <bool kSingle>
NABLA_INLINE V read(const double* p, unsigned long i) {
  return kSingle ? all(*p) : load(p + i);
}
// An argument without bound may have no value at all.
NABLA_INLINE M known(V e) { return e < kInfinity; }
// What is not finite has no bound.
NABLA_INLINE V settled(V bound, V r) {
  const V b = bound * kInflate;
  return (b < kInfinity) & (magnitude(r) < kInfinity) ? b : all(kInfinity);
}

template <class F>
void unary(const Operands& given, unsigned long n) {
  const Operands o = given;  // so that stores need not be thought to change it
#pragma GCC unroll 4
  for (unsigned long i = 0; i < n; i += NABLA_WIDTH) store(o.out + i, F::value(load(o.a + i)));
}
template <class F>
void unary_bounded(const Operands& given, unsigned long n) {
  const Operands o = given;  // so that stores need not be thought to change it
  for (unsigned long i = 0; i < n; i += NABLA_WIDTH) {
    const V a = load(o.a + i);
    const V e = load(o.a_error + i);
    const V r = F::value(a);
    store(o.out + i, r);
    store(o.out_error + i, settled(known(e) ? F::bound(a, e, r) : all(kInfinity), r));
  }
}

template <class F, Mode kMode>
void binary(const Operands& given, unsigned long n) {
  const Operands o = given;  // so that stores need not be thought to change it
#pragma GCC unroll 4
  for (unsigned long i = 0; i < n; i += NABLA_WIDTH) {
    store(o.out + i, F::value(read<(kMode & 1) != 0>(o.a, i), read<(kMode & 2) != 0>(o.b, i)));
  }
}
template <class F, Mode kMode>
void binary_bounded(const Operands& given, unsigned long n) {
  const Operands o = given;  // so that stores need not be thought to change it
  for (unsigned long i = 0; i < n; i += NABLA_WIDTH) {
    const V a = read<(kMode & 1) != 0>(o.a, i);
    const V b = read<(kMode & 2) != 0>(o.b, i);
    const V ea = read<(kMode & 1) != 0>(o.a_error, i);
    const V eb = read<(kMode & 2) != 0>(o.b_error, i);
    const V r = F::value(a, b);
    store(o.out + i, r);
    store(o.out_error + i, settled(F::bound(a, ea, b, eb, r), r));
  }
}

template <class F, Mode kMode>
void ternary(const Operands& given, unsigned long n) {
  const Operands o = given;  // so that stores need not be thought to change it
#pragma GCC unroll 4
  for (unsigned long i = 0; i < n; i += NABLA_WIDTH) {
    store(o.out + i,
          F::value(read<(kMode & 1) != 0>(o.a, i), read<(kMode & 2) != 0>(o.b, i), read<(kMode & 4) != 0>(o.c, i)));
  }
}
template <class F, Mode kMode>
void ternary_bounded(const Operands& given, unsigned long n) {
  const Operands o = given;  // so that stores need not be thought to change it
  for (unsigned long i = 0; i < n; i += NABLA_WIDTH) {
    const V a = read<(kMode & 1) != 0>(o.a, i);
    const V b = read<(kMode & 2) != 0>(o.b, i);
    const V c = read<(kMode & 4) != 0>(o.c, i);
    const V ea = read<(kMode & 1) != 0>(o.a_error, i);
    const V eb = read<(kMode & 2) != 0>(o.b_error, i);
    const V ec = read<(kMode & 4) != 0>(o.c_error, i);
    const V r = F::value(a, b, c);
    store(o.out + i, r);
    store(o.out_error + i, settled(F::bound(a, ea, b, eb, c, ec, r), r));
  }
}

NABLA_INLINE V integer_power(V x, long n) {
  V r = (n & 1) != 0 ? x : all(1);
  V square = x;
  bool started = (n & 1) != 0;
  for (n >>= 1; n != 0; n >>= 1) {
    square = square * square;
    if ((n & 1) != 0) {
      r = started ? r * square : square;
      started = true;
    }
  }
  return r;
}
// n (|x| + e)^(n - 1) e, and the rounding of every product.
NABLA_INLINE V power_bound(V x, V e, V r, long n) {
  const V most = integer_power(magnitude(x) + e, n - 1);
  const V spread = e > 0 ? most * e * static_cast<double>(n) : all(0);
  return spread * (1 + static_cast<double>(n) * 0x1p-50) + rounding(r) * static_cast<double>(n);
}
template <long kPower>  // 0: the one given
void power(const Operands& given, unsigned long n) {
  const Operands o = given;  // so that stores need not be thought to change it
  const long m = kPower != 0 ? kPower : o.n;
#pragma GCC unroll 4
  for (unsigned long i = 0; i < n; i += NABLA_WIDTH) store(o.out + i, integer_power(load(o.a + i), m));
}
void power_bounded(const Operands& given, unsigned long n) {
  const Operands o = given;  // so that stores need not be thought to change it
  for (unsigned long i = 0; i < n; i += NABLA_WIDTH) {
    const V a = load(o.a + i);
    const V e = load(o.a_error + i);
    const V r = integer_power(a, o.n);
    store(o.out + i, r);
    store(o.out_error + i, settled(power_bound(a, e, r, o.n), r));
  }
}

// Horner's rule over several vectors at a time.
template <int kVectors>
NABLA_INLINE void polynomial_part(const Operands& o, unsigned long i) {
  V x[kVectors];
  V p[kVectors];
  for (int k = 0; k < kVectors; ++k) {
    x[k] = load(o.a + i + k * NABLA_WIDTH);
    p[k] = all(o.coefficients[o.n - 1]);
  }
  for (long j = o.n - 2; j >= 0; --j) {
    const V c = all(o.coefficients[j]);
    for (int k = 0; k < kVectors; ++k) p[k] = p[k] * x[k] + c;
  }
  for (int k = 0; k < kVectors; ++k) store(o.out + i + k * NABLA_WIDTH, p[k]);
}
void polynomial(const Operands& given, unsigned long n) {
  const Operands o = given;  // so that stores need not be thought to change it
  unsigned long i = 0;
  for (; i + 4 * NABLA_WIDTH <= n; i += 4 * NABLA_WIDTH) polynomial_part<4>(o, i);
  for (; i < n; i += NABLA_WIDTH) polynomial_part<1>(o, i);
}
void polynomial_bounded(const Operands& given, unsigned long n) {
  const Operands o = given;  // so that stores need not be thought to change it
  for (unsigned long i = 0; i < n; i += NABLA_WIDTH) {
    const V x = load(o.a + i);
    const V e = load(o.a_error + i);
    V p = all(o.coefficients[o.n - 1]);
    V ep = all(o.coefficient_errors[o.n - 1]);
    for (long j = o.n - 2; j >= 0; --j) {
      const V c = all(o.coefficients[j]);
      const V next = p * x + c;
      ep = product_bound(p, ep, x, e, all(o.coefficient_errors[j]), next) * kInflate;
      p = next;
    }
    store(o.out + i, p);
    store(o.out_error + i, settled(ep, p));
  }
}

// Routines. How far f(x) moves when x moves by e, by the slope's rule.
template <Slope kSlope>
NABLA_INLINE V spread(V x, V e, V r) {
  const V ax = magnitude(x);
  const V ar = magnitude(r);
  if constexpr (kSlope == Slope::sine) return e < 2 ? e : all(2);
  if constexpr (kSlope == Slope::arc_tangent) return e;
  if constexpr (kSlope == Slope::exponential || kSlope == Slope::exponential2 || kSlope == Slope::exponential10) {
    const double base = kSlope == Slope::exponential    ? 1
                        : kSlope == Slope::exponential2 ? 0.6931471805599454
                                                        : 2.302585092994046;
    const V t = e * base;
    return unless(t > 1, (ar + kTiny) * (t * (1 + t)) * kInflate);
  }
  if constexpr (kSlope == Slope::logarithm || kSlope == Slope::logarithm2 || kSlope == Slope::logarithm10) {
    const double scale = kSlope == Slope::logarithm    ? 1
                         : kSlope == Slope::logarithm2 ? 1.4426950408889636
                                                       : 0.4342944819032519;
    const V least = (x - e) * (1 - 0x1p-50);
    return unless(least <= 0, (e * scale + kTiny) / least);
  }
  if constexpr (kSlope == Slope::tangent) {
    const V te = e * (1 + e * e);
    const V d = 1 - ar * (1 + 0x1p-50) * te;
    return unless((e > 0.5) | (d <= 0.001), te * (1 + ar * ar) * (1 + 0x1p-46) / d);
  }
  if constexpr (kSlope == Slope::arc_sine) {
    const V far = ax + e;
    const V d = (1 - far) * (1 + far) - 0x1p-50;
    return unless(d <= 0, e / root(d));
  }
  if constexpr (kSlope == Slope::hyperbolic) {
    return unless(e > 1, e * root(1 + ar * ar) * (1 + e) * (1 + e) * (1 + 0x1p-46));
  }
  if constexpr (kSlope == Slope::hyperbolic_tangent) {
    const V low = ar - e - 0x1p-50;
    return e * (low > 0 ? 1 - low * low + 0x1p-50 : all(1));
  }
  if constexpr (kSlope == Slope::area_sine) {
    const V low = ax > e ? (ax - e) * (1 - 0x1p-50) : all(0);
    return e / root(1 + low * low);
  }
  if constexpr (kSlope == Slope::area_cosine) {
    const V low = x - e;
    const V d = (low - 1) * (low + 1) * (1 - 0x1p-46);
    return unless((low <= 1) | (d <= 0), e / root(d));
  }
  if constexpr (kSlope == Slope::area_tangent) {
    const V far = ax + e;
    const V d = (1 - far) * (1 + far) - 0x1p-50;
    return unless(d <= 0, e / d);
  }
  if constexpr (kSlope == Slope::cube_root) return unless(ax <= 2 * e, (0.54 * e + kTiny) / (ar * ar));
  if constexpr (kSlope == Slope::error_function) return 1.1283791670955129 * e;
  return all(kInfinity);
}
template <Slope kSlope>
void routine_bounded(const Operands& given, unsigned long n) {
  const Operands o = given;  // so that stores need not be thought to change it
  const Routine f = reinterpret_cast<Routine>(const_cast<void*>(o.routine));
  const double units = o.ulp * 2 * kUnit;
  for (unsigned long i = 0; i < n; i += NABLA_WIDTH) {
    const V a = load(o.a + i);
    const V r = f(a);
    const V e = load(o.a_error + i);
    const V moved = e > 0 ? unless(e == kInfinity, spread<kSlope>(a, e, r)) : all(0);
    store(o.out + i, r);
    store(o.out_error + i, settled(moved + magnitude(r) * units + kTiny, r));
  }
}
void routine(const Operands& given, unsigned long n) {
  const Operands o = given;  // so that stores need not be thought to change it
  const Routine f = reinterpret_cast<Routine>(const_cast<void*>(o.routine));
  for (unsigned long i = 0; i < n; i += NABLA_WIDTH) store(o.out + i, f(load(o.a + i)));
}
void sine_cosine(const Operands& given, unsigned long n) {
  const Operands o = given;  // so that stores need not be thought to change it
  const PairRoutine f = reinterpret_cast<PairRoutine>(const_cast<void*>(o.routine));
  for (unsigned long i = 0; i < n; i += NABLA_WIDTH) {
    const V2 r = f(load(o.a + i));
    store(o.out + i, r.first);
    store(o.second + i, r.second);
  }
}
void sine_cosine_bounded(const Operands& given, unsigned long n) {
  const Operands o = given;  // so that stores need not be thought to change it
  const PairRoutine f = reinterpret_cast<PairRoutine>(const_cast<void*>(o.routine));
  const double units = o.ulp * 2 * kUnit;
  for (unsigned long i = 0; i < n; i += NABLA_WIDTH) {
    const V a = load(o.a + i);
    const V2 r = f(a);
    const V e = load(o.a_error + i);
    const V moved = e < 2 ? e : unless(e == kInfinity, all(2));
    store(o.out + i, r.first);
    store(o.second + i, r.second);
    store(o.out_error + i, settled(moved + magnitude(r.first) * units + kTiny, r.first));
    store(o.second_error + i, settled(moved + magnitude(r.second) * units + kTiny, r.second));
  }
}

template <Mode kMode>
void routine_of_two(const Operands& given, unsigned long n) {
  const Operands o = given;  // so that stores need not be thought to change it
  const Routine2 f = reinterpret_cast<Routine2>(const_cast<void*>(o.routine));
  for (unsigned long i = 0; i < n; i += NABLA_WIDTH) {
    store(o.out + i, f(read<(kMode & 1) != 0>(o.a, i), read<(kMode & 2) != 0>(o.b, i)));
  }
}
template <Slope kSlope>
NABLA_INLINE V spread_of_two(V a, V ea, V b, V eb, V r, Routine logarithm) {
  if constexpr (kSlope == Slope::distance) return ea + eb;
  if constexpr (kSlope == Slope::power) {
    const V least = (a - ea) * (1 - 0x1p-50);
    V t = ((magnitude(b) + eb) * ea + kTiny) / least;
    if (logarithm != nullptr) {
      const V turns = eb > 0 ? (magnitude(logarithm(a)) * (1 + 0x1p-50) + ea / least) * eb : all(0);
      t = t + turns;
    } else {
      t = unless(eb > 0, t);
    }
    return unless((least <= 0) | !(t <= 1), (magnitude(r) + kTiny) * (t * (1 + t)) * (1 + 0x1p-40));
  }
  if constexpr (kSlope == Slope::angle) {
    // atan2(a, b): the angle of (b, a).
    const V x = magnitude(b) - eb;
    const V y = magnitude(a) - ea;
    const V nx = x > 0 ? x : all(0);
    const V ny = y > 0 ? y : all(0);
    const V square = (nx * nx + ny * ny) * (1 - 0x1p-46);
    const M cut = (y <= 0) & (b - eb <= 0);
    return unless(cut | (square <= 0), (magnitude(b) * ea + magnitude(a) * eb + 2 * ea * eb + kTiny) / square);
  }
  return all(kInfinity);
}
template <Slope kSlope, Mode kMode>
void routine_of_two_bounded(const Operands& given, unsigned long n) {
  const Operands o = given;  // so that stores need not be thought to change it
  const Routine2 f = reinterpret_cast<Routine2>(const_cast<void*>(o.routine));
  const Routine logarithm = reinterpret_cast<Routine>(const_cast<void*>(o.logarithm));
  const double units = o.ulp * 2 * kUnit;
  for (unsigned long i = 0; i < n; i += NABLA_WIDTH) {
    const V a = read<(kMode & 1) != 0>(o.a, i);
    const V b = read<(kMode & 2) != 0>(o.b, i);
    const V r = f(a, b);
    const V ea = read<(kMode & 1) != 0>(o.a_error, i);
    const V eb = read<(kMode & 2) != 0>(o.b_error, i);
    const M moves = (ea > 0) | (eb > 0);
    const V moved = moves ? spread_of_two<kSlope>(a, ea, b, eb, r, logarithm) : all(0);
    store(o.out + i, r);
    store(o.out_error + i, settled(moved + magnitude(r) * units + kTiny, r));
  }
}

template <class F>
Kernel binary_of(Mode m) {
  constexpr Kernel kAll[] = {binary<F, 0>, binary<F, 1>, binary<F, 2>};
  return m < 3 ? kAll[m] : nullptr;
}
template <class F>
Kernel binary_bounded_of(Mode m) {
  constexpr Kernel kAll[] = {binary_bounded<F, 0>, binary_bounded<F, 1>, binary_bounded<F, 2>};
  return m < 3 ? kAll[m] : nullptr;
}
template <class F>
Kernel ternary_of(Mode m) {
  constexpr Kernel kAll[] = {ternary<F, 0>, ternary<F, 1>, ternary<F, 2>, ternary<F, 3>,
                             ternary<F, 4>, ternary<F, 5>, ternary<F, 6>};
  return m < 7 ? kAll[m] : nullptr;
}
template <class F>
Kernel ternary_bounded_of(Mode m) {
  constexpr Kernel kAll[] = {ternary_bounded<F, 0>, ternary_bounded<F, 1>, ternary_bounded<F, 2>, ternary_bounded<F, 3>,
                             ternary_bounded<F, 4>, ternary_bounded<F, 5>, ternary_bounded<F, 6>};
  return m < 7 ? kAll[m] : nullptr;
}

Kernel power_of(long n) {
  switch (n) {
    case 2: return power<2>;
    case 3: return power<3>;
    case 4: return power<4>;
    case 5: return power<5>;
    case 6: return power<6>;
    default: return power<0>;
  }
}

Kernel plain_kernel(Code code, Mode mode, long n) {
  if (arity_of(code) == 1 && mode != 0) return nullptr;
  switch (code) {
    case Code::copy: return unary<Copy>;
    case Code::negate: return unary<Negate>;
    case Code::square_root: return unary<SquareRoot>;
    case Code::absolute: return unary<Absolute>;
    case Code::sign: return unary<Sign>;
    case Code::floor: return unary<Stepwise<Floor>>;
    case Code::ceiling: return unary<Stepwise<Ceiling>>;
    case Code::truncate: return unary<Stepwise<Truncate>>;
    case Code::round: return unary<Stepwise<Round>>;
    case Code::unit_step: return unary<UnitStep>;
    case Code::opposite: return unary<Opposite>;
    case Code::truth: return unary<Truth>;
    case Code::power: return power_of(n);
    case Code::polynomial: return polynomial;
    case Code::routine: return routine;
    case Code::sine_cosine: return sine_cosine;
    case Code::add: return binary_of<Add>(mode);
    case Code::subtract: return binary_of<Subtract>(mode);
    case Code::multiply: return binary_of<Multiply>(mode);
    case Code::divide: return binary_of<Divide>(mode);
    case Code::minimum: return binary_of<Minimum>(mode);
    case Code::maximum: return binary_of<Maximum>(mode);
    case Code::less: return binary_of<Less>(mode);
    case Code::less_equal: return binary_of<LessEqual>(mode);
    case Code::equal: return binary_of<Equal>(mode);
    case Code::not_equal: return binary_of<NotEqual>(mode);
    case Code::both: return binary_of<Both>(mode);
    case Code::either: return binary_of<Either>(mode);
    case Code::routine_of_two: {
      constexpr Kernel kAll[] = {routine_of_two<0>, routine_of_two<1>, routine_of_two<2>};
      return mode < 3 ? kAll[mode] : nullptr;
    }
    case Code::multiply_add: return ternary_of<MultiplyAdd>(mode);
    case Code::multiply_subtract: return ternary_of<MultiplySubtract>(mode);
    case Code::subtract_product: return ternary_of<SubtractProduct>(mode);
    case Code::choose: return ternary_of<Choose>(mode);
    case Code::lanes:
    case Code::external: return nullptr;
  }
  return nullptr;
}

Kernel routine_bounded_of(Slope slope) {
  switch (slope) {
    case Slope::sine: return routine_bounded<Slope::sine>;
    case Slope::exponential: return routine_bounded<Slope::exponential>;
    case Slope::exponential2: return routine_bounded<Slope::exponential2>;
    case Slope::exponential10: return routine_bounded<Slope::exponential10>;
    case Slope::logarithm: return routine_bounded<Slope::logarithm>;
    case Slope::logarithm2: return routine_bounded<Slope::logarithm2>;
    case Slope::logarithm10: return routine_bounded<Slope::logarithm10>;
    case Slope::tangent: return routine_bounded<Slope::tangent>;
    case Slope::arc_sine: return routine_bounded<Slope::arc_sine>;
    case Slope::arc_tangent: return routine_bounded<Slope::arc_tangent>;
    case Slope::hyperbolic: return routine_bounded<Slope::hyperbolic>;
    case Slope::hyperbolic_tangent: return routine_bounded<Slope::hyperbolic_tangent>;
    case Slope::area_sine: return routine_bounded<Slope::area_sine>;
    case Slope::area_cosine: return routine_bounded<Slope::area_cosine>;
    case Slope::area_tangent: return routine_bounded<Slope::area_tangent>;
    case Slope::cube_root: return routine_bounded<Slope::cube_root>;
    case Slope::error_function: return routine_bounded<Slope::error_function>;
    case Slope::unknown:
    case Slope::power:
    case Slope::angle:
    case Slope::distance: return routine_bounded<Slope::unknown>;
  }
  return routine_bounded<Slope::unknown>;
}
template <Slope kSlope>
Kernel routine_of_two_bounded_of(Mode m) {
  constexpr Kernel kAll[] = {routine_of_two_bounded<kSlope, 0>, routine_of_two_bounded<kSlope, 1>,
                             routine_of_two_bounded<kSlope, 2>};
  return m < 3 ? kAll[m] : nullptr;
}

Kernel bounded_kernel(Code code, Mode mode, long, Slope slope) {
  if (arity_of(code) == 1 && mode != 0) return nullptr;
  switch (code) {
    case Code::copy: return unary_bounded<Copy>;
    case Code::negate: return unary_bounded<Negate>;
    case Code::square_root: return unary_bounded<SquareRoot>;
    case Code::absolute: return unary_bounded<Absolute>;
    case Code::sign: return unary_bounded<Sign>;
    case Code::floor: return unary_bounded<Stepwise<Floor>>;
    case Code::ceiling: return unary_bounded<Stepwise<Ceiling>>;
    case Code::truncate: return unary_bounded<Stepwise<Truncate>>;
    case Code::round: return unary_bounded<Stepwise<Round>>;
    case Code::unit_step: return unary_bounded<UnitStep>;
    case Code::opposite: return unary_bounded<Opposite>;
    case Code::truth: return unary_bounded<Truth>;
    case Code::power: return power_bounded;
    case Code::polynomial: return polynomial_bounded;
    case Code::routine: return routine_bounded_of(slope);
    case Code::sine_cosine: return sine_cosine_bounded;
    case Code::add: return binary_bounded_of<Add>(mode);
    case Code::subtract: return binary_bounded_of<Subtract>(mode);
    case Code::multiply: return binary_bounded_of<Multiply>(mode);
    case Code::divide: return binary_bounded_of<Divide>(mode);
    case Code::minimum: return binary_bounded_of<Minimum>(mode);
    case Code::maximum: return binary_bounded_of<Maximum>(mode);
    case Code::less: return binary_bounded_of<Less>(mode);
    case Code::less_equal: return binary_bounded_of<LessEqual>(mode);
    case Code::equal: return binary_bounded_of<Equal>(mode);
    case Code::not_equal: return binary_bounded_of<NotEqual>(mode);
    case Code::both: return binary_bounded_of<Both>(mode);
    case Code::either: return binary_bounded_of<Either>(mode);
    case Code::routine_of_two:
      if (slope == Slope::power) return routine_of_two_bounded_of<Slope::power>(mode);
      if (slope == Slope::angle) return routine_of_two_bounded_of<Slope::angle>(mode);
      if (slope == Slope::distance) return routine_of_two_bounded_of<Slope::distance>(mode);
      return routine_of_two_bounded_of<Slope::unknown>(mode);
    case Code::multiply_add: return ternary_bounded_of<MultiplyAdd>(mode);
    case Code::multiply_subtract: return ternary_bounded_of<MultiplySubtract>(mode);
    case Code::subtract_product: return ternary_bounded_of<SubtractProduct>(mode);
    case Code::choose: return ternary_bounded_of<Choose>(mode);
    case Code::lanes:
    case Code::external: return nullptr;
  }
  return nullptr;
}

// Eight lanes of running totals, whatever the width of a vector; several vectors at a time, so that additions overlap.
constexpr int kLanes = 8;
constexpr int kParts = kLanes / NABLA_WIDTH;
template <bool kProduct>
NABLA_INLINE void accumulate(double* totals, const double* a, const double* b, unsigned long n) {
  constexpr int kChains = 4;
  V s[kChains * kParts];
  for (V& v : s) v = all(0);
  unsigned long i = 0;
  for (; i + kChains * kLanes <= n; i += kChains * kLanes) {
    for (int k = 0; k < kChains * kParts; ++k) {
      const V x = load(a + i + k * NABLA_WIDTH);
      s[k] = kProduct ? s[k] + x * load(b + i + k * NABLA_WIDTH) : s[k] + x;
    }
  }
  for (; i < n; i += kLanes) {
    for (int k = 0; k < kParts; ++k) {
      const V x = load(a + i + k * NABLA_WIDTH);
      s[k] = kProduct ? s[k] + x * load(b + i + k * NABLA_WIDTH) : s[k] + x;
    }
  }
  for (int k = 0; k < kParts; ++k) {
    V t = load(totals + k * NABLA_WIDTH);
    for (int c = 0; c < kChains; ++c) t = t + s[c * kParts + k];
    store(totals + k * NABLA_WIDTH, t);
  }
}
void sum_of(double* totals, const double* a, unsigned long n) { accumulate<false>(totals, a, a, n); }
void dot_of(double* totals, const double* a, const double* b, unsigned long n) { accumulate<true>(totals, a, b, n); }

// One point.
NABLA_INLINE double truth_of(bool holds, double a, double b) { return a != a || b != b ? kNotANumber : holds ? 1 : 0; }
NABLA_INLINE double truth_of(double x) { return x != x ? x : x != 0 ? 1 : 0; }
NABLA_INLINE double power_of_one(double x, long n) {
  double r = 1;
  for (; n != 0; n >>= 1, x *= x) {
    if ((n & 1) != 0) r *= x;
  }
  return r;
}
NABLA_INLINE double polynomial_of_one(const double* c, long n, double x) {
  double p = c[n - 1];
  for (long j = n - 2; j >= 0; --j) p = p * x + c[j];
  return p;
}
void point(const PointStep* steps, unsigned long count) {
  for (const PointStep* s = steps; s != steps + count; ++s) {
    switch (s->code) {
      case Code::copy: *s->out = *s->a; break;
      case Code::negate: *s->out = -*s->a; break;
      case Code::square_root: *s->out = __builtin_sqrt(*s->a); break;
      case Code::absolute: *s->out = __builtin_fabs(*s->a); break;
      case Code::sign: *s->out = *s->a > 0 ? 1 : *s->a < 0 ? -1 : *s->a != *s->a ? *s->a : 0; break;
      case Code::floor: *s->out = __builtin_floor(*s->a); break;
      case Code::ceiling: *s->out = __builtin_ceil(*s->a); break;
      case Code::truncate: *s->out = __builtin_trunc(*s->a); break;
      case Code::round: *s->out = __builtin_round(*s->a); break;
      case Code::unit_step: *s->out = *s->a > 0 ? 1 : *s->a < 0 ? 0 : *s->a != *s->a ? *s->a : 0.5; break;
      case Code::opposite: *s->out = truth_of(*s->a == 0, *s->a, 0); break;
      case Code::truth: *s->out = truth_of(*s->a); break;
      case Code::power: *s->out = s->n == 2 ? *s->a * *s->a : power_of_one(*s->a, s->n); break;
      case Code::polynomial: *s->out = polynomial_of_one(s->coefficients, s->n, *s->a); break;
      case Code::routine: *s->out = s->one(*s->a); break;
      case Code::sine_cosine: {
        const double x = *s->a;
        *s->out = __builtin_sin(x);
        *s->second = __builtin_cos(x);
        break;
      }
      case Code::add: *s->out = *s->a + *s->b; break;
      case Code::subtract: *s->out = *s->a - *s->b; break;
      case Code::multiply: *s->out = *s->a * *s->b; break;
      case Code::divide: *s->out = *s->a / *s->b; break;
      case Code::minimum: *s->out = *s->b != *s->b ? *s->b : *s->b < *s->a ? *s->b : *s->a; break;
      case Code::maximum: *s->out = *s->b != *s->b ? *s->b : *s->a < *s->b ? *s->b : *s->a; break;
      case Code::less: *s->out = truth_of(*s->a < *s->b, *s->a, *s->b); break;
      case Code::less_equal: *s->out = truth_of(*s->a <= *s->b, *s->a, *s->b); break;
      case Code::equal: *s->out = truth_of(*s->a == *s->b, *s->a, *s->b); break;
      case Code::not_equal: *s->out = truth_of(*s->a != *s->b, *s->a, *s->b); break;
      case Code::both: *s->out = *s->a != *s->a || *s->a == 0 ? *s->a : truth_of(*s->b); break;
      case Code::either: *s->out = *s->a != *s->a ? *s->a : *s->a != 0 ? 1 : truth_of(*s->b); break;
      case Code::routine_of_two: *s->out = s->two(*s->a, *s->b); break;
      case Code::multiply_add: *s->out = *s->a * *s->b + *s->c; break;
      case Code::multiply_subtract: *s->out = *s->a * *s->b - *s->c; break;
      case Code::subtract_product: *s->out = *s->c - *s->a * *s->b; break;
      case Code::choose: *s->out = *s->c != *s->c ? *s->c : *s->c != 0 ? *s->a : *s->b; break;
      case Code::lanes:
      case Code::external: *s->out = s->special(*s); break;
    }
  }
}

void ramp(double* out, double* error, double first, double step, double start, unsigned long n) {
  V index = all(start);
  for (int i = 0; i < NABLA_WIDTH; ++i) index[i] += i;
  for (unsigned long i = 0; i < n; i += NABLA_WIDTH) {
    const V shift = index * step;
    const V x = first + shift;
    store(out + i, x);
    if (error != nullptr) store(error + i, (rounding(x) + rounding(shift)) * kInflate);
    index = index + NABLA_WIDTH;
  }
}

}  // namespace
