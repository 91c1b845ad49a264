// Loops over blocks: with values only, and with bounds.
#pragma once

#include "eval/batch/kernel_operations.h"
#include "eval/batch/kernel_slopes.h"

namespace {

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

template <Slope kSlope>
void routine_bounded(const Operands& given, unsigned long n) {
  const Operands o = given;  // so that stores need not be thought to change it
  const Routine f = reinterpret_cast<Routine>(const_cast<void*>(o.routine));
  const Routine logarithm = reinterpret_cast<Routine>(const_cast<void*>(o.logarithm));
  const double units = o.ulp * 2 * kUnit;
  for (unsigned long i = 0; i < n; i += NABLA_WIDTH) {
    const V a = load(o.a + i);
    const V r = f(a);
    const V e = load(o.a_error + i);
    const V moved = e > 0 ? unless(e == kInfinity, spread<kSlope>(a, e, r, logarithm)) : all(0);
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

}  // namespace
