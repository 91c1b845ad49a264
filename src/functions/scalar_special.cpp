// Special functions in double, by Boost.Math where it has them and by balls at 64 bits where it has not.
#include <boost/math/policies/policy.hpp>
#include <boost/math/special_functions/airy.hpp>
#include <boost/math/special_functions/bessel.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/expint.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/lambert_w.hpp>
#include <boost/math/special_functions/polygamma.hpp>
#include <boost/math/special_functions/zeta.hpp>
#include <cmath>
#include <limits>

#include "functions/scalar.h"
#include "number/functions.h"

namespace nabla::functions::scalar {
namespace {

namespace bm = boost::math;
using namespace boost::math::policies;
using Quiet = policy<domain_error<ignore_error>, pole_error<ignore_error>, overflow_error<ignore_error>,
                     underflow_error<ignore_error>, rounding_error<ignore_error>, evaluation_error<ignore_error>,
                     indeterminate_result_error<ignore_error>, promote_double<false>>;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

bool is_integer(double x) { return std::floor(x) == x; }
bool is_pole(double x) { return x <= 0 && is_integer(x); }

double by_ball(number::BallFunction f, const double* x, int count) {
  number::Ball balls[3];
  for (int i = 0; i < count; ++i) balls[i] = number::Ball::from_double(x[i]);
  return f({balls, static_cast<std::size_t>(count)}, 64).mid();
}

bool first_kind(const double* x) { return is_integer(x[0]) || x[1] > 0 || (x[1] == 0 && x[0] >= 0); }

}  // namespace

double gamma(const double* x, int) { return is_pole(x[0]) ? kNan : bm::tgamma(x[0], Quiet()); }
double lgamma(const double* x, int) { return is_pole(x[0]) ? kNan : bm::lgamma(x[0], Quiet()); }
double digamma(const double* x, int) { return is_pole(x[0]) ? kNan : bm::digamma(x[0], Quiet()); }

double factorial(const double* x, int) {
  const double y = x[0] + 1;
  return gamma(&y, 1);
}

double polygamma(const double* x, int) {
  const bool good = x[0] >= 0 && x[0] <= 1000 && is_integer(x[0]) && !is_pole(x[1]);
  return good ? bm::polygamma(static_cast<int>(x[0]), x[1], Quiet()) : kNan;
}

double beta(const double* x, int) {
  if (is_pole(x[0]) || is_pole(x[1])) return kNan;
  if (is_pole(x[0] + x[1])) return 0;
  if (x[0] > 0 && x[1] > 0) return std::exp(std::lgamma(x[0]) + std::lgamma(x[1]) - std::lgamma(x[0] + x[1]));
  return by_ball(number::beta, x, 2);
}

double binomial(const double* x, int) { return by_ball(number::binomial, x, 2); }
double erfinv(const double* x, int) { return std::abs(x[0]) < 1 ? bm::erf_inv(x[0], Quiet()) : kNan; }
double sine_integral(const double* x, int) { return by_ball(number::sine_integral, x, 1); }
double cosine_integral(const double* x, int) { return by_ball(number::cosine_integral, x, 1); }
double exponential_integral(const double* x, int) { return x[0] == 0 ? kNan : bm::expint(x[0], Quiet()); }

double logarithmic_integral(const double* x, int) {
  if (x[0] == 0) return 0;
  return x[0] < 0 || x[0] == 1 ? kNan : bm::expint(std::log(x[0]), Quiet());
}

double lambertw(const double* x, int) { return bm::lambert_w0(x[0], Quiet()); }
double zeta(const double* x, int) { return x[0] == 1 ? kNan : bm::zeta(x[0], Quiet()); }
double besselj(const double* x, int) { return first_kind(x) ? bm::cyl_bessel_j(x[0], x[1], Quiet()) : kNan; }
double besseli(const double* x, int) { return first_kind(x) ? bm::cyl_bessel_i(x[0], x[1], Quiet()) : kNan; }
double bessely(const double* x, int) { return x[1] > 0 ? bm::cyl_neumann(x[0], x[1], Quiet()) : kNan; }
double besselk(const double* x, int) { return x[1] > 0 ? bm::cyl_bessel_k(x[0], x[1], Quiet()) : kNan; }
double airyai(const double* x, int) { return bm::airy_ai(x[0], Quiet()); }
double airybi(const double* x, int) { return bm::airy_bi(x[0], Quiet()); }
double airyai_derivative(const double* x, int) { return bm::airy_ai_prime(x[0], Quiet()); }
double airybi_derivative(const double* x, int) { return bm::airy_bi_prime(x[0], Quiet()); }

}  // namespace nabla::functions::scalar
