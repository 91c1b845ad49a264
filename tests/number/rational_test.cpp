#include "number/rational.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <stdexcept>

#include "base/error.h"
#include "number/random.h"

namespace nabla::number {
namespace {

Rational parsed(std::string_view text) {
  const std::optional<Rational> q = Rational::parse(text);
  REQUIRE(q);
  return *q;
}

TEST_CASE("a number means exactly what is written") {
  CHECK(parsed("12") == Rational(12));
  CHECK(parsed("1.5") == Rational(3, 2));
  CHECK(parsed(".5") == Rational(1, 2));
  CHECK(parsed("2e-3") == Rational(1, 500));
  CHECK(parsed("2E+3") == Rational(2000));
  CHECK(parsed("1_000_000") == Rational(1000000));
  CHECK(parsed("0x1F") == Rational(31));
  CHECK(parsed("0b101") == Rational(5));
  CHECK(parsed("3/4") == Rational(3, 4));
  CHECK(parsed("-6/8") == Rational(-3, 4));
  CHECK(parsed("0.1") + parsed("0.2") == parsed("0.3"));
  CHECK(parsed("000.000") == Rational(0));
  CHECK(parsed("0e999999999") == Rational(0));
  CHECK(parsed("100e-2").is_one());
}

TEST_CASE("what is no number is not read") {
  for (const char* text : {"",    "-",     ".",   "1.", "1e", "1e+",   "e5", "1_",    "_1",  "1__0", "0x",
                           "0b2", "0x1.5", "1/0", "1/", "/2", "1.5/2", "1 ", "1.2.3", "0xg", "--1"}) {
    INFO(text);
    CHECK_FALSE(Rational::parse(text));
  }
}

TEST_CASE("absurd sizes are refused before they are computed") {
  for (const char* text : {"1e999999999", "1e-999999999", "1e99999999999999999999999999", "1e1300000"}) {
    INFO(text);
    CHECK_THROWS_AS(Rational::parse(text), base::Error);
  }
  CHECK_THROWS_AS(Rational::parse(std::string(2'000'000, '7')), base::Error);
  CHECK_THROWS_AS(Rational::power(10, 1L << 40), base::Error);
  CHECK_THROWS_AS(Rational::power(Rational(1, 3), std::numeric_limits<long>::min()), base::Error);
  CHECK(Rational::power(-1, std::numeric_limits<long>::min()) == Rational(1));
  CHECK(parsed("1e1000000").bits() > 3'000'000);
}

TEST_CASE("text reads back as the same number") {
  Random random(1);
  for (int i = 0; i < 2000; ++i) {
    const Rational x = random_rational(random, 40);
    CHECK(parsed(x.text()) == x);
    CHECK(parsed(x.text()).hash() == x.hash());
  }
}

TEST_CASE("powers and roots undo each other") {
  Random random(2);
  for (int i = 0; i < 500; ++i) {
    const Rational x = random_rational(random, 12);
    const long n = random_long(random, 1, 9);
    const Rational y = Rational::power(x, n);
    CHECK(Rational::root(y, n) == (n % 2 == 0 ? x.abs() : x));
    if (!x.is_zero()) CHECK(Rational::power(x, -n) == y.reciprocal());
  }
  CHECK(Rational::power(0, 0).is_one());
  CHECK_FALSE(Rational::root(-4, 2));
  CHECK_FALSE(Rational::root(2, std::numeric_limits<long>::max()));
  CHECK(Rational::root(-1, 5) == Rational(-1));
}

TEST_CASE("floor and ceiling bracket a number") {
  Random random(3);
  for (int i = 0; i < 1000; ++i) {
    const Rational x = random_rational(random, 20);
    CHECK(x.floor().is_integer());
    CHECK(x.floor() <= x);
    CHECK(x < x.floor() + Rational(1));
    CHECK(x.ceil() == -(-x).floor());
    CHECK(x == x.numerator() / x.denominator());
  }
}

TEST_CASE("doubles pass through exactly and fractions round to the nearest double") {
  Random random(4);
  for (int i = 0; i < 5000; ++i) {
    const std::uint64_t pattern = random();
    double x = 0;
    std::memcpy(&x, &pattern, sizeof x);
    if (i % 3 == 0) x = std::ldexp(x, -1000);
    if (!std::isfinite(x)) continue;
    const Rational exact = Rational::from_double(x);
    CHECK(exact.to_double() == x);
    // Just below, at and just above the middle between x and its neighbour.
    const double next = std::nextafter(x, std::numeric_limits<double>::infinity());
    if (!std::isfinite(next)) continue;
    const Rational middle = (exact + Rational::from_double(next)) * Rational(1, 2);
    const Rational nudge = (Rational::from_double(next) - exact) * Rational::power(10, -30);
    CHECK((middle - nudge).to_double() == x);
    CHECK((middle + nudge).to_double() == next);
    const double even = (pattern & 1u) == 0 ? x : next;
    if (i % 3 != 0) CHECK(middle.to_double() == even);
  }
  CHECK(Rational(1, 3).to_double() == 1.0 / 3.0);
  CHECK(parsed("1e400").to_double() == std::numeric_limits<double>::infinity());
  CHECK(parsed("-1e400").to_double() == -std::numeric_limits<double>::infinity());
  CHECK(parsed("1e-400").to_double() == 0);
  CHECK(parsed("2.4703282292062328e-324").to_double() == std::numeric_limits<double>::denorm_min());
}

TEST_CASE("only integers that fit become machine integers") {
  CHECK(Rational(std::numeric_limits<long>::min()).to_long() == std::numeric_limits<long>::min());
  CHECK_FALSE((Rational(std::numeric_limits<long>::max()) + Rational(1)).to_long());
  CHECK_FALSE(Rational(1, 2).to_long());
  CHECK(Rational(1, 3).denominator_is_odd());
  CHECK_FALSE(Rational(1, 6).denominator_is_odd());
  CHECK(Rational(1, -2) == Rational(-1, 2));
}

TEST_CASE("what is divided by 0 throws, and ends no process") {
  CHECK_THROWS_AS(Rational(1) / Rational(0), std::domain_error);
  CHECK_THROWS_AS(Rational(0).reciprocal(), std::domain_error);
  CHECK_THROWS_AS(Rational::power(0, -2), std::domain_error);
  CHECK(Rational::power(0, 2) == Rational(0));
  // FLINT's own ways out, too.
  Rational q;
  CHECK_THROWS_AS(fmpq_div(q.raw(), Rational(1).raw(), Rational(0).raw()), std::logic_error);
}

}  // namespace
}  // namespace nabla::number
