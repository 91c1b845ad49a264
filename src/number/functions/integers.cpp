// Functions of integers.
#include <algorithm>
#include <cmath>

#include "number/functions/domain.h"
#include "number/functions/exact_call.h"
#include "number/functions/functions.h"
#include "number/functions/scalar_call.h"

namespace nabla::number {
namespace {

template <void (*Combine)(fmpz_t, const fmpz_t, const fmpz_t)>
Ball of_integers(Balls x, Bits bits) {
  if (domain::integers(x, bits) != Truth::yes) return Ball::nan();
  fmpz_t total, next;
  fmpz_init(total);
  fmpz_init(next);
  bool fits = true;
  for (std::size_t i = 0; i < x.size() && fits; ++i) {
    fits = arf_cmpabs_2exp_si(arb_midref(x[i].raw()), base::Budget::kMaxExactBits) < 0;
    if (!fits) break;
    arf_get_fmpz(next, arb_midref(x[i].raw()), ARF_RND_DOWN);
    i == 0 ? fmpz_abs(total, next) : Combine(total, total, next);
  }
  Ball r = Ball::nan();
  if (fits) arb_set_fmpz(r.raw(), total);
  fmpz_clear(total);
  fmpz_clear(next);
  return r;
}

bool all_integers(Rationals x) {
  for (const Rational& a : x)
    if (!a.is_integer()) return false;
  return true;
}

double gcd_of(double a, double b) {
  while (b != 0) {
    const double r = std::fmod(a, b);
    a = b;
    b = r;
  }
  return std::abs(a);
}

}  // namespace

namespace forms {

constinit const Forms gcd{
    .ball = [](Balls x, Bits bits) { return of_integers<fmpz_gcd>(x, bits); },
    .exact = [](Rationals x) -> Value {
      if (!all_integers(x)) return std::nullopt;
      Rational r = x[0].abs();
      for (const Rational& y : x) fmpz_gcd(fmpq_numref(r.raw()), fmpq_numref(r.raw()), fmpq_numref(y.raw()));
      return r;
    },
    .scalar =
        [](const double* x, int count) {
          double r = 0;
          for (int i = 0; i < count; ++i) {
            if (!is_integer(x[i]) || std::isinf(x[i])) return kNan;
            r = gcd_of(r, x[i]);
          }
          return r;
        },
};

constinit const Forms lcm{
    .ball = [](Balls x, Bits bits) { return of_integers<fmpz_lcm>(x, bits); },
    .exact = [](Rationals x) -> Value {
      if (!all_integers(x)) return std::nullopt;
      Rational r = x[0].abs();
      for (const Rational& y : x) {
        if (r.bits() + y.bits() > base::Budget::kMaxExactBits) too_large("this least common multiple");
        fmpz_lcm(fmpq_numref(r.raw()), fmpq_numref(r.raw()), fmpq_numref(y.raw()));
      }
      return r;
    },
    .scalar =
        [](const double* x, int count) {
          double r = 1;
          for (int i = 0; i < count; ++i) {
            if (!is_integer(x[i]) || std::isinf(x[i])) return kNan;
            r = x[i] == 0 ? 0 : r / std::max(gcd_of(r, x[i]), 1.0) * std::abs(x[i]);
          }
          return r;
        },
};

}  // namespace forms
}  // namespace nabla::number
