// double(E): plain IEEE double arithmetic, to show round-off.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "calc/elaborate/forms.h"
#include "calc/elaborate/operation_list.h"
#include "eval/doubles/round_off.h"
#include "functions/table.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;
using eval::Outcome;
using expr::Connective;
using expr::Kind;
using expr::Relation;
using number::Ball;
using number::Bits;
using parse::Head;

constexpr std::size_t kDeepestCalls = 64;

Expr node_of(Graph& g, Expr e);

// Makes the nodes of a term as written, without builders, so that every operation rounds.
class Literal {
 public:
  explicit Literal(Elaborator& in) : in_(in), g_(in.graph()) {}

  Value run(Term t) {
    in_.budget().check();
    switch (t.head()) {
      case Head::number: return g_.rational(t.number());
      case Head::name: return name(t);
      case Head::negate: return negative(number(t[0]));
      case Head::add: return g_.make(Kind::sum, numbers(t));
      case Head::subtract: return g_.make(Kind::sum, std::vector{number(t[0]), negative(number(t[1]))});
      case Head::multiply: return g_.make(Kind::product, numbers(t));
      case Head::divide: return g_.make(Kind::product, std::vector{number(t[0]), power(number(t[1]), minus_one())});
      case Head::power: return power(number(t[0]), number(t[1]));
      case Head::call: return call(t);
      case Head::less: return comparison(Relation::less, t[0], t[1]);
      case Head::less_equal: return comparison(Relation::less_equal, t[0], t[1]);
      case Head::greater: return comparison(Relation::less, t[1], t[0]);
      case Head::greater_equal: return comparison(Relation::less_equal, t[1], t[0]);
      case Head::equal: return comparison(Relation::equal, t[0], t[1]);
      case Head::not_equal: return comparison(Relation::not_equal, t[0], t[1]);
      case Head::and_: return connective(Connective::and_, t);
      case Head::or_: return connective(Connective::or_, t);
      case Head::not_: return connective(Connective::not_, t);
      case Head::select:
        if (t.size() != 3) return elsewhere(t);
        return g_.make(Kind::select, numbers(t));
      case Head::vector: {
        std::vector<Expr> elements;
        for (std::size_t i = 0; i < t.size(); ++i) elements.push_back(number(t[i]));
        return Value::vector(std::move(elements));
      }
      default: return elsewhere(t);
    }
  }

 private:
  Expr number(Term t) {
    const Value v = run(t);
    if (!v.is_scalar()) throw Error(Code::shape, t.span(), "double computes with numbers, not with vectors");
    return v.scalar();
  }
  std::vector<Expr> numbers(Term t) {
    std::vector<Expr> result;
    for (std::size_t i = 0; i < t.size(); ++i) result.push_back(number(t[i]));
    return result;
  }
  Expr minus_one() { return expr::integer(g_, -1); }
  Expr negative(Expr e) { return g_.make(Kind::product, std::vector{minus_one(), e}); }
  Expr comparison(Relation r, Term a, Term b) {
    return g_.make(Kind::compare, std::vector{number(a), number(b)}, 0, static_cast<std::uint8_t>(r));
  }
  Expr connective(Connective c, Term t) { return g_.make(Kind::logic, numbers(t), 0, static_cast<std::uint8_t>(c)); }
  Expr power(Expr base, Expr exponent) { return g_.make(Kind::power, std::vector{base, exponent}); }

  Value name(Term t) {
    const auto parameter = parameters_.find(t.text());
    return parameter != parameters_.end() ? parameter->second : in_.elaborate(t);
  }

  Value call(Term t) {
    const Definition* f = in_.environment().find(t.text());
    if (f != nullptr && f->is_function) return user_call(t, *f);
    const expr::Function* row = functions::find(t.text());
    if (row == nullptr || find_operation(t.text()) != nullptr) return elsewhere(t);
    elsewhere(t);  // checks the arguments
    return g_.make(Kind::call, numbers(t), reinterpret_cast<std::uint64_t>(row));
  }

  Value user_call(Term t, const Definition& f) {
    const bool recursive = std::ranges::find(calls_, &f) != calls_.end();
    if (recursive || t.size() != f.parameters.size() || calls_.size() >= kDeepestCalls) return elsewhere(t);
    std::map<std::string, Value> inner;
    for (std::size_t i = 0; i < t.size(); ++i) inner.emplace(f.parameters[i], run(t[i]));
    inner.swap(parameters_);
    calls_.push_back(&f);
    const Value result = run(f.body);
    calls_.pop_back();
    inner.swap(parameters_);
    return result;
  }

  // By the rules of exact arithmetic, then rounded.
  Value elsewhere(Term t) {
    std::vector<std::unique_ptr<Elaborator::Binding>> bindings;
    for (const auto& [name, value] : parameters_) {
      bindings.push_back(std::make_unique<Elaborator::Binding>(in_, name, value));
    }
    return in_.elaborate(t);
  }

  Elaborator& in_;
  Graph& g_;
  std::map<std::string, Value> parameters_;
  std::vector<const Definition*> calls_;
};

Value elaborate_double(Elaborator& in, const Term& call) {
  Graph& g = in.graph();
  Value result = Literal(in).run(only_argument(call, "double(1/3)"));
  for (Expr& e : result.elements) {
    if (g.is_constant(e)) {
      const double x = eval::plain_double(in.evaluator(), e);
      if (std::isfinite(x)) e = g.is(e, expr::kTruth) ? g.boolean(x != 0) : g.rational(Rational::from_double(x));
    }
    const bool truth = g.is(e, expr::kTruth);
    e = node_of(g, e);
    if (truth) e = expr::compare(g, Relation::not_equal, e, g.rational({}));
  }
  return result;
}

Outcome enclose_double(eval::Evaluator& in, Expr node, Bits) {
  const double x = eval::plain_double(in, in.graph().arg(node, 0));
  if (std::isnan(x)) {
    return Outcome::undefined({Code::domain, {}, "not a number (NaN) in double arithmetic"}, node);
  }
  return Outcome::estimated(Ball::from_double(x));
}

constexpr expr::Operation kDouble[] = {
    {.name = "double",
     .title = "double arithmetic",
     .signature = "double(E)",
     .help = "E in plain IEEE double arithmetic, every operation rounded as written: for showing round-off.",
     .example = "double(0.1 + 0.2)",
     .answer = "~ 0.30000000000000004",
     .elaborate = elaborate_double,
     .enclose = enclose_double,
     .estimate = true},
};

Expr node_of(Graph& g, Expr e) { return expr::operation(g, kDouble[0], std::span(&e, 1)); }

}  // namespace

extern const expr::OperationRows double_operations = kDouble;

}  // namespace nabla::calc
