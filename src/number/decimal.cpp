#include "number/decimal.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <climits>
#include <cmath>
#include <limits>
#include <string_view>

namespace nabla::number {
namespace {

constexpr long kFixedFrom = -5;                // from this decimal exponent on, numbers are written without an exponent
constexpr std::size_t kLongestInteger = 1000;  // digits of an integer printed in full
constexpr Bits kDirectExponent = 4096;         // binary exponents up to here are scaled in integers
constexpr Bits kLargestExponent = 1L << 40;
constexpr double kLog10Of2 = 0.30102999566398119521;
constexpr double kLargestQuick = 1e280;

// An integer with FLINT's small-value form.
class Integer {
 public:
  Integer() { fmpz_init(n_); }
  Integer(const Integer&) = delete;
  Integer& operator=(const Integer&) = delete;
  ~Integer() { fmpz_clear(n_); }
  operator fmpz*() { return n_; }              // NOLINT: for FLINT's calls
  operator const fmpz*() const { return n_; }  // NOLINT

 private:
  fmpz_t n_;
};

std::string text_of(const fmpz_t n) {
  constexpr std::size_t kWordBits = 62;
  if (fmpz_bits(n) <= kWordBits) return std::to_string(fmpz_get_si(n));
  std::string text(fmpz_sizeinbase(n, 10) + 2, '\0');
  fmpz_get_str(text.data(), 10, n);
  text.resize(text.find('\0'));
  return text;
}

// d.ddd · 10^exponent with all significant digits in `digits`.
struct Significant {
  std::string digits;
  long exponent = 0;
  bool exact = false;  // nothing was rounded

  friend bool operator==(const Significant& a, const Significant& b) {
    return a.exponent == b.exponent && a.digits == b.digits;
  }
};

// floor(log10(n)), or one less or more; n > 0.
long decimal_exponent_near(const fmpz_t n) {
  constexpr Bits kDoubleBits = 1000;
  const Bits bits = static_cast<Bits>(fmpz_bits(n));
  return static_cast<long>(bits <= kDoubleBits ? std::floor(std::log10(fmpz_get_d(n)))
                                               : std::floor(static_cast<double>(bits - 1) * kLog10Of2));
}

// above/below > 0, correctly rounded to `digits` significant digits, halves round up.
Significant rounded(const fmpz_t above, const fmpz_t below, long digits) {
  Significant result;
  result.exponent = decimal_exponent_near(above) - decimal_exponent_near(below);
  Integer lowest, quotient, rest, scaled, divisor, power;
  fmpz_ui_pow_ui(lowest, 10, static_cast<ulong>(digits - 1));
  for (;;) {
    const long shift = digits - 1 - result.exponent;
    fmpz_ui_pow_ui(power, 10, static_cast<ulong>(std::abs(shift)));
    if (shift >= 0) {
      fmpz_mul(scaled, above, power);
      fmpz_set(divisor, below);
    } else {
      fmpz_set(scaled, above);
      fmpz_mul(divisor, below, power);
    }
    fmpz_tdiv_qr(quotient, rest, scaled, divisor);
    if (fmpz_cmp(quotient, lowest) < 0) {
      --result.exponent;
      continue;
    }
    fmpz_mul_ui(power, lowest, 10);
    if (fmpz_cmp(quotient, power) >= 0) {
      ++result.exponent;
      continue;
    }
    break;
  }
  result.exact = fmpz_is_zero(rest) != 0;
  fmpz_mul_2exp(rest, rest, 1);
  if (fmpz_cmp(rest, divisor) >= 0) {
    fmpz_add_ui(quotient, quotient, 1);
    if (fmpz_equal(quotient, power)) {
      fmpz_set(quotient, lowest);
      ++result.exponent;
    }
  }
  result.digits = text_of(quotient);
  return result;
}

void drop_trailing_zeros(std::string& digits) {
  const std::size_t last = digits.find_last_not_of('0');
  digits.resize(last == std::string::npos ? 1 : last + 1);
}

// Fixed notation from 10^-5 to below 10^scientific_from, else scientific.
std::string layout(bool negative, std::string_view digits, long exponent, long scientific_from) {
  std::string text = negative ? "-" : "";
  if (exponent < kFixedFrom || exponent >= scientific_from) {
    text += digits[0];
    if (digits.size() > 1) (text += '.') += digits.substr(1);
    return text += 'e' + std::to_string(exponent);
  }
  if (exponent < 0) {
    text += "0.";
    text.append(static_cast<std::size_t>(-exponent - 1), '0');
    return text += digits;
  }
  const std::size_t whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) return (text += digits).append(whole - digits.size(), '0');
  text += digits.substr(0, whole);
  text += '.';
  return text += digits.substr(whole);
}

// 10^0 … 10^19 as 64-bit integers.
constexpr std::array<std::uint64_t, 20> powers_of_ten() {
  std::array<std::uint64_t, 20> p{1};
  for (std::size_t i = 1; i < p.size(); ++i) p[i] = 10 * p[i - 1];
  return p;
}
constexpr std::array<std::uint64_t, 20> kPowersOfTen = powers_of_ten();

// The same as `rounded` in 64-bit arithmetic; nothing if it overflows.
std::optional<Significant> quickly_rounded(std::uint64_t above, std::uint64_t below, long digits) {
  __extension__ using Wide = unsigned __int128;
  if (digits > kMostQuickDigits || above == 0 || std::bit_width(above) > 60 || std::bit_width(below) > 60)
    return std::nullopt;
  long exponent =
      static_cast<long>(std::floor(std::log10(static_cast<double>(above)) - std::log10(static_cast<double>(below))));
  for (int attempt = 0; attempt < 3; ++attempt) {
    const long shift = digits - 1 - exponent;
    if (std::abs(shift) >= static_cast<long>(kPowersOfTen.size())) return std::nullopt;
    const std::uint64_t power = kPowersOfTen[static_cast<std::size_t>(std::abs(shift))];
    const Wide scaled = shift >= 0 ? Wide{above} * power : Wide{above};
    const Wide divisor = shift >= 0 ? Wide{below} : Wide{below} * power;
    const Wide quotient = scaled / divisor;
    const std::uint64_t lowest = kPowersOfTen[static_cast<std::size_t>(digits - 1)];
    if (quotient < lowest) {
      --exponent;
    } else if (quotient >= Wide{lowest} * 10) {
      ++exponent;
    } else {
      const Wide rest = scaled % divisor;
      auto n = static_cast<std::uint64_t>(quotient) + (2 * rest >= divisor ? 1 : 0);
      if (n == lowest * 10) n = lowest, ++exponent;
      return Significant{std::to_string(n), exponent, rest == 0};
    }
  }
  return std::nullopt;
}

// 10^0 … 10^27, all of them exact long doubles.
constexpr std::array<long double, 28> exact_powers() {
  std::array<long double, 28> p{1};
  for (std::size_t i = 1; i < p.size(); ++i) p[i] = 10 * p[i - 1];
  return p;
}
constexpr std::array<long double, 28> kExactPowers = exact_powers();
constexpr long kExactPower = kExactPowers.size() - 1;

// The decimal exponent of a normal double x, or one less.
long decimal_exponent_near(double x) {
  const auto binary = static_cast<long>(std::bit_cast<std::uint64_t>(x) >> 52) - 1023;
  constexpr long kLog = 78913;  // log10(2) times 2^18
  return (binary * kLog) >> 18;
}

// The significant digits that all numbers within `error` of x > 0 share.
struct Settled {
  std::uint64_t digits = 0;
  long exponent = 0;
  bool may_end = false;  // the decimal with exactly these digits is one of the numbers
};

// The digits of all numbers within `error` of x > 0, if they are the same. Long doubles carry 64 bits: a scaled number
// below 10^15 has 14 bits after its point; scaling takes at most 12 roundings.
std::optional<Settled> settle(double x, double error, int digits) {
  static_assert(std::numeric_limits<long double>::digits >= 64);
  if (digits > kMostQuickDigits || !(x >= 1 / kLargestQuick && x <= kLargestQuick)) return std::nullopt;
  long exponent = decimal_exponent_near(x);
  const auto lowest = static_cast<long double>(kPowersOfTen[static_cast<std::size_t>(digits - 1)]);
  for (int attempt = 0; attempt < 3; ++attempt) {
    const long shift = digits - 1 - exponent;
    long double power = 1;
    for (long left = std::abs(shift); left > 0; left -= kExactPower) {
      power *= kExactPowers[static_cast<std::size_t>(std::min(left, kExactPower))];
    }
    const long double scaled = shift >= 0 ? x * power : x / power;
    if (scaled < lowest) {
      --exponent;
    } else if (scaled >= 10 * lowest) {
      ++exponent;
    } else {
      const long double slack = scaled * 0x1p-58L + (shift >= 0 ? error * power : error / power) * (1 + 0x1p-50L);
      const auto nearest = static_cast<std::uint64_t>(scaled + 0.5L);
      const auto whole = static_cast<long double>(nearest);
      const long double off = std::abs(scaled - whole);
      if (!(off + slack < 0.5L)) return std::nullopt;
      if (whole >= 10 * lowest || whole - slack < lowest) return std::nullopt;
      return Settled{nearest, exponent, off <= slack};
    }
  }
  return std::nullopt;
}

// How many decimal places the exact value of a double has.
int places_of(double x) {
  if (x == 0) return 0;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const int exponent = static_cast<int>((bits >> 52) & 0x7ff) - 1075;  // of the last bit
  return std::max(0, -exponent - std::countr_zero(bits | (std::uint64_t{1} << 52)));
}

// The number within `error` of x that has at most `places` decimals, if there is exactly one and it fits 64 bits.
std::optional<Decimal> ending(double x, double error, int digits, int places) {
  constexpr long double kMost = 1e18L;
  if (places > kExactPower || digits > kMostQuickDigits) return std::nullopt;
  const long double power = kExactPowers[static_cast<std::size_t>(places)];
  const long double scaled = std::abs(x) * power;
  const long double slack = scaled * 0x1p-62L + error * power * (1 + 0x1p-60L);
  if (!(scaled < kMost && slack < 0.5L)) return std::nullopt;
  auto n = static_cast<std::uint64_t>(scaled + 0.5L);
  if (n == 0) return Decimal{"0", Certainty::exact};
  std::string text = std::to_string(n);
  long exponent = static_cast<long>(text.size()) - 1 - places;
  drop_trailing_zeros(text);
  if (static_cast<long>(text.size()) <= exponent + 1) {  // an integer
    text.resize(static_cast<std::size_t>(exponent) + 1, '0');
    return Decimal{(x < 0 ? "-" : "") + text, Certainty::exact};
  }
  const auto wanted = static_cast<std::size_t>(digits);
  if (text.size() <= wanted) return Decimal{layout(x < 0, text, exponent, digits), Certainty::exact};
  const std::size_t size = static_cast<std::size_t>(exponent + 1 + places);
  const std::uint64_t unit = kPowersOfTen[size - wanted];
  n = n / unit + (n % unit >= unit / 2 ? 1 : 0);
  if (n == kPowersOfTen[wanted]) n /= 10, ++exponent;
  return Decimal{layout(x < 0, std::to_string(n), exponent, digits), Certainty::proven};
}

// A positive exact number a·2^b with moderate b, rounded as above.
Significant rounded(const arf_t x, long digits) {
  Integer mantissa, exponent, below;
  arf_get_fmpz_2exp(mantissa, exponent, x);
  const long shift = fmpz_get_si(exponent);
  fmpz_one(below);
  if (shift >= 0) {
    fmpz_mul_2exp(mantissa, mantissa, static_cast<ulong>(shift));
  } else {
    fmpz_mul_2exp(below, below, static_cast<ulong>(-shift));
  }
  return rounded(mantissa, below, digits);
}

// Bits for `digits` decimal digits with some to spare.
Bits bits_for(long digits) { return digits * 10 / 3 + 64; }

// Writes a positive finite ball as x = scaled · 10^exponent, with `scaled` near enough to 1 for integer arithmetic;
// where possible scaled = x exactly. False if the magnitude of x is absurd.
bool scale(Ball& scaled, long& exponent, const Ball& x, long digits) {
  exponent = 0;
  scaled = x;
  const arf_struct* mid = arb_midref(x.raw());
  if (arf_cmpabs_2exp_si(mid, kDirectExponent) < 0 && arf_cmpabs_2exp_si(mid, -kDirectExponent) > 0) return true;
  if (arf_cmpabs_2exp_si(mid, kLargestExponent) > 0 || arf_cmpabs_2exp_si(mid, -kLargestExponent) < 0) return false;
  exponent = static_cast<long>(std::floor(static_cast<double>(arf_abs_bound_lt_2exp_si(mid)) * kLog10Of2));
  constexpr Bits kExponentBits = 64;  // lost in powers of 10 by repeated squaring
  const Bits bits = bits_for(digits) + kExponentBits;
  scaled = mul(x, power(Ball(10), -exponent, bits), bits);
  return true;
}

}  // namespace

Decimal decimal(const Rational& x, int digits) {
  if (x.is_zero()) return {"0", Certainty::exact};
  constexpr Bits kLongestBits = 3322;  // of an integer of 1,000 digits
  if (x.is_integer() && x.bits() <= kLongestBits) {
    std::string text = text_of(fmpq_numref(x.raw()));
    if (text.size() - (x.sign() < 0 ? 1 : 0) <= kLongestInteger) return {std::move(text), Certainty::exact};
  }
  Integer above;
  fmpz_abs(above, fmpq_numref(x.raw()));
  Significant s = [&] {
    const fmpz* below = fmpq_denref(x.raw());
    if (fmpz_abs_fits_ui(above) && fmpz_abs_fits_ui(below)) {
      if (std::optional<Significant> quick = quickly_rounded(fmpz_get_ui(above), fmpz_get_ui(below), digits))
        return *quick;
    }
    return rounded(above, below, digits);
  }();
  if (s.exact) drop_trailing_zeros(s.digits);
  return {layout(x.sign() < 0, s.digits, s.exponent, digits), s.exact ? Certainty::exact : Certainty::proven};
}

std::optional<Decimal> proven_decimal(const Ball& x, int digits) {
  if (x.is_nan()) return std::nullopt;
  if (x.is_zero()) return Decimal{"0", Certainty::exact};
  if (x.contains_zero()) return std::nullopt;
  const bool negative = x.is_negative();
  if (!x.is_finite()) return Decimal{negative ? "-inf" : "inf", Certainty::exact};
  const double middle = std::abs(x.mid());
  if (const std::optional<Settled> s = settle(middle, x.radius() + middle * 0x1p-52, digits)) {
    return Decimal{layout(negative, std::to_string(s->digits), s->exponent, digits), Certainty::proven};
  }
  Ball scaled;
  long exponent = 0;
  if (!scale(scaled, exponent, negative ? neg(x) : x, digits) || !scaled.is_positive()) return std::nullopt;
  const arf_struct* mid = arb_midref(scaled.raw());
  std::optional<Significant> result;
  if (scaled.is_exact()) {
    result = rounded(mid, digits);
  } else {
    if (scaled.accuracy_bits() < 3 * static_cast<Bits>(digits) - 6) return std::nullopt;
    // Rounding the ends outwards costs almost nothing at this precision.
    const Bits bits = std::max(bits_for(digits), static_cast<Bits>(arf_bits(mid)) + 8);
    Ball low;
    Ball high;
    arb_get_lbound_arf(arb_midref(low.raw()), scaled.raw(), bits);
    arb_get_ubound_arf(arb_midref(high.raw()), scaled.raw(), bits);
    result = rounded(arb_midref(low.raw()), digits);
    if (!(*result == rounded(arb_midref(high.raw()), digits))) return std::nullopt;
  }
  return Decimal{layout(negative, result->digits, result->exponent + exponent, digits), Certainty::proven};
}

std::optional<Decimal> proven_decimal(double x, double error, int digits, std::optional<int> places) {
  if (!(error < std::numeric_limits<double>::infinity())) return std::nullopt;
  if (error == 0 && std::isfinite(x)) places = std::min(places.value_or(INT_MAX), places_of(x));
  if (places) {
    if (std::optional<Decimal> end = ending(x, error, digits, *places)) return end;
  }
  const std::optional<Settled> s = settle(std::abs(x), error, digits);
  if (!s || s->may_end) return std::nullopt;
  // An integer is written in full.
  if (s->exponent >= digits && std::ceil(x - error) <= std::floor(x + error)) return std::nullopt;
  return Decimal{layout(x < 0, std::to_string(s->digits), s->exponent, digits), Certainty::proven};
}

Decimal estimated_decimal(const Ball& x, int digits) {
  if (x.is_nan()) return {"nan", Certainty::estimated};
  if (x.contains_zero()) return {"0", Certainty::estimated};
  const bool negative = x.is_negative();
  if (!x.is_finite()) return {negative ? "-inf" : "inf", Certainty::estimated};
  Ball scaled;
  long exponent = 0;
  if (!scale(scaled, exponent, negative ? neg(x) : x, digits)) {
    const bool tiny = arf_cmpabs_2exp_si(arb_midref(x.raw()), 0) < 0;
    return {tiny ? "0" : negative ? "-inf" : "inf", Certainty::estimated};
  }
  const arf_struct* mid = arb_midref(scaled.raw());
  Significant s = rounded(mid, digits);
  if (scaled.accuracy_bits() < bits_for(digits)) {
    // The radius may be one unit of the last digit.
    arf_t radius;
    arf_init_set_mag_shallow(radius, arb_radref(scaled.raw()));
    const Significant r = rounded(radius, 1);
    const long supported = s.exponent - r.exponent + (r.digits == "1" && r.exact ? 1 : 0);
    if (supported < digits) s = rounded(mid, std::max(1L, supported));
  }
  return {layout(negative, s.digits, s.exponent + exponent, digits), Certainty::estimated};
}

Decimal double_decimal(double x) {
  if (std::isnan(x)) return {"nan", Certainty::estimated};
  if (std::isinf(x)) return {x < 0 ? "-inf" : "inf", Certainty::estimated};
  constexpr int kDoubleDigits = 17;
  char buffer[32];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, std::abs(x), std::chars_format::scientific);
  const std::string_view shortest(buffer, static_cast<std::size_t>(end - buffer));
  const std::size_t mark = shortest.find('e');
  long exponent = 0;
  const std::size_t sign = shortest[mark + 1] == '+' ? 1 : 0;
  std::from_chars(buffer + mark + 1 + sign, end, exponent);
  std::string digits(1, buffer[0]);
  if (mark > 1) digits += shortest.substr(2, mark - 2);
  return {layout(std::signbit(x), digits, exponent, kDoubleDigits), Certainty::estimated};
}

}  // namespace nabla::number
