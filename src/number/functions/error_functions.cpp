// Error functions.
#include <arb_hypgeom.h>

#include <algorithm>
#include <cmath>

#include "number/functions/arb_call.h"
#include "number/functions/domain.h"
#include "number/functions/exact_call.h"
#include "number/functions/functions.h"
#include "number/functions/scalar_call.h"
#include "number/functions/series_call.h"

namespace nabla::number {
namespace forms {

constinit const Forms erf{
    .ball = [](Balls x, Bits bits) { return monotone(arb_hypgeom_erf, x[0], bits); },
    .series = [](Arguments x, long n, Bits bits) { return call(arb_hypgeom_erf_series, x[0], n, bits); },
    .exact = only_at<0, 0>,
    .scalar = [](const double* x, int) { return std::erf(x[0]); },
    .vector = {"erf", "u10", 1, Slope::error_function, std::erf},
};

constinit const Forms erfc{
    .ball = [](Balls x, Bits bits) { return monotone(arb_hypgeom_erfc, x[0], bits); },
    .series = [](Arguments x, long n, Bits bits) { return call(arb_hypgeom_erfc_series, x[0], n, bits); },
    .exact = only_at<0, 1>,
    .scalar = [](const double* x, int) { return std::erfc(x[0]); },
    .vector = {"erfc", "u15", 1.5, Slope::error_function, std::erfc},
};

constinit const Forms erfinv{
    .ball = [](Balls x, Bits bits) { return monotone_on(domain::below_one, arb_hypgeom_erfinv, x, bits); },
    // Newton's method on series, doubling the number of right coefficients: y - (erf(y) - x) sqrt(pi)/2 e^(y^2).
    .series =
        [](Arguments x, long n, Bits bits) {
          const Ball value = at_zero(erfinv.ball, x, bits);
          if (value.is_nan()) return unknown(n);
          Ball half_root;
          arb_const_sqrt_pi(half_root.raw(), bits);
          arb_mul_2exp_si(half_root.raw(), half_root.raw(), -1);
          Series y = constant(value);
          for (long known = 1; known < n;) {
            const long next = std::min(2 * known, n);
            const Series growth = call(arb_poly_exp_series, mul(y, y, next, bits), next, bits);
            const Series error = sub(call(arb_hypgeom_erf_series, y, next, bits), x[0], next, bits);
            const Series step = scaled(mul(error, growth, next, bits), half_root, bits);
            for (long i = known; i < next; ++i) y.set_coefficient(i, neg(step.coefficient(i)));
            known = next;
          }
          return truncated(y, n);
        },
    .exact = only_at<0, 0>,
    .scalar = [](const double* x, int count) { return rounded(erfinv.ball, x, count); },
};

constinit const Forms erfi{
    .ball = [](Balls x, Bits bits) { return monotone(arb_hypgeom_erfi, x[0], bits); },
    .series = [](Arguments x, long n, Bits bits) { return call(arb_hypgeom_erfi_series, x[0], n, bits); },
    .exact = only_at<0, 0>,
    .scalar = [](const double* x, int count) { return rounded(erfi.ball, x, count); },
};

}  // namespace forms
}  // namespace nabla::number
