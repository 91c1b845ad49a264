// Fresnel integrals; sine, cosine, exponential and logarithmic integrals.
#include <arb_hypgeom.h>

#include "number/functions/arb_call.h"
#include "number/functions/domain.h"
#include "number/functions/exact_call.h"
#include "number/functions/functions.h"
#include "number/functions/scalar_call.h"
#include "number/functions/series_call.h"

namespace nabla::number {
namespace {

void li_of(arb_ptr r, arb_srcptr x, slong bits) {
  if (arb_is_zero(x)) return arb_zero(r);
  arb_hypgeom_li(r, x, 0, bits);
}

void li_series(arb_poly_struct* r, const arb_poly_struct* x, slong n, slong bits) {
  arb_hypgeom_li_series(r, x, 0, n, bits);
}

void fresnels_of(arb_ptr r, arb_srcptr x, slong bits) { arb_hypgeom_fresnel(r, nullptr, x, 1, bits); }
void fresnelc_of(arb_ptr r, arb_srcptr x, slong bits) { arb_hypgeom_fresnel(nullptr, r, x, 1, bits); }

void fresnels_series(arb_poly_struct* r, const arb_poly_struct* x, slong n, slong bits) {
  arb_hypgeom_fresnel_series(r, nullptr, x, 1, n, bits);
}

void fresnelc_series(arb_poly_struct* r, const arb_poly_struct* x, slong n, slong bits) {
  arb_hypgeom_fresnel_series(nullptr, r, x, 1, n, bits);
}

}  // namespace

namespace forms {

constinit const Forms fresnels{
    .ball = [](Balls x, Bits bits) { return piecewise(fresnels_of, x[0], bits); },
    .series = [](Arguments x, long n, Bits bits) { return call(fresnels_series, x[0], n, bits); },
    .exact = only_at<0, 0>,
    .scalar = [](const double* x, int count) { return rounded(fresnels.ball, x, count); },
};

constinit const Forms fresnelc{
    .ball = [](Balls x, Bits bits) { return piecewise(fresnelc_of, x[0], bits); },
    .series = [](Arguments x, long n, Bits bits) { return call(fresnelc_series, x[0], n, bits); },
    .exact = only_at<0, 0>,
    .scalar = [](const double* x, int count) { return rounded(fresnelc.ball, x, count); },
};

constinit const Forms sine_integral{
    .ball = [](Balls x, Bits bits) { return piecewise(arb_hypgeom_si, x[0], bits); },
    .series = [](Arguments x, long n, Bits bits) { return call(arb_hypgeom_si_series, x[0], n, bits); },
    .exact = only_at<0, 0>,
    .scalar = [](const double* x, int count) { return rounded(sine_integral.ball, x, count); },
};

constinit const Forms cosine_integral{
    .ball =
        [](Balls x, Bits bits) {
          return domain::positive(x, bits) == Truth::yes ? piecewise(arb_hypgeom_ci, x[0], bits) : Ball::nan();
        },
    .series = [](Arguments x, long n, Bits bits) { return on(domain::positive, arb_hypgeom_ci_series, x, n, bits); },
    .scalar = [](const double* x, int count) { return rounded(cosine_integral.ball, x, count); },
};

constinit const Forms hyperbolic_sine_integral{
    .ball = [](Balls x, Bits bits) { return monotone(arb_hypgeom_shi, x[0], bits); },
    .series = [](Arguments x, long n, Bits bits) { return call(arb_hypgeom_shi_series, x[0], n, bits); },
    .exact = only_at<0, 0>,
    .scalar = [](const double* x, int count) { return rounded(hyperbolic_sine_integral.ball, x, count); },
};

constinit const Forms hyperbolic_cosine_integral{
    .ball = [](Balls x, Bits bits) { return monotone_on(domain::positive, arb_hypgeom_chi, x, bits); },
    .series = [](Arguments x, long n, Bits bits) { return on(domain::positive, arb_hypgeom_chi_series, x, n, bits); },
    .scalar = [](const double* x, int count) { return rounded(hyperbolic_cosine_integral.ball, x, count); },
};

constinit const Forms exponential_integral{
    .ball = [](Balls x, Bits bits) { return monotone_on(domain::nonzero, arb_hypgeom_ei, x, bits); },
    .series = [](Arguments x, long n, Bits bits) { return on(domain::nonzero, arb_hypgeom_ei_series, x, n, bits); },
    .scalar = [](const double* x, int count) { return rounded(exponential_integral.ball, x, count); },
};

constinit const Forms logarithmic_integral{
    .ball = [](Balls x, Bits bits) { return monotone_on(domain::logarithmic_integral, li_of, x, bits); },
    .series =
        [](Arguments x, long n, Bits bits) {
          if (n > 1 && !x[0].coefficient(0).is_positive()) return unknown(n);
          return on(domain::logarithmic_integral, li_series, x, n, bits);
        },
    .exact = only_at<0, 0>,
    .scalar = [](const double* x, int count) { return rounded(logarithmic_integral.ball, x, count); },
};

}  // namespace forms
}  // namespace nabla::number
