#include "calc/elaborate/forms.h"

#include <fmt/format.h>

#include <algorithm>

#include "algebra/derivative/derivative.h"
#include "algebra/derivative/derivative_node.h"
#include "algebra/rules/rules.h"
#include "calc/elaborate/arithmetic.h"
#include "eval/jets/jet.h"
#include "expr/rewrite.h"
#include "functions/table.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;

constexpr std::size_t kLongestClosedForm = 200;  // nodes
constexpr long kHighestClosedForm = 4;           // order
constexpr number::Bits kProofBits = 128;

// The formula of a derivative at a number, if the derivative exists and is this formula's value.
std::optional<Expr> closed_form(Elaborator& in, const algebra::DerivativeParts& d) {
  Graph& g = in.graph();
  if (!g.is_constant(d.point) || d.order > kHighestClosedForm) return std::nullopt;
  const expr::Replacement put{d.variable, d.point};
  const auto is_other = [&d](Expr symbol) { return symbol != d.variable; };
  if (std::ranges::any_of(expr::symbols(g, d.body), is_other)) return std::nullopt;
  try {
    eval::Evaluator& evaluator = in.evaluator();
    const eval::Outcome value =
        eval::derivative_at(evaluator, d.body, d.variable, d.point, d.order, kProofBits).outcome;
    if (value.state != eval::Outcome::State::enclosed) return std::nullopt;
    if (const std::optional<Rational> exact = value.ball.exact()) return g.rational(*exact);
    Expr smooth = d.body;
    if (algebra::has_pieces(g, d.body)) {
      const eval::Expansion right =
          eval::expand(evaluator, d.body, d.variable, d.point, eval::Side::right, d.order + 4, kProofBits);
      if (right.state != eval::Expansion::State::known) return std::nullopt;
      smooth = right.smooth;
    }
    smooth = algebra::written_out(g, smooth, in.budget());
    const Expr formula = algebra::derivative(g, smooth, d.variable, d.order, in.budget(), kLongestClosedForm);
    const Expr result = expr::substitute(g, formula, std::span(&put, 1));
    const eval::Outcome check = evaluator.evaluate(result, kProofBits);
    const bool agrees = check.state == eval::Outcome::State::enclosed && check.ball.overlaps(value.ball);
    return agrees ? std::optional(result) : std::nullopt;
  } catch (const Error& e) {
    if (e.code == Code::timeout || e.code == Code::interrupted) throw;
    return std::nullopt;
  }
}

}  // namespace

FormVariables::FormVariables(Elaborator& in, std::vector<std::string> names, Span place)
    : in_(in), names_(std::move(names)), place_(place) {
  for (const std::string& name : names_) {
    if (name == "pi" || name == "e" || name == "inf") {
      throw Error(Code::argument, place, fmt::format("{} is a number, not a variable", name), "for example x");
    }
    if (name == "true" || name == "false") {
      throw Error(Code::argument, place, fmt::format("{} is a truth value, not a variable", name), "for example x");
    }
    symbols_.push_back(in_.fresh_symbol());
    bindings_.emplace_back(in_, name, symbols_.back());
  }
}

Expr FormVariables::symbol(const std::string& name) const {
  return symbols_[static_cast<std::size_t>(std::ranges::find(names_, name) - names_.begin())];
}

Value FormVariables::read(Term body) {
  if (body.is_name() && std::ranges::find(names_, body.text()) == names_.end()) {
    const std::vector<std::string> own = parameters_of_function(in_, body.text());
    const bool by_name =
        std::ranges::all_of(names_, [&own](const std::string& n) { return std::ranges::find(own, n) != own.end(); });
    if (!own.empty() && !by_name) return read_other(body, own);
  }
  return in_.elaborate(body);
}

// A function of other parameters: either it contains the variables as free letters, or it is taken at them.
Value FormVariables::read_other(Term body, const std::vector<std::string>& own) {
  if (in_.environment().find(body.text()) != nullptr) {
    Value v = in_.elaborate(body);
    for (Expr x : symbols_) {
      if (std::ranges::any_of(v.elements, [&](Expr e) { return algebra::depends_deeply(in_.graph(), e, x); })) return v;
    }
  }
  if (own.size() == names_.size()) {
    return apply_function(in_, body.text(), std::vector<Value>(symbols_.begin(), symbols_.end()), body.span());
  }
  throw Error(Code::argument, place_,
              fmt::format("{} has {} parameter{} ({}), which these variables do not fit", body.text(), own.size(),
                          own.size() == 1 ? "" : "s", fmt::join(own, ", ")),
              own.size() == 1 ? fmt::format("write {}", own.front()) : fmt::format("write [{}]", fmt::join(own, ", ")));
}

Expr FormVariables::read_number(Term body, std::string_view form, std::string_view instead) {
  const Value v = read(body);
  if (v.is_scalar()) return v.scalar();
  throw Error(Code::shape, body.span(), fmt::format("{} needs a number here, not {}", form, describe(v)),
              instead.empty() ? std::string() : fmt::format("of a vector: {}", instead));
}

Value FormVariables::close(const Value& v) {
  bindings_.clear();
  return settled(in_, in_.with_meanings(v, symbols_, names_, place_));
}

Value differentiated(Elaborator& in, const Value& v, Expr x, long order) {
  Value result = v;
  for (Expr& e : result.elements) e = algebra::derivative_at(in.graph(), e, x, order, x, in.budget());
  return result;
}

Value settled(Elaborator& in, const Value& v) {
  Value result = v;
  const auto formula = [&in](const algebra::DerivativeParts& d) { return closed_form(in, d); };
  result.elements = algebra::replace_derivatives(in.graph(), v.elements, formula);
  return result;
}

void expect_arguments(const Term& call, std::size_t lo, std::size_t hi, std::string_view example) {
  if (call.size() >= lo && call.size() <= hi) return;
  throw Error(Code::argument, call.span(),
              fmt::format("{} is given {} argument{}", call.text(), call.size(), call.size() == 1 ? "" : "s"),
              fmt::format("for example {}", example));
}

Term only_argument(const Term& call, std::string_view example) {
  if (call.size() == 1) return call[0];
  throw Error(Code::argument, call.span(), fmt::format("{} takes one expression", call.text()), std::string(example));
}

std::vector<std::string> parameters_of_function(Elaborator& in, const std::string& name) {
  if (const Definition* d = in.environment().find(name)) {
    return d->is_function ? d->parameters : std::vector<std::string>{};
  }
  const expr::Function* f = functions::find(name);
  if (f == nullptr) return {};
  std::vector<std::string> names = algebra::parameters_of(*f).names;
  names.resize(algebra::parameters_of(*f).required);
  return names;
}

Value apply_function(Elaborator& in, const std::string& name, const std::vector<Value>& args, Span place) {
  if (const Definition* d = in.environment().find(name)) return in.apply(*d, args, place);
  return in.apply(*functions::find(name), args, place);
}

}  // namespace nabla::calc
