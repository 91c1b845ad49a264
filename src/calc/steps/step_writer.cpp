#include "calc/steps/step_writer.h"

#include <fmt/format.h>

#include <algorithm>

#include "algebra/derivative/derivative.h"
#include "algebra/rules/call.h"
#include "algebra/rules/rules.h"
#include "algebra/simplify/simplify.h"
#include "base/text.h"
#include "expr/rewrite.h"
#include "expr/write/layout.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;
using expr::Kind;

constexpr int kDeepest = 100;  // of the expression's nesting
constexpr std::size_t kMostLines = 400;
constexpr std::size_t kWidth = 90;  // of a line, before its result goes to the next one

std::string_view at_kinks(const expr::Function& f) {
  return algebra::is_piecewise(f) ? ", away from its kinks and jumps" : "";
}

[[noreturn]] void too_long() { throw Error(Code::limit, {}, "this derivation is too long to be written out"); }

int nesting(const Graph& g, Expr root) {
  return expr::fold<int>(g, root, [](Expr, std::span<const int> below) {
    return below.empty() ? 1 : 1 + *std::ranges::max_element(below);
  });
}

}  // namespace

void StepWriter::derive(Expr e, Expr x, std::string number, std::string label, Expr answer) {
  x_ = x;
  name_ = g_.name(x);
  slopes_.clear();
  slopes_.emplace(e.id, answer);
  symbols_.clear();
  for (Expr s : expr::symbols(g_, e)) symbols_.push_back(g_.name(s));
  if (nesting(g_, e) > kDeepest) too_long();
  visit(e, {std::move(number), 0, std::move(label)});
}

Expr StepWriter::slope(Expr e) {
  if (const auto found = slopes_.find(e.id); found != slopes_.end()) return found->second;
  const Expr d = algebra::simplify(g_, algebra::derivative(g_, e, x_, in_.budget()), in_.budget()).expression;
  return slopes_.emplace(e.id, d).first->second;
}

// Letters that neither the user nor a step above has taken, in the order of `wanted`.
char StepWriter::free_letter(std::string_view wanted, std::string& taken) const {
  const auto is_free = [&](char c) {
    return taken.find(c) == std::string::npos && std::ranges::find(symbols_, std::string(1, c)) == symbols_.end();
  };
  const auto found = std::ranges::find_if(wanted, is_free);
  const char letter = found == wanted.end() ? wanted.front() : *found;
  taken += letter;
  return letter;
}
// u, v, w of a formula for these parts.
StepWriter::Letters StepWriter::letters_for(std::span<const Expr> parts, Place& at) {
  Letters letters;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const char name = free_letter("uvwpqrstz", at.taken);
    letters.push_back({"uvw"[i], std::string(1, name), parts[i], slope(parts[i])});
  }
  return letters;
}
Letter StepWriter::constant_letter(char in_formula, std::string_view wanted, Expr value, const Place& at) const {
  std::string taken = at.taken;
  return {in_formula, std::string(1, free_letter(wanted, taken)), value};
}
void StepWriter::write(int depth, std::string number, std::string text) {
  if (lines_.size() > kMostLines) too_long();
  lines_.push_back({depth, std::move(number), std::move(text)});
}

// "product rule: (u·v)' = u'·v + u·v' with u = x, v = sin(x)"
void StepWriter::begin(const Place& at, std::string_view rule, std::string_view formula, const Letters& letters,
                       std::string_view remark) {
  std::string text(rule);
  if (!formula.empty()) text += ": " + board_.named(formula, letters);
  std::string with;
  for (const Letter& l : letters) {
    if (l.value == x_ && l.in_formula == 'x') continue;
    with += fmt::format("{}{} = {}", with.empty() ? " with " : ", ", l.name, board_.text(l.value));
  }
  write(at.depth, at.number, fmt::format("{}{}{}", text, with, remark));
}

// "d/dx x^2 = 2*x^(2 - 1) = 2*x"; `applied` is the rule with everything put in.
void StepWriter::finish(Expr e, const Place& at, const std::string& applied) {
  const std::string subject = fmt::format("{}d/d{} {}", at.label, name_, in_brackets(e));
  const std::string result = board_.text(slope(e));
  if (applied.empty() || applied == result) {
    write(at.depth + 1, "", subject + " = " + result);
    return;
  }
  std::string line = subject + " = " + applied;
  if (base::display_width(line) + base::display_width(result) + 3 <= kWidth) {
    write(at.depth + 1, "", line + " = " + result);
    return;
  }
  write(at.depth + 1, "", line);
  write(at.depth + 1, "", std::string(base::display_width(subject) + 1, ' ') + "= " + result);
}

void StepWriter::leaf(Expr e, const Place& at, std::string_view rule, std::string_view formula, const Letters& letters,
                      std::string_view right) {
  begin(at, rule, formula, letters);
  finish(e, at, right.empty() ? "" : board_.filled(right, letters));
}

// A rule with u, v, …: `left` = `right`; the steps for the parts; what comes out.
void StepWriter::rule(Expr e, const Place& at, std::string_view name, std::string_view left, std::string_view right,
                      const Letters& letters, const Place& inner) {
  begin(at, name, fmt::format("{} = {}", left, right), letters);
  int count = 0;
  for (const Letter& l : letters) {
    if (l.slope) part(l.value, inner, count, l.name + "' = ");
  }
  finish(e, at, board_.filled(right, letters));
}

// The step for a part, unless there is nothing to say about it.
void StepWriter::part(Expr e, const Place& of, int& count, std::string label) {
  if (e == x_ || !depends(e)) return;
  ++count;
  visit(e, {fmt::format("{}.{}", of.number, count), of.depth + 1, std::move(label), of.taken});
}

std::string StepWriter::in_brackets(Expr e) const {
  const Kind k = g_.kind(e);
  const bool bare = k == Kind::symbol || k == Kind::rational || k == Kind::call ||
                    (k == Kind::power && g_.is_number(g_.arg(e, 1)) && g_.number(g_.arg(e, 1)).sign() > 0);
  return bare ? board_.text(e) : fmt::format("({})", board_.text(e));
}

void StepWriter::visit(Expr e, const Place& at) {
  in_.budget().check();
  if (!depends(e)) return leaf(e, at, "a constant does not change");
  switch (g_.kind(e)) {
    case Kind::symbol: return leaf(e, at, "the variable itself has slope 1");
    case Kind::sum: return sum(e, at);
    case Kind::product: return product(e, at);
    case Kind::power: return power(e, at);
    case Kind::call: return call(e, at);
    case Kind::select: return select(e, at);
    case Kind::component: {
      begin(at, "element by element");
      int count = 0;
      for (Expr element : g_.args(e).subspan(1)) part(element, at, count, "");
      return finish(e, at);
    }
    case Kind::operation: return operation(e, at);
    case Kind::apply:
      return leaf(e, at, fmt::format("{} calls itself, and so does its derivative", g_.recursive(e).name));
    case Kind::rational:
    case Kind::boolean:
    case Kind::bound:
    case Kind::parameter:
    case Kind::compare:
    case Kind::logic: return leaf(e, at, "a constant does not change");
  }
}

void StepWriter::sum(Expr e, const Place& at) {
  begin(at, "sum rule: term by term");
  int count = 0;
  std::vector<Expr> slopes;
  for (Expr term : expr::Layout(g_, e).terms(e, expr::Order::descending)) {
    part(term, at, count, "");
    slopes.push_back(slope(term));
  }
  finish(e, at, board_.joined(slopes));
}

void StepWriter::product(Expr e, const Place& at) {
  std::vector<Expr> constants;
  std::vector<Expr> rest;
  for (Expr f : g_.args(e)) (depends(f) ? rest : constants).push_back(f);
  if (!constants.empty()) return constant_factor(e, expr::product(g_, constants), expr::product(g_, rest), at);
  const expr::Fraction fraction = expr::Layout(g_, e).fraction(e);
  std::vector<Expr> over;
  std::vector<Expr> under;
  for (const expr::Factor& f : fraction.over) over.push_back(expr::power(g_, f.base, g_.rational(f.exponent)));
  for (const expr::Factor& f : fraction.under) under.push_back(expr::power(g_, f.base, g_.rational(f.exponent)));
  Place inner = at;
  if (under.empty()) return factors(e, over, at);
  if (over.empty()) return reciprocal(e, expr::product(g_, under), at);
  const Expr parts[] = {expr::product(g_, over), expr::product(g_, under)};
  const Letters letters = letters_for(parts, inner);
  rule(e, at, "quotient rule", "(u/v)'", "(u'·v - u·v')/v^2", letters, inner);
}

void StepWriter::constant_factor(Expr e, Expr c, Expr u, const Place& at) {
  constexpr std::string_view kName = "constant factor";
  const Letter constant = constant_letter('c', "ckabd", c, at);
  const bool is_minus = c == expr::integer(g_, -1);
  if (u == x_ && is_minus) return leaf(e, at, kName, "(-x)' = -1", {variable_letter()});
  if (u == x_) return leaf(e, at, kName, "(c·x)' = c", {constant, variable_letter()});
  Place inner = at;
  Letters letters = letters_for(std::span(&u, 1), inner);
  if (is_minus) return rule(e, at, kName, "(-u)'", "-u'", letters, inner);
  letters.insert(letters.begin(), constant);
  rule(e, at, kName, "(c·u)'", "c·u'", letters, inner);
}

// Of more than three factors the first, and the rest as one.
void StepWriter::factors(Expr e, std::vector<Expr> factors, const Place& at) {
  if (factors.size() > 3) factors = {factors[0], expr::product(g_, std::span(factors).subspan(1))};
  Place inner = at;
  const Letters letters = letters_for(factors, inner);
  if (factors.size() == 3) {
    return rule(e, at, "product rule", "(u·v·w)'", "u'·v·w + u·v'·w + u·v·w'", letters, inner);
  }
  rule(e, at, "product rule", "(u·v)'", "u'·v + u·v'", letters, inner);
}

void StepWriter::reciprocal(Expr e, Expr v, const Place& at) {
  Place inner = at;
  rule(e, at, "reciprocal rule", "(1/u)'", "-u'/u^2", letters_for(std::span(&v, 1), inner), inner);
}

void StepWriter::power(Expr e, const Place& at) {
  const Expr base = g_.arg(e, 0);
  const Expr exponent = g_.arg(e, 1);
  Place inner = at;
  if (depends(base) && depends(exponent)) {
    const Expr both[] = {base, exponent};
    const Letters letters = letters_for(both, inner);
    return rule(e, at, "power of functions, u^v = e^(v·ln(u))", "(u^v)'", "u^v·(v'·ln(u) + v·u'/u)", letters, inner);
  }
  if (depends(exponent)) {
    const Letter a = constant_letter('a', "abcd", base, at);
    if (exponent == x_) {
      return leaf(e, at, "exponential rule", "(a^x)' = a^x·ln(a)", {a, variable_letter()});
    }
    Letters letters = letters_for(std::span(&exponent, 1), inner);
    letters.insert(letters.begin(), a);
    return rule(e, at, "chain rule", "(a^u)'", "a^u·ln(a)·u'", letters, inner);
  }
  const bool is_root = g_.is_number(exponent) && g_.number(exponent) == Rational(1, 2);
  const Letter n = constant_letter('n', "nmkp", exponent, at);
  if (base == x_) {
    if (is_root) return leaf(e, at, "derivative of a square root", "(√x)' = 1/(2·√x)", {variable_letter()});
    return leaf(e, at, "power rule", "(x^n)' = n·x^(n - 1)", {n, variable_letter()}, "n·x^(n - 1)");
  }
  Letters letters = letters_for(std::span(&base, 1), inner);
  if (is_root) return rule(e, at, "chain rule", "(√u)'", "u'/(2·√u)", letters, inner);
  if (g_.is_number(exponent) && g_.number(exponent) == Rational(-1)) return reciprocal(e, base, at);
  letters.push_back(n);
  rule(e, at, "chain rule", "(u^n)'", "n·u^(n - 1)·u'", letters, inner);
}

// f(u, v)' = f_u·u' + f_v·v', by the arguments that depend on x.
void StepWriter::call(Expr e, const Place& at) {
  const expr::Function& f = g_.function(e);
  const std::span<const Expr> args = g_.args(e);
  const auto moving = [this](Expr a) { return depends(a); };
  if (std::ranges::all_of(args, [this](Expr a) { return a == x_ || !depends(a); }) &&
      std::ranges::count_if(args, moving) == 1) {
    return leaf(e, at, fmt::format("derivative of {}{}", board_.text(e), at_kinks(f)));
  }
  Place inner = at;
  std::vector<Expr> outer(args.begin(), args.end());
  std::vector<expr::Replacement> named;
  std::vector<expr::Replacement> put_in;
  Letters letters;
  for (Expr& a : outer) {
    if (!depends(a)) continue;
    const char name = free_letter("uvwpqrstz", inner.taken);
    const Expr symbol = g_.fresh_symbol();
    named.emplace_back(symbol, g_.symbol(std::string(1, name)));
    put_in.emplace_back(symbol, a);
    letters.push_back({'u', std::string(1, name), a, slope(a)});
    a = symbol;
  }
  const Expr of_letters = expr::call(g_, f, outer);
  std::string right;
  std::string applied;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const Expr partial =
        algebra::simplify(g_, algebra::derivative(g_, of_letters, put_in[i].first, in_.budget()), in_.budget())
            .expression;
    Board::add_term(right, times(expr::substitute(g_, partial, named), g_.symbol(letters[i].name + "'")));
    Board::add_term(applied, times(expr::substitute(g_, partial, put_in), *letters[i].slope));
  }
  begin(at, "chain rule", fmt::format("({})' = {}", board_.text(expr::substitute(g_, of_letters, named)), right),
        letters, at_kinks(f));
  int count = 0;
  for (const Letter& l : letters) part(l.value, inner, count, l.name + "' = ");
  finish(e, at, applied);
}

// a·b with a in front, on one fraction bar.
std::string StepWriter::times(Expr a, Expr b) {
  if (expr::Layout(g_, a).fraction(a).has_bar()) return board_.text(expr::multiply(g_, a, b));
  return board_.product(a, b);
}

void StepWriter::select(Expr e, const Place& at) {
  begin(at, "branch by branch; where two meet, there is a slope only if theirs agree");
  int count = 0;
  Expr rest = e;
  for (; g_.kind(rest) == Kind::select; rest = g_.arg(rest, 2)) {
    part(g_.arg(rest, 1), at, count, fmt::format("where {}: ", board_.text(g_.arg(rest, 0))));
  }
  part(rest, at, count, "otherwise: ");
  finish(e, at);
}

void StepWriter::operation(Expr e, const Place& at) {
  const expr::Operation& row = g_.operation(e);
  if (row.rule.empty()) return leaf(e, at, fmt::format("the rule for {}", row.name));
  std::string taken;
  const std::string index(1, free_letter("kjimn", taken));
  const Expr body = expr::open(g_, e, g_.symbol(index))[0];
  begin(at, std::string(row.rule));
  slope(e);  // names what cannot be done before anything is written for the parts
  int count = 0;
  part(body, at, count, "");
  finish(e, at);
}

}  // namespace nabla::calc
