#include "calc/asymptotics/side_limit.h"

#include <array>

#include "base/error.h"
#include "calc/asymptotics/oscillation.h"
#include "calc/asymptotics/side_expansion.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;
using eval::Outcome;

constexpr std::array kTerms{6L, 12L, 24L};
constexpr number::Bits kBits = 128;

SideLimit number(Expr value) { return {SideLimit::Kind::value, value, 0, {}}; }
SideLimit infinite(int sign) { return {SideLimit::Kind::infinite, {}, sign, {}}; }
SideLimit unsettled(std::string why) { return {SideLimit::Kind::unsettled, {}, 0, std::move(why)}; }

bool is_final(const Error& e) {
  return e.code == Code::timeout || e.code == Code::interrupted || e.code == Code::limit;
}

SideLimit limit_of(AsymptoticField& f, Asymptotic a) {
  Graph& g = f.graph();
  const Expr zero = expr::integer(g, 0);
  const auto* lead = f.leading(a);
  if (lead == nullptr && a.is_exact()) return number(zero);
  Rational order = f.lowest(a);
  if (!a.growth.empty()) {
    const int way = f.sign_of_growth(a.growth);
    const std::optional<Expr> c = f.order_of_growth(a.growth);
    if (c) {
      // e^growth is h^-c and less than a power more or less.
      const int sign = f.sign_of(expr::subtract(g, g.rational(order), *c));
      if (sign > 0) return number(zero);
      if (sign == 0 || lead == nullptr) return unsettled("the exponential and the power balance");
      return infinite(f.sign_of(lead->second));
    }
    if (way == 0) return unsettled("an exponential that cancels was not seen through");
    if (way < 0) return number(zero);
    if (lead == nullptr) return unsettled("only a bound of it is known");
    return infinite(f.sign_of(lead->second));
  }
  if (lead == nullptr) {
    const bool vanishes = a.end->sign() > 0 || (a.end->is_zero() && a.strict);
    return vanishes ? number(zero) : unsettled("only a bound of it is known");
  }
  if (order.sign() > 0) return number(zero);
  if (order.sign() < 0) return infinite(f.sign_of(lead->second));
  if (!f.has_logarithm(lead->second)) return number(lead->second);
  return limit_at_infinity(f.evaluator(), lead->second, f.logarithm(), f.depth() + 1);
}

// What `ask` makes of the series of e, with more and more terms while it is undecided.
template <class Answer, class Ask>
Answer with_terms(eval::Evaluator& in, Expr e, Expr x, const Approach& to, int depth, Ask ask) {
  for (std::size_t i = 0;; ++i) {
    try {
      AsymptoticField field(in, kTerms[i], depth);
      SideExpansion expansion(field, x, approaching(field, to));
      return ask(field, expansion.of(e));
    } catch (const Error& error) {
      if (error.code != Code::undecided || i + 1 == kTerms.size()) throw;
    }
  }
}

}  // namespace

SideLimit side_limit(eval::Evaluator& in, Expr e, Expr x, const Approach& to, int depth) {
  try {
    return with_terms<SideLimit>(in, e, x, to, depth, [](AsymptoticField& f, const Asymptotic& a) {
      SideLimit found = limit_of(f, a);
      if (found.kind == SideLimit::Kind::unsettled) give_up(found.reason);
      return found;
    });
  } catch (const Error& error) {
    if (is_final(error)) throw;
    if (error.code == Code::domain || error.code == Code::undefined) {
      return {SideLimit::Kind::absent, {}, 0, error.message};
    }
    return oscillates(in, e, x, to) ? SideLimit{SideLimit::Kind::oscillates, {}, 0, {}} : unsettled(error.message);
  }
}

SideLimit limit_at_infinity(eval::Evaluator& in, Expr e, Expr x, int depth) {
  SideLimit found = side_limit(in, e, x, {{}, true, 1}, depth);
  if (found.kind == SideLimit::Kind::unsettled || found.kind == SideLimit::Kind::absent) give_up(found.reason);
  return found;
}

int eventual_sign(eval::Evaluator& in, Expr e, Expr x, int depth) {
  return with_terms<int>(in, e, x, {{}, true, 1}, depth,
                         [](AsymptoticField& f, const Asymptotic& a) { return f.sign(a); });
}

}  // namespace nabla::calc
