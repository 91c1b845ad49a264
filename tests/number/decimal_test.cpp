#include "number/decimal.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <random>

#include "number/random.h"

namespace nabla::number {
namespace {

Rational parsed(std::string_view text) {
  const std::optional<Rational> q = Rational::parse(text);
  REQUIRE(q);
  return *q;
}

Rational power_of_ten(long n) { return Rational::power(10, n); }

// A printed number taken apart: its value, the decimal exponent of its last digit, its significant digits.
struct Printed {
  Rational value;
  long last_place = 0;
  long significant = 0;
  bool scientific = false;

  explicit Printed(const std::string& text) : value(parsed(text)) {
    const std::size_t mark = text.find('e');
    scientific = mark != std::string::npos;
    const std::string body = text.substr(0, mark);
    const std::size_t point = body.find('.');
    if (scientific) last_place = std::stol(text.substr(mark + 1));
    if (point != std::string::npos) last_place -= static_cast<long>(body.size() - point - 1);
    bool leading = true;
    for (char c : body) {
      if (c == '-' || c == '.' || (leading && c == '0')) continue;
      leading = false;
      ++significant;
    }
  }
};

// Of what is printed for x, correctly rounded (halves away from zero) to `digits` digits with all zeros kept.
bool is_rounding_of(const std::string& text, const Rational& x, long digits) {
  const Printed printed(text);
  if (printed.significant != digits) return false;
  const Rational half = power_of_ten(printed.last_place) * Rational(1, 2);
  const Rational error = printed.value - x;
  if (error.abs() == half) return error.sign() == x.sign();
  if (error.abs() > half) return false;
  // Below a power of ten the digits are finer.
  const Rational magnitude = printed.value.abs();
  const bool at_power = magnitude == power_of_ten(printed.last_place + digits - 1);
  if (at_power && x.abs() < magnitude) return error.abs() <= half * Rational(1, 10);
  return true;
}

void check_notation(const std::string& text, int digits) {
  const Printed printed(text);
  const Rational magnitude = printed.value.abs();
  CHECK(printed.scientific == (magnitude < Rational(1, 100000) || magnitude >= power_of_ten(digits)));
}

TEST_CASE("exact numbers drop trailing zeros, rounded ones keep them") {
  const auto text = [](std::string_view number, int digits = 12) { return decimal(parsed(number), digits).text; };
  CHECK(text("1/4") == "0.25");
  CHECK(text("0") == "0");
  CHECK(text("-2") == "-2");
  CHECK(text("1/3") == "0.333333333333");
  CHECK(text("2/3") == "0.666666666667");
  CHECK(text("-1/7") == "-0.142857142857");
  CHECK(text("1e-5") == "0.00001");
  CHECK(text("9.5e-7") == "9.5e-7");
  CHECK(text("1e-6") == "1e-6");
  CHECK(text("1e100") == "1" + std::string(100, '0'));
  CHECK(text("123456789012345") == "123456789012345");
  CHECK(text("123456789012.5") == "123456789013");
  CHECK(text("999999999999.5") == "1.00000000000e12");
  CHECK(text("1234567890123.5") == "1.23456789012e12");
  CHECK(text("0.0000099999999999999") == "0.0000100000000000");
  CHECK(text("2.5", 1) == "3");
  CHECK(text("-2.5", 1) == "-3");
  CHECK(text("9.5", 1) == "1e1");
  CHECK(text("1e999").size() == 1000);
  CHECK(text("1e1000") == "1e1000");
  CHECK(text("-12e999") == "-1.2e1000");
  CHECK(decimal(parsed("1e1000") + Rational(1), 12).text == "1.00000000000e1000");
  CHECK(decimal(parsed("1e1000") - Rational(1), 12).text == std::string(1000, '9'));
  CHECK(decimal(parsed("1e1000") + Rational(1), 12).certainty == Certainty::proven);
  CHECK(decimal(Rational(1, 4), 12).certainty == Certainty::exact);
  CHECK(decimal(Rational(1, 3), 12).certainty == Certainty::proven);
  CHECK(decimal(Rational(1, 8), 2).text == "0.13");
  CHECK(text("1e-1000000") == "1e-1000000");
}

TEST_CASE("decimals of fractions are exact or correctly rounded") {
  Random random(21);
  for (int i = 0; i < 4000; ++i) {
    const int digits = static_cast<int>(random_long(random, 1, 40));
    Rational x = random_rational(random, 25) * power_of_ten(random_long(random, -30, 30));
    if (i % 3 == 0) x = random_rational(random, 8) * Rational(1, 2);  // ties
    if (i % 7 == 0)
      x = power_of_ten(random_long(random, -9, 9)) - power_of_ten(-digits) * Rational(random_long(random, 1, 9));
    const Decimal d = decimal(x, digits);
    INFO(x.text() << " to " << digits << " digits: " << d.text);
    if (d.certainty == Certainty::exact) {
      CHECK(parsed(d.text) == x);
      const std::string body = d.text.substr(0, d.text.find('e'));
      CHECK((body.find('.') == std::string::npos || body.back() != '0'));
      if (!x.is_integer()) CHECK(Printed(d.text).significant <= digits);
    } else {
      CHECK_FALSE(x.is_integer());
      CHECK(is_rounding_of(d.text, x, digits));
      CHECK(parsed(d.text) != x);
    }
    if (!x.is_integer()) check_notation(d.text, digits);
  }
}

TEST_CASE("proven digits are the rounding of every number in the ball") {
  Random random(22);
  int missing = 0;
  int asked = 0;
  for (int i = 0; i < 6000; ++i) {
    const int digits = static_cast<int>(random_long(random, 1, 30));
    Rational x = random_rational(random, 20) * power_of_ten(random_long(random, -20, 20));
    if (i % 3 == 0) x = random_rational(random, 5) * Rational(1, 2);
    if (i % 5 == 0) x = power_of_ten(random_long(random, -9, 9));
    const long bits = random_long(random, -3, 4) + 10 * digits / 3 + (i % 2 == 0 ? random_long(random, 0, 80) : 0);
    const Ball ball = random_ball(random, x, bits);
    const std::pair<Rational, Rational> ends = exact_ends(ball);
    const std::optional<Decimal> d = proven_decimal(ball, digits);
    if (bits > 10 * digits / 3 + 40 && i % 3 != 0) {
      ++asked;
      if (!d) ++missing;
    }
    if (!d || x.is_zero()) continue;
    INFO(x.text() << " to " << digits << " digits: " << d->text);
    CHECK(d->certainty == Certainty::proven);
    CHECK(is_rounding_of(d->text, x, digits));
    check_notation(d->text, digits);
    for (const Rational& end : {ends.first, ends.second}) CHECK(is_rounding_of(d->text, end, digits));
  }
  CHECK(missing * 100 <= asked);
}

TEST_CASE("a proof needs both ends to agree") {
  const auto ball = [](std::string_view low, std::string_view high) {
    return Ball::hull(Ball(parsed(low), 300), Ball(parsed(high), 300), 300);
  };
  const auto text = [](const Ball& x, int digits = 12) {
    const std::optional<Decimal> d = proven_decimal(x, digits);
    return d ? d->text : "";
  };
  CHECK(text(ball("0.9999999999999", "1.0000000000001")) == "1.00000000000");
  CHECK(text(ball("-1.0000000000001", "-0.9999999999999")) == "-1.00000000000");
  CHECK(text(ball("999999999999.99", "1000000000000.01")) == "1.00000000000e12");
  CHECK(text(ball("0.1234567890125", "0.1234567890126")).empty());  // the lower end may lie below the tie
  CHECK(text(ball("0.12345678901251", "0.1234567890126")) == "0.123456789013");
  CHECK(text(ball("0.9999999999994", "1.0000000000001")).empty());
  CHECK(text(ball("-1", "1")).empty());
  CHECK(text(ball("0", "1e-30")).empty());
  CHECK(text(Ball(0)) == "0");
  CHECK(text(Ball(2)) == "2.00000000000");
  CHECK(text(Ball(Rational(1, 2), 64)) == "0.500000000000");
  CHECK(text(Ball(Rational(5, 2), 64), 1) == "3");
  CHECK(text(Ball(Rational(-5, 2), 64), 1) == "-3");
  CHECK(text(Ball::infinity(1)) == "inf");
  CHECK(text(Ball::infinity(-1)) == "-inf");
  CHECK(text(Ball::nan()).empty());
  CHECK(text(Ball::hull(Ball(1), Ball::infinity(1), 64)).empty());
}

TEST_CASE("huge and tiny exponents cost no memory and stay right") {
  const auto text = [](const Ball& x) {
    const std::optional<Decimal> d = proven_decimal(x, 12);
    return d ? d->text : "";
  };
  CHECK(text(power(Ball(10), 100000L, 128)) == "1.00000000000e100000");
  CHECK(text(power(Ball(10), -100000L, 128)) == "1.00000000000e-100000");
  CHECK(text(power(Ball(-3), 100001L, 128)) == decimal(Rational::power(-3, 100001), 12).text);
  CHECK(text(power(Ball(7), -54321L, 128)) == decimal(Rational::power(7, -54321), 12).text);
  CHECK(text(power(Ball(2), 3000L, 64)) == decimal(Rational::power(2, 3000) + Rational(1, 3), 12).text);
  CHECK(text(power(Ball(10), 10'000'000'000L, 128)) == "1.00000000000e10000000000");
  CHECK(text(power(Ball(2), std::numeric_limits<long>::max(), 256)).empty());
}

TEST_CASE("estimates show the digits that the radius supports") {
  const auto text = [](const Rational& x, const Rational& radius, int digits = 12) {
    return estimated_decimal(Ball::hull(Ball(x - radius, 200), Ball(x + radius, 200), 200), digits).text;
  };
  CHECK(text(parsed("1.23456789"), parsed("5e-5")) == "1.2346");
  CHECK(text(parsed("1.23456789"), parsed("1.1e-4")) == "1.235");
  CHECK(text(parsed("1.23456789"), parsed("1e-30")) == "1.23456789000");
  CHECK(text(parsed("-1234567"), parsed("900")) == "-1235000");
  CHECK(text(parsed("1e-17"), parsed("1e-16")) == "0");
  CHECK(text(parsed("3"), parsed("2")) == "3");
  CHECK(estimated_decimal(Ball(0), 12).text == "0");
  CHECK(estimated_decimal(Ball(Rational(1, 2), 64), 5).text == "0.50000");
  CHECK(estimated_decimal(Ball::infinity(-1), 12).text == "-inf");
  CHECK(estimated_decimal(Ball(1), 12).certainty == Certainty::estimated);
  CHECK(estimated_decimal(power(Ball(7), 100000L, 40), 12).text.substr(0, 4) ==
        decimal(Rational::power(7, 100000), 12).text.substr(0, 4));
}

TEST_CASE("an estimate lies within a unit of its last digit") {
  Random random(23);
  for (int i = 0; i < 2000; ++i) {
    const Rational x = random_rational(random, 15);
    const Ball ball = random_ball(random, x, random_long(random, 2, 60));
    const Decimal d = estimated_decimal(ball, 15);
    if (d.text == "0" || x.is_zero()) continue;
    INFO(x.text() << ": " << d.text);
    const Printed printed(d.text);
    const std::size_t point = d.text.find('.');
    if (point == std::string::npos && d.text.find('e') == std::string::npos) continue;  // zeros before the point
    CHECK((printed.value - x).abs() <= power_of_ten(printed.last_place) * Rational(2));
  }
}

TEST_CASE("doubles print the shortest text that reads back") {
  Random random(24);
  for (int i = 0; i < 3000; ++i) {
    const std::uint64_t pattern = random();
    double x = 0;
    std::memcpy(&x, &pattern, sizeof x);
    if (i % 2 == 0) x = static_cast<double>(random_long(random, -1'000'000, 1'000'000)) / 1000;
    if (!std::isfinite(x)) continue;
    const std::string text = double_decimal(x).text;
    INFO(text);
    CHECK(parsed(text).to_double() == x);
  }
  CHECK(double_decimal(0.1).text == "0.1");
  CHECK(double_decimal(0.1 + 0.2).text == "0.30000000000000004");
  CHECK(double_decimal(-2).text == "-2");
  CHECK(double_decimal(1e16).text == "10000000000000000");
  CHECK(double_decimal(1e22).text == "1e22");
  CHECK(double_decimal(1.5e-7).text == "1.5e-7");
  CHECK(double_decimal(-std::numeric_limits<double>::infinity()).text == "-inf");
}

}  // namespace

TEST_CASE("decimals of doubles that are known to end are those of the exact numbers") {
  std::mt19937_64 random(8);
  int settled = 0;
  constexpr int kRounds = 20'000;
  for (int i = 0; i < kRounds; ++i) {
    const int places = static_cast<int>(random() % 12);
    const Rational x = Rational(static_cast<long>(random() >> (11 + random() % 50)) * (random() % 2 == 0 ? 1 : -1)) *
                       power_of_ten(-places);
    const int digits = 1 + static_cast<int>(random() % 15);
    const double near = x.to_double();
    const double error = (x - Rational::from_double(near)).abs().to_double() * 1.01;
    const std::optional<Decimal> known = proven_decimal(near, error, digits, places);
    const std::optional<Decimal> unknown = proven_decimal(near, error, digits);
    const Decimal exact = decimal(x, digits);
    for (const std::optional<Decimal>& found : {known, unknown}) {
      if (!found) continue;
      CHECK(found->text == exact.text);
      CHECK(found->certainty == exact.certainty);
    }
    settled += known.has_value();
  }
  CHECK(settled > kRounds * 9 / 10);
}

TEST_CASE("decimals of doubles with an error agree with those of balls") {
  std::mt19937_64 random(7);
  int settled = 0;
  for (int i = 0; i < 20'000; ++i) {
    const double x = std::ldexp(static_cast<double>(random() >> 11), -30 - static_cast<int>(random() % 50)) *
                     (random() % 2 == 0 ? 1 : -1);
    const double error = std::abs(x) * std::ldexp(1.0, -40 - static_cast<int>(random() % 20));
    const int digits = 1 + static_cast<int>(random() % 15);
    const std::optional<Decimal> quick = proven_decimal(x, error, digits);
    if (!quick) continue;
    ++settled;
    // Every number within the error rounds to this text, and none of them is the decimal itself.
    const Rational text = parsed(quick->text);
    const Rational unit = power_of_ten(Printed(quick->text).last_place);
    for (const Rational& end : {Rational::from_double(x) - Rational::from_double(error),
                                Rational::from_double(x) + Rational::from_double(error)}) {
      CHECK((end - text).abs() * Rational(2) <= unit);
    }
    CHECK((Rational::from_double(x) - text).abs() > Rational::from_double(error));
    CHECK(Printed(quick->text).significant == digits);
  }
  CHECK(settled > 10'000);
}

TEST_CASE("quick decimals of small fractions agree with long ones") {
  std::mt19937_64 random(11);
  for (int i = 0; i < 5'000; ++i) {
    const long above = static_cast<long>(random() >> (4 + random() % 50)) - 1000;
    const long below = 1 + static_cast<long>(random() >> (4 + random() % 50));
    const Rational x(above == 0 ? 1 : above, below);
    const int digits = 1 + static_cast<int>(random() % 15);
    const Decimal quick = decimal(x, digits);
    // 17 digits are worked out the long way; rounded to fewer they may differ only where the tail is a half.
    const Rational text = parsed(quick.text);
    const Rational unit = power_of_ten(Printed(quick.text).last_place);
    if (quick.certainty == Certainty::exact) {
      CHECK(text == x);
    } else {
      CHECK((x - text).abs() * Rational(2) <= unit);
      CHECK(text != x);
    }
  }
}

}  // namespace nabla::number
