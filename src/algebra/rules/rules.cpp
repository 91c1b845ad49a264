#include "algebra/rules/rules.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <unordered_map>

#include "algebra/rules/call.h"
#include "base/error.h"
#include "expr/rewrite.h"
#include "functions/table.h"
#include "parse/statement.h"

namespace nabla::algebra {
namespace {

using parse::Head;
using parse::Term;

std::string_view trim(std::string_view s) {
  while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
  while (!s.empty() && s.back() == ' ') s.remove_suffix(1);
  return s;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  int depth = 0;
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(' || text[i] == '[') ++depth;
    if (text[i] == ')' || text[i] == ']') --depth;
    if (text[i] == separator && depth == 0) {
      parts.push_back(trim(text.substr(start, i - start)));
      start = i + 1;
    }
  }
  parts.push_back(trim(text.substr(start)));
  return parts;
}

// The scope of built-in texts: rows and nothing else.
class RowNames : public parse::Names {
 public:
  parse::NameClass classify(std::string_view name) const override {
    const Function* f = functions::find(name);
    if (f == nullptr) return parse::NameClass::unknown;
    return f->parameters.empty() ? parse::NameClass::value : parse::NameClass::function;
  }
  std::vector<std::string> all() const override { return {}; }
};

[[noreturn]] void wrong_rule(std::string_view what) {
  throw base::Error(base::Code::syntax, {}, "built-in text: " + std::string(what));
}

Term parse_rule(parse::Terms& terms, std::string_view text, std::span<const std::string> bound) {
  std::vector<base::Note> notes;
  const std::vector<parse::Token> tokens = parse::tokenize(text);
  return parse::parse_expression(terms, tokens, text, RowNames(), bound, false, notes);
}

// The names in the expansion of a row with any number of arguments.
const std::vector<std::string> kPair{"x", "y"};

// A rule as nodes over parameter(i) of the book's graph, children first; the root is the last.
struct Rule {
  struct Step {
    Expr node;
    std::vector<std::uint32_t> args;  // places of the arguments among the steps
  };
  std::vector<Step> steps;
};

// Everything compiled so far. Each thread has its own, so that sessions in several threads share nothing.
struct Book {
  Graph graph{&kRules};
  std::unordered_map<const char*, Rule> rules;  // by the place of the text, which is in a constant row
  std::unordered_map<const Function*, Parameters> parameters;
  std::unordered_map<const Function*, std::vector<SpecialValue>> values;
  std::map<std::string, Expr, std::less<>> constants;
};

Book& book() {
  thread_local Book the_book;
  return the_book;
}

const Rule& compiled(std::string_view text, std::span<const std::string> names) {
  Book& b = book();
  if (const auto found = b.rules.find(text.data()); found != b.rules.end()) return found->second;
  parse::Terms terms;
  const Term t = parse_rule(terms, text, names);
  std::vector<Expr> parameters;
  for (std::size_t i = 0; i < names.size(); ++i) parameters.push_back(b.graph.parameter(static_cast<std::uint16_t>(i)));
  const Expr root = from_rule_term(b.graph, t, names, parameters);
  Rule rule;
  std::unordered_map<std::uint32_t, std::uint32_t> places;
  for (Expr e : expr::reachable(b.graph, std::span(&root, 1))) {
    Rule::Step step{e, {}};
    for (Expr a : b.graph.args(e)) step.args.push_back(places.at(a.id));
    places[e.id] = static_cast<std::uint32_t>(rule.steps.size());
    rule.steps.push_back(std::move(step));
  }
  return b.rules.emplace(text.data(), std::move(rule)).first->second;
}

// A node of the book in another graph, `args` standing for its parameters.
Expr transfer(Graph& g, const Rule& rule, std::span<const Expr> args) {
  const Graph& from = book().graph;
  std::vector<Expr> made;
  made.reserve(rule.steps.size());
  std::vector<Expr> below;
  for (const auto& [e, places] : rule.steps) {
    below.clear();
    for (std::uint32_t place : places) below.push_back(made[place]);
    Expr result;
    switch (from.kind(e)) {
      case expr::Kind::rational: result = g.rational(from.number(e)); break;
      case expr::Kind::boolean: result = g.boolean(from.truth(e)); break;
      case expr::Kind::parameter: result = args[from.height(e)]; break;
      case expr::Kind::sum: result = expr::sum(g, below); break;
      case expr::Kind::product: result = expr::product(g, below); break;
      case expr::Kind::power: result = expr::power(g, below[0], below[1]); break;
      case expr::Kind::call: result = expr::call(g, from.function(e), below); break;
      case expr::Kind::compare: result = expr::compare(g, from.relation(e), below[0], below[1]); break;
      case expr::Kind::logic: result = expr::logic(g, from.connective(e), below); break;
      case expr::Kind::select: result = expr::select(g, below[0], below[1], below[2]); break;
      case expr::Kind::symbol:
      case expr::Kind::bound:
      case expr::Kind::operation:
      case expr::Kind::apply:
      case expr::Kind::component: wrong_rule("not a function of its parameters");
    }
    made.push_back(result);
  }
  return made.back();
}

Expr call_row(Graph& g, const std::string& name, std::span<const Expr> args) {
  const Function* f = functions::find(name);
  if (f == nullptr) wrong_rule("unknown function " + name);
  return expr::call(g, *f, args);
}

}  // namespace

bool is_given(std::string_view column) { return !column.empty() && column != expr::kNone; }

const Parameters& parameters_of(const Function& f) {
  auto [it, is_new] = book().parameters.try_emplace(&f);
  if (!is_new || f.parameters.empty()) return it->second;
  Parameters& p = it->second;
  for (std::string_view name : split(f.parameters, ',')) {
    if (name.ends_with("...")) {
      p.variadic = true;
      name.remove_suffix(3);
    }
    const std::size_t mark = name.find('?');
    if (mark == std::string_view::npos) {
      ++p.required;
    } else {
      p.defaults.push_back(trim(name.substr(name.find('=') + 1)));
    }
    p.names.emplace_back(name.substr(0, mark));
  }
  return p;
}

std::string_view derivative_rule(const Function& f, std::size_t parameter) {
  if (!is_given(f.derivative)) return expr::kNone;
  const std::vector<std::string_view> rules = split(f.derivative, ';');
  return parameter < rules.size() && is_given(rules[parameter]) ? rules[parameter] : expr::kNone;
}

Expr from_rule_term(Graph& g, Term t, std::span<const std::string> names, std::span<const Expr> values) {
  std::vector<Expr> args;
  if (t.head() != Head::name && t.head() != Head::number) {
    for (std::size_t i = 0; i < t.size(); ++i) args.push_back(from_rule_term(g, t[i], names, values));
  }
  using expr::Relation;
  switch (t.head()) {
    case Head::number: return g.rational(t.number());
    case Head::name: {
      const auto found = std::ranges::find(names, t.text());
      if (found != names.end()) return values[static_cast<std::size_t>(found - names.begin())];
      return call_row(g, t.text(), {});
    }
    case Head::call: return call_row(g, t.text(), args);
    case Head::negate: return expr::negate(g, args[0]);
    case Head::add: return expr::sum(g, args);
    case Head::subtract: return expr::subtract(g, args[0], args[1]);
    case Head::multiply: return expr::product(g, args);
    case Head::divide: return expr::divide(g, args[0], args[1]);
    case Head::power: return expr::power(g, args[0], args[1]);
    case Head::factorial: return call_row(g, "factorial", args);
    case Head::bars: return call_row(g, "abs", args);
    case Head::less: return expr::compare(g, Relation::less, args[0], args[1]);
    case Head::less_equal: return expr::compare(g, Relation::less_equal, args[0], args[1]);
    case Head::greater: return expr::compare(g, Relation::less, args[1], args[0]);
    case Head::greater_equal: return expr::compare(g, Relation::less_equal, args[1], args[0]);
    case Head::equal: return expr::compare(g, Relation::equal, args[0], args[1]);
    case Head::not_equal: return expr::compare(g, Relation::not_equal, args[0], args[1]);
    case Head::and_: return expr::logic(g, expr::Connective::and_, args);
    case Head::or_: return expr::logic(g, expr::Connective::or_, args);
    case Head::not_: return expr::negation(g, args[0]);
    case Head::select: return expr::select(g, args[0], args[1], args[2]);
    case Head::vector:
    case Head::index:
    case Head::comprehension:
    case Head::at:
    case Head::prime:
    case Head::partial:
    case Head::equation:
    case Head::previous: break;
  }
  wrong_rule("a form that rules do not have");
}

Expr instantiate(Graph& g, const Function& f, std::string_view rule, std::span<const Expr> args) {
  const Parameters& p = parameters_of(f);
  if (args.size() >= p.names.size()) return transfer(g, compiled(rule, p.names), args);
  std::vector<Expr> all(args.begin(), args.end());
  while (all.size() < p.names.size()) all.push_back(built_in(g, p.defaults[all.size() - p.required]));
  return transfer(g, compiled(rule, p.names), all);
}

Expr built_in(Graph& g, std::string_view text) {
  Book& b = book();
  auto found = b.constants.find(text);
  if (found == b.constants.end()) {
    parse::Terms terms;
    const Expr e = from_rule_term(b.graph, parse_rule(terms, text, {}), {}, {});
    found = b.constants.emplace(std::string(text), e).first;
  }
  return &g == &b.graph ? found->second : expr::copy(g, b.graph, found->second);
}

std::optional<Expr> expanded(Graph& g, Expr call) {
  const Function& f = g.function(call);
  if (!is_given(f.expansion)) return std::nullopt;
  const std::span<const Expr> args = g.args(call);
  if (!parameters_of(f).variadic) return instantiate(g, f, f.expansion, args);
  if (args.size() < 2) return args[0];
  const Expr first = args.size() == 2 ? args[0] : expr::call(g, f, args.first(args.size() - 1));
  const Expr two[] = {first, args.back()};
  return transfer(g, compiled(f.expansion, kPair), two);
}

std::optional<PiText> read_pi_text(std::string_view text) {
  std::string numerator;
  std::string denominator = "1";
  bool has_pi = false;
  std::size_t i = 0;
  const auto digits = [&](std::string& into) {
    while (i < text.size() && (std::isdigit(static_cast<unsigned char>(text[i])) != 0)) into += text[i++];
  };
  const bool negative = text.starts_with('-');
  if (negative) ++i;
  digits(numerator);
  if (i < text.size() && (text[i] == ' ' || text[i] == '*')) ++i;
  if (text.substr(i).starts_with("pi")) {
    has_pi = true;
    i += 2;
    if (numerator.empty()) numerator = "1";
  }
  if (i < text.size() && text[i] == '/') {
    ++i;
    denominator.clear();
    digits(denominator);
  }
  if (i != text.size() || numerator.empty() || denominator.empty()) return std::nullopt;
  const std::optional<Rational> n = Rational::parse(numerator);
  const std::optional<Rational> d = Rational::parse(denominator);
  if (!n || !d || d->is_zero()) return std::nullopt;
  return PiText{negative ? -(*n / *d) : *n / *d, has_pi};
}

std::span<const SpecialValue> special_values(const Function& f) {
  auto [it, is_new] = book().values.try_emplace(&f);
  if (!is_new || !is_given(f.values)) return it->second;
  for (std::string_view pair : split(f.values, ';')) {
    const std::size_t colon = pair.find(':');
    if (colon == std::string_view::npos) wrong_rule("values of " + std::string(f.name));
    SpecialValue v{trim(pair.substr(0, colon)), trim(pair.substr(colon + 1)), {}, {}, {}};
    if (v.at.starts_with('(') && parameters_of(f).names.size() > 1) {
      v.points = split(v.at.substr(1, v.at.size() - 2), ',');
    }
    if (const std::optional<PiText> p = read_pi_text(v.at)) {
      if (p->has_pi || p->factor.is_zero()) v.pi_multiple = p->factor;
      if (!p->has_pi) v.number = p->factor;
    }
    it->second.push_back(std::move(v));
  }
  return it->second;
}

std::optional<Rational> period_of(const Function& f) {
  if (!is_given(f.period)) return std::nullopt;
  const std::optional<PiText> p = read_pi_text(f.period);
  return p && p->has_pi ? std::optional(p->factor) : std::nullopt;
}

bool is_abbreviation(const Function& f) {
  if (!is_given(f.expansion)) return false;
  if (f.parameters.empty()) return true;
  if (parameters_of(f).variadic) return false;
  const Graph& g = book().graph;
  const Expr root = compiled(f.expansion, parameters_of(f).names).steps.back().node;
  return g.kind(root) == expr::Kind::power && g.kind(g.arg(root, 0)) == expr::Kind::parameter;
}

}  // namespace nabla::algebra
