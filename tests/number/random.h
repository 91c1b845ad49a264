// Seeded random numbers for the tests of this folder.
#pragma once

#include <random>
#include <string>
#include <utility>

#include "number/ball.h"
#include "number/rational.h"

namespace nabla::number {

using Random = std::mt19937_64;

inline long random_long(Random& random, long lowest, long highest) {
  return std::uniform_int_distribution<long>(lowest, highest)(random);
}

// A fraction of up to `digits` digits above and below the bar; 0 and integers come up.
inline Rational random_rational(Random& random, long digits) {
  std::string text = random() % 2 == 0 ? "-" : "";
  const auto append = [&] {
    for (long i = random_long(random, 1, digits); i > 0; --i) text += static_cast<char>('0' + random() % 10);
  };
  append();
  if (random() % 4 != 0) {
    text += "/1";
    append();
  }
  return *Rational::parse(text);
}

// A ball that contains x, of about the relative radius 2^-bits.
inline Ball random_ball(Random& random, const Rational& x, long bits) {
  const Rational unit = (x.is_zero() ? Rational(1) : x.abs()) * Rational::power(2, -bits);
  const Rational low = x - unit * Rational(random_long(random, 0, 8), 8);
  const Rational high = x + unit * Rational(random_long(random, 0, 8), 8);
  return Ball::hull(Ball(low, bits + 64), Ball(high, bits + 64), bits + 64);
}

// The ends of a finite ball.
inline std::pair<Rational, Rational> exact_ends(const Ball& ball) {
  Rational mid;
  Rational radius;
  arf_get_fmpq(mid.raw(), arb_midref(ball.raw()));
  mag_get_fmpq(radius.raw(), arb_radref(ball.raw()));
  return {mid - radius, mid + radius};
}

}  // namespace nabla::number
