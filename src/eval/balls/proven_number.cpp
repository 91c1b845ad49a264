// Proof of digits, declared in evaluator.h: balls are refined until both ends round to the same text; where that cannot
// happen, equality with the number between two texts is proven.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <string_view>

#include "eval/balls/arithmetic.h"
#include "eval/balls/evaluator.h"
#include "expr/build.h"

namespace nabla::eval {
namespace {

using base::Budget;
using base::Code;
using base::Error;
using number::Certainty;
using number::Decimal;
using number::Truth;

constexpr Bits kFirstBits = 64;
constexpr Bits kSettleBits = 256;             // from this precision on equality proofs are tried
constexpr std::chrono::seconds kPatience{5};  // if one precision takes longer, the next is not tried
constexpr double kBitsPerDigit = 3.33;
constexpr Bits kOneDigit = 4;  // relative accuracy from which one digit is printed

// q of a (√x)^(2q), by which a power of x with an exponent that only came out as q is kept; nothing for other nodes.
std::optional<Rational> computed_exponent(const Graph& g, Expr e, Expr root) {
  if (g.kind(e) != expr::Kind::power || g.arg(e, 0) != root || !g.is_number(g.arg(e, 1))) return std::nullopt;
  const bool is_root =
      g.kind(root) == expr::Kind::power && g.is_number(g.arg(root, 1)) && g.number(g.arg(root, 1)) == Rational(1, 2);
  const Rational q = g.number(g.arg(e, 1)) * Rational(1, 2);
  return is_root && !q.is_integer() && q.denominator_is_odd() ? std::optional(q) : std::nullopt;
}

[[noreturn]] void raise(const Graph& g, Expr root, const Outcome& outcome, Expr* where) {
  if (where != nullptr) *where = outcome.where;
  for (Expr e : expr::reachable(g, std::span(&root, 1))) {
    if (const std::optional<Rational> q = computed_exponent(g, e, outcome.where)) throw no_computed_root(*q);
  }
  throw Error(*outcome.reason);
}

std::optional<Number> of_estimate(const Outcome& o, int digits) {
  if (o.state != Outcome::State::estimated) return std::nullopt;
  if (o.ball.is_exact() && o.ball.is_finite()) return Number{number::double_decimal(o.ball.mid()), std::nullopt};
  return Number{number::estimated_decimal(o.ball, digits), std::nullopt};
}

// The rational number for which the ends of a ball round differently: 0, or the boundary between two decimal texts.
std::optional<Rational> obstacle(const Ball& x, int digits) {
  if (x.contains_zero()) return Rational();
  const std::optional<Rational> q = Rational::parse(number::estimated_decimal(x, digits + 2).text);
  if (q && x.contains(*q)) return q;
  return std::nullopt;
}

// Whether a rounded number ends in so many zeros that the value may be exactly that number.
bool looks_exact(std::string_view text, int digits) {
  constexpr std::size_t kZeros = 6;
  const std::string_view significand = text.substr(0, text.find('e'));
  const std::size_t last = significand.find_last_not_of("0.");
  if (last == std::string_view::npos) return false;
  const std::string_view tail = significand.substr(last + 1);
  const auto zeros = static_cast<std::size_t>(std::ranges::count(tail, '0'));
  return zeros >= std::max(kZeros, static_cast<std::size_t>(digits) / 2);
}

// The number that is printed as `text`, if e is proven to be that number.
std::optional<Rational> exactly(Evaluator& in, Expr e, const std::string& text) {
  const std::optional<Rational> q = Rational::parse(text);
  if (!q) return std::nullopt;
  const Expr number = in.graph().rational(*q);
  // Operations take longer to enclose than to compare.
  if (in.graph().is(e, expr::kHasOperation) && !in.proven_equal(e, number)) return std::nullopt;
  const Outcome o = in.evaluate(e, kSettleBits);
  if (!o.has_value() || !o.ball.contains(*q) || !in.proven_equal(e, number)) return std::nullopt;
  return q;
}

// The answer from a ball that no precision made narrow enough for a proof: the digits it supports, or that the value is
// close to 0; nothing if it supports neither. Throws Error (limit) if the value is known but cannot be written.
std::optional<Number> of_enclosure(const Ball& x, int digits) {
  if (!x.is_finite()) return std::nullopt;
  if (x.contains_zero()) {
    const double most = std::pow(10.0, -digits);
    if (-x.lower() > most || x.upper() > most) return std::nullopt;
  } else if (x.accuracy_bits() < kOneDigit) {
    return std::nullopt;
  }
  const Decimal text = number::estimated_decimal(x, digits);
  if (text.text.ends_with("inf")) throw Error(Code::limit, {}, "the value is too large to be written");
  return Number{text, std::nullopt};
}

}  // namespace

Number proven_number(Evaluator& in, Expr e, int digits, Expr* where) {
  Bits bits = kFirstBits;
  while (bits < static_cast<Bits>(digits * kBitsPerDigit) + 16) bits *= 2;
  Outcome last;
  for (; bits <= Budget::kMaxBits; bits *= 2) {
    const auto start = Budget::Clock::now();
    last = in.evaluate(e, bits);
    if (last.state == Outcome::State::undefined) raise(in.graph(), e, last, where);
    if (last.has_value()) {
      if (last.exact) return {number::decimal(*last.exact, digits), last.exact};
      if (last.state == Outcome::State::estimated) break;
      if (const std::optional<Rational> point = last.ball.exact()) return {number::decimal(*point, digits), point};
      if (last.ball.is_exact() && !last.ball.is_finite() && !last.ball.is_nan()) {
        return {{last.ball.is_positive() ? "inf" : "-inf", Certainty::exact}, std::nullopt};
      }
      if (std::optional<Decimal> text = number::proven_decimal(last.ball, digits)) {
        if (looks_exact(text->text, digits)) {
          if (const std::optional<Rational> q = exactly(in, e, text->text)) return {number::decimal(*q, digits), q};
        }
        return {*text, std::nullopt};
      }
      if (bits >= kSettleBits && last.ball.is_finite()) {
        const std::optional<Rational> q = obstacle(last.ball, digits);
        if (q && in.proven_equal(e, in.graph().rational(*q))) return {number::decimal(*q, digits), q};
      }
    }
    if (Budget::Clock::now() - start > kPatience) break;
  }
  if (std::optional<Number> estimate = of_estimate(last, digits)) return *estimate;
  if (where != nullptr) *where = e;
  if (last.has_value()) {
    if (std::optional<Number> rough = of_enclosure(last.ball, digits)) return *rough;
  }
  if (last.reason) throw Error(*last.reason);
  throw Error(Code::undecided, {},
              "the value could not be decided within " + std::to_string(Budget::kMaxBits) + " bits",
              "it may lie exactly on the border of a domain or condition");
}

Truth Evaluator::decide(Expr condition, Expr* where) {
  for (Bits bits = kFirstBits; bits <= Budget::kMaxBits; bits *= 2) {
    const auto start = Budget::Clock::now();
    const Outcome& o = evaluated(condition, bits);
    if (o.state == Outcome::State::undefined) raise(graph(), condition, o, where);
    if (o.state == Outcome::State::estimated) return Truth::unknown;
    if (o.state == Outcome::State::enclosed) {
      if (o.exact) return o.exact->is_zero() ? Truth::no : Truth::yes;
      if (!o.ball.contains_zero()) return Truth::yes;
      if (bits >= kSettleBits && proven_equal(condition, expr::integer(graph_, 0))) return Truth::no;
    }
    if (Budget::Clock::now() - start > kPatience) break;
  }
  return Truth::unknown;
}

}  // namespace nabla::eval
