// Riemann's zeta function.
#include <bernoulli.h>

#include "number/functions/arb_call.h"
#include "number/functions/domain.h"
#include "number/functions/functions.h"
#include "number/functions/scalar_call.h"
#include "number/functions/series_call.h"

namespace nabla::number {
namespace {

constexpr long kMaxBernoulli = 2'000;  // index of a Bernoulli number

void zeta_series(arb_poly_struct* r, const arb_poly_struct* x, slong n, slong bits) {
  arb_poly_zeta_series(r, x, Ball(1).raw(), 0, n, bits);
}

}  // namespace

namespace forms {

constinit const Forms zeta{
    .ball =
        [](Balls x, Bits bits) {
          if (domain::not_one(x, bits) != Truth::yes) return Ball::nan();
          const bool falling = arb_gt(x[0].raw(), Ball(1).raw());
          return falling ? monotone(arb_zeta, x[0], bits) : piecewise(arb_zeta, x[0], bits);
        },
    .series = [](Arguments x, long n, Bits bits) { return on(domain::not_one, zeta_series, x, n, bits); },
    .exact = [](Rationals x) -> Value {
      const std::optional<long> s = x[0].to_long();
      if (!s || *s > 0 || *s < -kMaxBernoulli) return std::nullopt;
      if (*s == 0) return Rational(-1, 2);
      Rational r;  // -B(1 - s)/(1 - s)
      bernoulli_fmpq_ui(r.raw(), static_cast<ulong>(1 - *s));
      return -r / Rational(1 - *s);
    },
    .scalar = [](const double* x, int count) { return rounded(zeta.ball, x, count); },
};

}  // namespace forms
}  // namespace nabla::number
