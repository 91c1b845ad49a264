#include "number/real_roots.h"

#include <acb.h>
#include <arb_fmpz_poly.h>
#include <flint/fmpq_poly.h>
#include <flint/fmpz_poly.h>
#include <flint/fmpz_poly_factor.h>

#include <algorithm>
#include <memory>

namespace nabla::number {
namespace {

// Sets p to a polynomial with integer coefficients and the same roots.
void set_integer(fmpz_poly_t p, std::span<const Rational> coefficients) {
  fmpq_poly_t q;
  fmpq_poly_init(q);
  for (std::size_t i = 0; i < coefficients.size(); ++i) {
    fmpq_poly_set_coeff_fmpq(q, static_cast<slong>(i), coefficients[i].raw());
  }
  fmpq_poly_get_numerator(p, q);
  fmpq_poly_clear(q);
}

// The rational root in a ball that holds one root of p, if that root is rational: its denominator divides the leading
// coefficient.
std::optional<Rational> rational_root(const fmpz_poly_struct* p, const Ball& root, Bits bits) {
  Rational lead;
  fmpz_set(fmpq_numref(lead.raw()), fmpz_poly_lead(p));
  Ball scaled = mul(root, Ball(lead, bits), bits);
  if (scaled.is_exact()) {
    if (const auto exact = scaled.exact(); exact && exact->is_integer()) return *exact / lead;
  }
  const std::optional<long> n = scaled.unique_integer();
  if (!n) return std::nullopt;
  const Rational candidate = Rational(*n) / lead;
  Rational value;
  fmpz_poly_evaluate_fmpq(value.raw(), p, candidate.raw());
  return value.is_zero() ? std::optional<Rational>(candidate) : std::nullopt;
}

}  // namespace

RealRoots real_roots(std::span<const Rational> coefficients, Bits bits) {
  RealRoots found;
  fmpz_poly_t p;
  fmpz_poly_init(p);
  set_integer(p, coefficients);
  fmpz_poly_factor_t parts;
  fmpz_poly_factor_init(parts);
  fmpz_poly_factor_squarefree(parts, p);
  for (slong i = 0; i < parts->num; ++i) {
    const fmpz_poly_struct* part = parts->p + i;
    const slong degree = fmpz_poly_degree(part);
    if (degree < 1) continue;
    acb_ptr roots = _acb_vec_init(degree);
    arb_fmpz_poly_complex_roots(roots, part, 0, bits);
    for (slong k = 0; k < degree; ++k) {
      if (!acb_is_real(roots + k)) {
        found.nonreal += parts->exp[i];
        continue;
      }
      RealRoot root;
      arb_set(root.value.raw(), acb_realref(roots + k));
      root.multiplicity = parts->exp[i];
      root.exact = rational_root(part, root.value, bits);
      found.roots.push_back(std::move(root));
    }
    _acb_vec_clear(roots, degree);
  }
  fmpz_poly_factor_clear(parts);
  fmpz_poly_clear(p);
  std::ranges::sort(found.roots,
                    [](const RealRoot& a, const RealRoot& b) { return less(a.value, b.value) == Truth::yes; });
  return found;
}

}  // namespace nabla::number
