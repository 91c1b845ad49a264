#include "number/polynomial.h"

#include <random>

namespace {

using namespace nabla::number;

constexpr std::size_t kVariables = 3;

Polynomial random_polynomial(const PolynomialRing& ring, std::mt19937& random) {
  Polynomial p(ring);
  const unsigned terms = 2 + static_cast<unsigned>(random() % 3);
  for (unsigned i = 0; i < terms; ++i) {
    std::vector<long> e(kVariables);
    for (long& k : e) k = static_cast<long>(random() % 3);
    p += Polynomial(ring, Rational(static_cast<long>(random() % 9) - 4), e);
  }
  return p;
}

Polynomial product_of(const PolynomialRing& ring, const Polynomial::Factors& f) {
  Polynomial product(ring, f.constant);
  for (const auto& [p, k] : f.powers) product = product * p.power(static_cast<unsigned long>(k));
  return product;
}

}  // namespace

TEST_CASE("factors multiply to the polynomial and have no factors themselves", "[number]") {
  const PolynomialRing ring(kVariables);
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    const Polynomial a = random_polynomial(ring, random);
    const Polynomial b = random_polynomial(ring, random);
    const Polynomial p = a * b;
    if (a.is_constant() || b.is_constant()) continue;
    const std::optional<Polynomial::Factors> f = p.factors();
    REQUIRE(f);
    CHECK(product_of(ring, *f) == p);
    long count = 0;
    for (const auto& [irreducible, k] : f->powers) {
      count += k;
      const std::optional<Polynomial::Factors> own = irreducible.factors();
      REQUIRE(own);
      REQUIRE(own->powers.size() == 1);
      CHECK(own->powers[0].first == irreducible);
      CHECK(own->powers[0].second == 1);
    }
    CHECK(count >= 2);
  }
}
