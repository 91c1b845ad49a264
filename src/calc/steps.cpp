#include "calc/steps.h"

#include <fmt/format.h>

#include <algorithm>

#include "algebra/algebra.h"
#include "algebra/call.h"
#include "algebra/derivative.h"
#include "algebra/pointwise.h"
#include "calc/forms.h"
#include "expr/layout.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;
using expr::Kind;
using parse::Head;

constexpr int kDeepest = 30;
constexpr std::size_t kMostSteps = 200;

class Derivation {
 public:
  Derivation(Elaborator& in, Expr x, expr::Style style)
      : in_(in), g_(in.graph()), x_(x), name_(g_.name(x)), style_(style) {}

  std::vector<DerivationStep> run(Expr e) {
    visit(e, "", 0);
    steps_.push_back({0, "", "simplified", fmt::format("d/d{} {} = {}", name_, in_brackets(e), result(e))});
    for (int n = 1; DerivationStep & s : steps_) {
      if (s.number.empty() && s.depth == 0) s.number = std::to_string(n);
      if (s.depth == 0) ++n;
    }
    return std::move(steps_);
  }

 private:
  bool depends(Expr e) const { return expr::depends_on(g_, e, x_); }
  std::string text(Expr e) const { return expr::print(g_, e, style_); }
  std::string simple(Expr e) { return text(algebra::simplify(g_, e, in_.budget()).expression); }
  std::string result(Expr e) { return simple(algebra::derivative(g_, e, x_, in_.budget())); }
  std::string in_brackets(Expr e) const {
    const Kind k = g_.kind(e);
    const bool bare = k == Kind::symbol || k == Kind::rational || k == Kind::call ||
                      (k == Kind::power && g_.is_number(g_.arg(e, 1)) && g_.number(g_.arg(e, 1)).sign() > 0);
    return bare ? text(e) : fmt::format("({})", text(e));
  }

  void say(Expr e, const std::string& number, int depth, std::string rule) {
    if (steps_.size() > kMostSteps) throw Error(Code::limit, {}, "this derivation is too long to be written out");
    steps_.push_back(
        {depth, number, spelled(std::move(rule)), fmt::format("d/d{} {} = {}", name_, in_brackets(e), result(e))});
  }

  // A rule's text in the style asked for.
  std::string spelled(std::string rule) const {
    constexpr std::string_view kDot = "·";
    if (style_ == expr::Style::unicode) return rule;
    for (std::size_t i = rule.find(kDot); i != std::string::npos; i = rule.find(kDot, i))
      rule.replace(i, kDot.size(), 1, '*');
    return rule;
  }

  // The parts of a rule, one deeper.
  void parts(std::span<const Expr> es, const std::string& number, int depth) {
    int k = 0;
    for (Expr e : es) {
      if (e == x_ || !depends(e)) continue;
      ++k;
      visit(e, fmt::format("{}.{}", number.empty() ? "1" : number, k), depth + 1);
    }
  }
  void part(Expr e, const std::string& number, int depth) { parts(std::span(&e, 1), number, depth); }

  void visit(Expr e, const std::string& number, int depth) {
    in_.budget().check();
    if (depth > kDeepest) return;
    if (!depends(e)) return say(e, number, depth, "a constant does not change");
    switch (g_.kind(e)) {
      case Kind::symbol: return say(e, number, depth, "the variable itself has slope 1");
      case Kind::sum: say(e, number, depth, "sum rule: term by term"); return parts(g_.args(e), number, depth);
      case Kind::product: return product(e, number, depth);
      case Kind::power: return power(e, number, depth);
      case Kind::call: return call(e, number, depth);
      case Kind::select: say(e, number, depth, "branch by branch"); return parts(g_.args(e).subspan(1), number, depth);
      case Kind::component:
        say(e, number, depth, "element by element");
        return parts(g_.args(e).subspan(1), number, depth);
      case Kind::operation: return say(e, number, depth, fmt::format("the rule for {}", g_.operation(e).name));
      case Kind::apply:
        return say(e, number, depth, fmt::format("{} is differentiated as it calls itself", g_.recursive(e).name));
      case Kind::rational:
      case Kind::boolean:
      case Kind::bound:
      case Kind::parameter:
      case Kind::compare:
      case Kind::logic: return say(e, number, depth, "a constant does not change");
    }
  }

  // Whether a factor belongs under the fraction bar, and what stands there.
  std::optional<Expr> under_bar(Expr factor) {
    if (g_.kind(factor) != Kind::power || !g_.is_number(g_.arg(factor, 1))) return std::nullopt;
    const Rational& q = g_.number(g_.arg(factor, 1));
    if (q.sign() >= 0) return std::nullopt;
    return expr::power(g_, g_.arg(factor, 0), g_.rational(-q));
  }

  void product(Expr e, const std::string& number, int depth) {
    std::vector<Expr> constants;
    std::vector<Expr> over;
    std::vector<Expr> under;
    for (Expr f : g_.args(e)) {
      if (!depends(f)) {
        constants.push_back(f);
      } else if (const std::optional<Expr> u = under_bar(f)) {
        under.push_back(*u);
      } else {
        over.push_back(f);
      }
    }
    if (!constants.empty()) {
      const Expr c = expr::product(g_, constants);
      std::vector<Expr> rest;
      for (Expr f : g_.args(e)) {
        if (depends(f)) rest.push_back(f);
      }
      say(e, number, depth, fmt::format("constant factor: {} stays", text(c)));
      return part(expr::product(g_, rest), number, depth);
    }
    if (!under.empty() && !over.empty()) {
      const Expr quotient[] = {expr::product(g_, over), expr::product(g_, under)};
      say(e, number, depth,
          fmt::format("quotient rule: (u/v)' = (u'·v - u·v')/v^2 with u = {}, v = {}", text(quotient[0]),
                      text(quotient[1])));
      return parts(quotient, number, depth);
    }
    if (over.empty()) {
      const Expr v = expr::product(g_, under);
      say(e, number, depth, fmt::format("reciprocal rule: (1/v)' = -v'/v^2 with v = {}", text(v)));
      return part(v, number, depth);
    }
    say(e, number, depth,
        over.size() == 2
            ? fmt::format("product rule: (u·v)' = u'·v + u·v' with u = {}, v = {}", text(over[0]), text(over[1]))
            : "product rule: each factor in turn");
    parts(over, number, depth);
  }

  void power(Expr e, const std::string& number, int depth) {
    const Expr base = g_.arg(e, 0);
    const Expr exponent = g_.arg(e, 1);
    if (!depends(exponent)) {
      if (base == x_) return say(e, number, depth, fmt::format("power rule: ({}^n)' = n·{}^(n-1)", name_, name_));
      say(e, number, depth, fmt::format("chain rule: (u^n)' = n·u^(n-1)·u' with u = {}", text(base)));
      return part(base, number, depth);
    }
    if (!depends(base)) {
      say(e, number, depth,
          fmt::format("exponential rule: (a^u)' = a^u·ln(a)·u' with a = {}, u = {}", text(base), text(exponent)));
      return part(exponent, number, depth);
    }
    say(e, number, depth,
        fmt::format("u^v = e^(v·ln(u)): (u^v)' = u^v·(v'·ln(u) + v·u'/u) with u = {}, v = {}", text(base),
                    text(exponent)));
    const Expr both[] = {base, exponent};
    parts(both, number, depth);
  }

  void call(Expr e, const std::string& number, int depth) {
    const std::string name(g_.function(e).name);
    const std::span<const Expr> args = g_.args(e);
    if (args.size() == 1 && args[0] == x_) return say(e, number, depth, fmt::format("derivative of {}", name));
    if (args.size() > 1) {
      say(e, number, depth, fmt::format("chain rule for {}: by each argument", name));
      return parts(args, number, depth);
    }
    const Expr u = g_.fresh_symbol();
    const Expr outer = expr::call(g_, g_.function(e), std::span(&u, 1));
    const expr::Replacement shown{u, g_.symbol("u")};
    const Expr slope = expr::substitute(g_, algebra::derivative(g_, outer, u, in_.budget()), std::span(&shown, 1));
    const Expr call_of_u = expr::substitute(g_, outer, std::span(&shown, 1));
    say(e, number, depth,
        fmt::format("chain rule: ({})' = {}·u' with u = {}", text(call_of_u), factor_text(slope), text(args[0])));
    part(args[0], number, depth);
  }

  std::string factor_text(Expr e) {
    const Expr simplified = algebra::simplify(g_, e, in_.budget()).expression;
    return g_.kind(simplified) == Kind::sum ? fmt::format("({})", text(simplified)) : text(simplified);
  }

  Elaborator& in_;
  Graph& g_;
  Expr x_;
  std::string name_;
  expr::Style style_;
  std::vector<DerivationStep> steps_;
};

}  // namespace

std::vector<DerivationStep> derivation(Elaborator& in, Term question, expr::Style style) {
  const bool is_diff = question.head() == Head::call && question.text() == "diff" && question.size() == 2;
  const bool is_partial = question.head() == Head::partial && question.size() == 3 &&
                          question[2].head() == Head::number && question[2].number().is_one();
  if (!is_diff && !is_partial) {
    throw Error(Code::argument, question.span(), "steps shows how a first derivative is found",
                "for example steps diff(x^2 sin(x), x)");
  }
  const std::string name = in.variable(question[1], "steps");
  const Expr x = in.graph().symbol(name);
  const Elaborator::Binding binding(in, name, x);
  const Value body = in.elaborate(question[0]);
  if (!body.is_scalar()) throw Error(Code::shape, question[0].span(), "steps needs a number, not a vector");
  const Expr e = algebra::written_out(in.graph(), body.scalar(), in.budget());
  return Derivation(in, x, style).run(e);
}

}  // namespace nabla::calc
