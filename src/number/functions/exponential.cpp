// The exponential function, logarithms, and Lambert's W.
#include <algorithm>
#include <cmath>

#include "number/functions/arb_call.h"
#include "number/functions/domain.h"
#include "number/functions/exact_call.h"
#include "number/functions/functions.h"
#include "number/functions/scalar_call.h"
#include "number/functions/series_call.h"

namespace nabla::number {
namespace {

constexpr int kMaxDenominator = 12;  // of a rational logarithm

void log2_of(arb_ptr r, arb_srcptr x, slong bits) { arb_log_base_ui(r, x, 2, bits); }
void log10_of(arb_ptr r, arb_srcptr x, slong bits) { arb_log_base_ui(r, x, 10, bits); }

void lambertw_of(arb_ptr r, arb_srcptr x, slong bits) { arb_lambertw(r, x, 0, bits); }

void lambertw_series(arb_poly_struct* r, const arb_poly_struct* x, slong n, slong bits) {
  arb_poly_lambertw_series(r, x, 0, n, bits);
}

// Whether x^q = b^p.
bool powers_agree(const Rational& x, long q, const Rational& b, long p) {
  const auto bits = [](const Rational& y, long n) {
    return static_cast<double>(y.bits()) * std::abs(static_cast<double>(n));
  };
  if (std::max(bits(x, q), bits(b, p)) > static_cast<double>(base::Budget::kMaxExactBits)) return false;
  return Rational::power(x, q) == Rational::power(b, p);
}

Value log_of(const Rational& x, const Rational& b) {
  if (x.sign() <= 0 || b.sign() <= 0 || b.is_one()) return std::nullopt;
  if (x.is_one()) return Rational(0);
  const double ratio = ln_of(x) / ln_of(b);
  for (int q = 1; q <= kMaxDenominator; ++q) {
    const double p = std::round(ratio * q);
    if (p == 0 || std::abs(p) > 1e15 || std::abs(ratio * q - p) > 1e-9 * std::abs(p)) continue;
    if (powers_agree(x, q, b, static_cast<long>(p))) return Rational(static_cast<long>(p), q);
  }
  return std::nullopt;
}

}  // namespace

namespace forms {

constinit const Forms exp{
    .ball = [](Balls x, Bits bits) { return monotone(arb_exp, x[0], bits); },
    .series = [](Arguments x, long n, Bits bits) { return call(arb_poly_exp_series, x[0], n, bits); },
    .exact = only_at<0, 1>,
    .scalar = [](const double* x, int) { return std::exp(x[0]); },
    .vector = {"exp", "u10", 1, Slope::exponential, std::exp},
};

constinit const Forms ln{
    .ball = [](Balls x, Bits bits) { return monotone_on(domain::positive, arb_log, x, bits); },
    .series = [](Arguments x, long n, Bits bits) { return on(domain::positive, arb_poly_log_series, x, n, bits); },
    .exact = only_at<1, 0>,
    .scalar = [](const double* x, int) { return x[0] == 0 ? kNan : std::log(x[0]); },
    .vector = {"log", "u10", 1, Slope::logarithm, std::log},
};

constinit const Forms log{
    .ball =
        [](Balls x, Bits bits) {
          if (x.size() < 2) return log10.ball(x, bits);
          if (domain::log(x, bits) != Truth::yes) return Ball::nan();
          const std::optional<long> base = x[1].is_exact() ? x[1].unique_integer() : std::nullopt;
          if (base && !wide(x[0])) {
            Ball r;
            arb_log_base_ui(r.raw(), x[0].raw(), static_cast<ulong>(*base), bits);
            return r;
          }
          return div(monotone(arb_log, x[0], bits), monotone(arb_log, x[1], bits), bits);
        },
    .series =
        [](Arguments x, long n, Bits bits) {
          if (x.size() < 2) return log10.series(x, n, bits);
          if (!inside(domain::log, x, bits)) return unknown(n);
          return div(ln.series(x.first(1), n, bits), ln.series(x.subspan(1), n, bits), n, bits);
        },
    .exact = [](Rationals x) -> Value { return log_of(x[0], x.size() > 1 ? x[1] : Rational(10)); },
    .scalar = [](const double* x,
                 int count) { return count < 2 ? log10.scalar(x, 1) : ln.scalar(x, 1) / ln.scalar(x + 1, 1); },
};

constinit const Forms log2{
    .ball = [](Balls x, Bits bits) { return monotone_on(domain::positive, log2_of, x, bits); },
    .series =
        [](Arguments x, long n, Bits bits) {
          const Ball base(2);
          return scaled(ln.series(x, n, bits), div(Ball(1), ln.ball({&base, 1}, bits), bits), bits);
        },
    .exact = [](Rationals x) -> Value { return log_of(x[0], Rational(2)); },
    .scalar = [](const double* x, int) { return x[0] == 0 ? kNan : std::log2(x[0]); },
    .vector = {"log2", "u10", 1, Slope::logarithm2, std::log2},
};

constinit const Forms log10{
    .ball = [](Balls x, Bits bits) { return monotone_on(domain::positive, log10_of, x, bits); },
    .series =
        [](Arguments x, long n, Bits bits) {
          const Ball base(10);
          return scaled(ln.series(x, n, bits), div(Ball(1), ln.ball({&base, 1}, bits), bits), bits);
        },
    .exact = [](Rationals x) -> Value { return log_of(x[0], Rational(10)); },
    .scalar = [](const double* x, int) { return x[0] == 0 ? kNan : std::log10(x[0]); },
    .vector = {"log10", "u10", 1, Slope::logarithm10, std::log10},
};

constinit const Forms lambertw{
    .ball = [](Balls x, Bits bits) { return monotone_on(domain::lambertw, lambertw_of, x, bits); },
    .series = [](Arguments x, long n, Bits bits) { return on(domain::lambertw, lambertw_series, x, n, bits); },
    .exact = only_at<0, 0>,
    .scalar = [](const double* x, int count) { return rounded(lambertw.ball, x, count); },
};

}  // namespace forms
}  // namespace nabla::number
