#include "number/rational.h"

#include <arf.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <stdexcept>

#include "base/error.h"

namespace nabla::number {
namespace {

constexpr double kLog2Of10 = 3.3219280948873623;

[[noreturn]] void refuse_size() {
  throw base::Error(base::Code::limit, {}, "the exact number would have more than a million digits");
}

// Where an argument breaks a rule of FLINT's it would end the process; the exception passes through its frames.
[[noreturn]] void fault() { throw std::logic_error("the arithmetic was asked for what has no value"); }
[[maybe_unused]] const bool kFaultsAreThrown = (flint_set_abort(fault), true);

bool is_digit(char c, int radix) {
  if (c >= '0' && c <= '9') return c - '0' < radix;
  return radix == 16 && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'));
}

// Removes and returns the digits at the start of `text`; single underscores may separate digits.
std::string take_digits(std::string_view& text, int radix) {
  std::string digits;
  std::size_t i = 0;
  while (i < text.size()) {
    if (is_digit(text[i], radix)) {
      digits += text[i++];
    } else if (text[i] == '_' && i > 0 && text[i - 1] != '_' && i + 1 < text.size() && is_digit(text[i + 1], radix)) {
      ++i;
    } else {
      break;
    }
  }
  text.remove_prefix(i);
  return digits;
}

void set_digits(fmpz_t n, std::string digits, int radix) {
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (static_cast<double>(digits.size()) * std::log2(radix) > static_cast<double>(base::Budget::kMaxExactBits)) {
    refuse_size();
  }
  if (digits.empty()) {
    fmpz_zero(n);
  } else {
    fmpz_set_str(n, digits.c_str(), radix);
  }
}

// The value of a string of decimal digits, at most 10^15.
long exponent_value(const std::string& digits) {
  constexpr long kCut = 1'000'000'000'000'000;
  long value = 0;
  for (char c : digits) value = std::min(kCut, value * 10 + (c - '0'));
  return value;
}

void multiply_by_power_of_ten(fmpq_t q, long exponent) {
  if (fmpq_is_zero(q) || exponent == 0) return;
  const double size = std::abs(static_cast<double>(exponent)) * kLog2Of10;
  const double numerator_size = static_cast<double>(fmpz_bits(fmpq_numref(q)));
  if (size + (exponent > 0 ? numerator_size : 0) > static_cast<double>(base::Budget::kMaxExactBits)) refuse_size();
  fmpz_t power;
  fmpz_init(power);
  fmpz_ui_pow_ui(power, 10, static_cast<ulong>(std::abs(exponent)));
  if (exponent > 0) {
    fmpq_mul_fmpz(q, q, power);
  } else {
    fmpq_div_fmpz(q, q, power);
  }
  fmpz_clear(power);
}

std::size_t mix(std::size_t h, std::uint64_t word) {
  h = (h ^ word) * 0x9E3779B97F4A7C15u;
  return h ^ (h >> 29);
}

std::size_t hash_integer(const fmpz& n, std::size_t h) {
  if (!COEFF_IS_MPZ(n)) return mix(h, static_cast<std::uint64_t>(n));
  const mpz_srcptr z = COEFF_TO_PTR(n);
  h = mix(h, static_cast<std::uint64_t>(z->_mp_size));
  for (int i = 0; i < std::abs(z->_mp_size); ++i) h = mix(h, z->_mp_d[i]);
  return h;
}

// The exact n-th root of an integer, if there is one; n >= 1.
bool integer_root(fmpz_t root, const fmpz_t x, long n) {
  if (fmpz_is_zero(x) || fmpz_is_one(x) || n == 1) {
    fmpz_set(root, x);
    return true;
  }
  const bool negative = fmpz_sgn(x) < 0;
  if (negative && n % 2 == 0) return false;
  fmpz_t magnitude;
  fmpz_init(magnitude);
  fmpz_abs(magnitude, x);
  bool found = false;
  if (fmpz_is_one(magnitude)) {
    fmpz_one(root);
    found = true;
  } else if (static_cast<ulong>(n) < fmpz_bits(magnitude)) {
    found = fmpz_root(root, magnitude, n) != 0;
  }
  if (found && negative) fmpz_neg(root, root);
  fmpz_clear(magnitude);
  return found;
}

}  // namespace

Rational::Rational(long numerator, long denominator) : Rational() {
  fmpz_set_si(fmpq_numref(q_), numerator);
  fmpz_set_si(fmpq_denref(q_), denominator);
  fmpq_canonicalise(q_);
}

Rational Rational::from_double(double x) {
  Rational r;
  arf_t a;
  arf_init(a);
  arf_set_d(a, x);
  arf_get_fmpq(r.q_, a);
  arf_clear(a);
  return r;
}

std::optional<Rational> Rational::parse(std::string_view text) {
  Rational r;
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  int radix = 10;
  if (text.size() > 1 && text[0] == '0') {
    if (text[1] == 'x') radix = 16;
    if (text[1] == 'o') radix = 8;
    if (text[1] == 'b') radix = 2;
    if (radix != 10) text.remove_prefix(2);
  }
  std::string digits = take_digits(text, radix);
  if (radix != 10) {
    if (digits.empty() || !text.empty()) return std::nullopt;
    set_digits(fmpq_numref(r.q_), std::move(digits), radix);
  } else {
    long exponent = 0;
    bool fraction = false;
    if (!text.empty() && text.front() == '.') {
      text.remove_prefix(1);
      const std::string places = take_digits(text, 10);
      if (places.empty()) return std::nullopt;
      exponent = -static_cast<long>(places.size());
      digits += places;
    } else if (!text.empty() && text.front() == '/') {
      fraction = true;
    }
    if (digits.empty()) return std::nullopt;
    if (fraction) {
      text.remove_prefix(1);
      std::string below = take_digits(text, 10);
      if (!text.empty() || below.find_first_not_of('0') == std::string::npos) return std::nullopt;
      set_digits(fmpq_denref(r.q_), std::move(below), 10);
    } else if (!text.empty()) {
      if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
      text.remove_prefix(1);
      const bool down = !text.empty() && text.front() == '-';
      if (!text.empty() && (down || text.front() == '+')) text.remove_prefix(1);
      const std::string shift = take_digits(text, 10);
      if (shift.empty() || !text.empty()) return std::nullopt;
      exponent += down ? -exponent_value(shift) : exponent_value(shift);
    }
    set_digits(fmpq_numref(r.q_), std::move(digits), 10);
    if (fraction) fmpq_canonicalise(r.q_);
    multiply_by_power_of_ten(r.q_, exponent);
  }
  if (negative) fmpq_neg(r.q_, r.q_);
  return r;
}

Rational Rational::numerator() const {
  Rational r;
  fmpz_set(fmpq_numref(r.q_), fmpq_numref(q_));
  return r;
}

Rational Rational::denominator() const {
  Rational r;
  fmpz_set(fmpq_numref(r.q_), fmpq_denref(q_));
  return r;
}

Rational Rational::floor() const {
  Rational r;
  fmpz_fdiv_q(fmpq_numref(r.q_), fmpq_numref(q_), fmpq_denref(q_));
  return r;
}

Rational Rational::ceil() const {
  Rational r;
  fmpz_cdiv_q(fmpq_numref(r.q_), fmpq_numref(q_), fmpq_denref(q_));
  return r;
}

Rational Rational::abs() const {
  Rational r;
  fmpq_abs(r.q_, q_);
  return r;
}

void Rational::divided_by_zero() { throw std::domain_error("a number was divided by 0"); }

Rational Rational::reciprocal() const {
  expect_nonzero();
  Rational r;
  fmpq_inv(r.q_, q_);
  return r;
}

std::optional<long> Rational::to_long() const {
  if (!is_integer() || !fmpz_fits_si(fmpq_numref(q_))) return std::nullopt;
  return fmpz_get_si(fmpq_numref(q_));
}

bool Rational::denominator_is_odd() const { return fmpz_is_odd(fmpq_denref(q_)); }

double Rational::to_double() const {
  constexpr long kExactBits = 53;
  const long above = static_cast<long>(fmpz_bits(fmpq_numref(q_)));
  const long below = static_cast<long>(fmpz_bits(fmpq_denref(q_)));
  if (above <= kExactBits && below <= kExactBits) {
    return static_cast<double>(fmpz_get_si(fmpq_numref(q_))) / static_cast<double>(fmpz_get_si(fmpq_denref(q_)));
  }
  // A quotient of more than 64 bits with a sticky last bit rounds like the fraction itself.
  const long shift = 66 - (above - below);
  fmpz_t n, d, quotient, rest;
  fmpz_init(n);
  fmpz_init(d);
  fmpz_init(quotient);
  fmpz_init(rest);
  fmpz_abs(n, fmpq_numref(q_));
  fmpz_set(d, fmpq_denref(q_));
  if (shift > 0) {
    fmpz_mul_2exp(n, n, static_cast<ulong>(shift));
  } else {
    fmpz_mul_2exp(d, d, static_cast<ulong>(-shift));
  }
  fmpz_tdiv_qr(quotient, rest, n, d);
  fmpz_mul_2exp(quotient, quotient, 1);
  if (!fmpz_is_zero(rest)) fmpz_add_ui(quotient, quotient, 1);
  arf_t value;
  arf_init(value);
  arf_set_fmpz(value, quotient);
  arf_mul_2exp_si(value, value, -shift - 1);
  const double magnitude = arf_get_d(value, ARF_RND_NEAR);
  arf_clear(value);
  fmpz_clear(n);
  fmpz_clear(d);
  fmpz_clear(quotient);
  fmpz_clear(rest);
  return sign() < 0 ? -magnitude : magnitude;
}

Bits Rational::bits() const {
  return static_cast<Bits>(std::max(fmpz_bits(fmpq_numref(q_)), fmpz_bits(fmpq_denref(q_))));
}

std::size_t Rational::hash() const { return hash_integer(*fmpq_denref(q_), hash_integer(*fmpq_numref(q_), 0)); }

std::string Rational::text() const {
  char* characters = fmpq_get_str(nullptr, 10, q_);
  std::string result = characters;
  flint_free(characters);
  return result;
}

Rational Rational::power(const Rational& x, long n) {
  if (n == 0) return 1;
  if (n < 0) x.expect_nonzero();
  if (x.is_zero()) return x;
  const ulong count = n < 0 ? 0UL - static_cast<ulong>(n) : static_cast<ulong>(n);
  if (x.abs().is_one()) return x.sign() > 0 || count % 2 == 0 ? 1 : -1;
  fmpz_t longer;
  fmpz_init(longer);
  const fmpz* above = fmpq_numref(x.q_);
  fmpz_abs(longer, fmpz_cmpabs(above, fmpq_denref(x.q_)) > 0 ? above : fmpq_denref(x.q_));
  const double size = fmpz_dlog(longer) / std::log(2.0) * static_cast<double>(count);
  fmpz_clear(longer);
  if (size > static_cast<double>(base::Budget::kMaxExactBits)) refuse_size();
  Rational r;
  fmpq_pow_si(r.q_, x.q_, n);
  return r;
}

std::optional<Rational> Rational::root(const Rational& x, long n) {
  Rational r;
  if (!integer_root(fmpq_numref(r.q_), fmpq_numref(x.q_), n)) return std::nullopt;
  if (!integer_root(fmpq_denref(r.q_), fmpq_denref(x.q_), n)) return std::nullopt;
  return r;
}

}  // namespace nabla::number
