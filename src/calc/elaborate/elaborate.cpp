#include "calc/elaborate/elaborate.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/small_vector.h"
#include "calc/elaborate/arithmetic.h"
#include "calc/elaborate/elaborate_impl.h"
#include "calc/elaborate/operation_list.h"
#include "expr/computed_power.h"
#include "functions/table.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;
using expr::Relation;
using parse::Head;

constexpr int kDeepestNesting = 20'000;
constexpr long kLongestComprehension = 1'000'000;

const expr::Function& row(std::string_view name) { return *functions::find(name); }

// Increments a counter for its lifetime.
class Count {
 public:
  explicit Count(int& counter) : counter_(counter) { ++counter_; }
  ~Count() { --counter_; }
  Count(const Count&) = delete;
  Count& operator=(const Count&) = delete;

 private:
  int& counter_;
};

// Elaborates one term, by its head.
class Walk {
 public:
  Walk(Elaborator& in, Graph& g, const Environment& environment, int& undecided)
      : in_(in), g_(g), environment_(environment), undecided_(undecided) {}

  Value run(Term t) {
    switch (t.head()) {
      case Head::number: return g_.rational(t.number());
      case Head::name: return in_.meaning(t.text(), t.span());
      case Head::call: return call(t);
      case Head::negate: return negate(g_, in_.elaborate(t[0]));
      case Head::add: return chain(t, add, expr::sum);
      case Head::subtract: return subtract(g_, in_.elaborate(t[0]), in_.elaborate(t[1]));
      case Head::multiply: return chain(t, multiply, expr::product);
      case Head::divide: return divide(g_, in_.elaborate(t[0]), in_.elaborate(t[1]));
      case Head::power: return power(t);
      case Head::factorial: return in_.apply(row("factorial"), {in_.scalar(t[0])}, t.span());
      case Head::less: return comparison(t, Relation::less, false);
      case Head::less_equal: return comparison(t, Relation::less_equal, false);
      case Head::greater: return comparison(t, Relation::less, true);
      case Head::greater_equal: return comparison(t, Relation::less_equal, true);
      case Head::equal: return comparison(t, Relation::equal, false);
      case Head::not_equal: return comparison(t, Relation::not_equal, false);
      case Head::and_: return connective(t, expr::Connective::and_);
      case Head::or_: return connective(t, expr::Connective::or_);
      case Head::not_: return expr::negation(g_, in_.scalar(t[0]));
      case Head::select: return select(t);
      case Head::bars: return bars(t);
      case Head::vector: return vector(t);
      case Head::index: return index(t);
      case Head::comprehension: return comprehension(t);
      case Head::at: return at(t);
      case Head::prime:
      case Head::partial: return operation_of_primes().elaborate(in_, t);
      case Head::equation: throw Error(Code::syntax, t.span(), "an equation has no value here", "did you mean == ?");
      case Head::previous: return in_.previous(t.number(), t.span());
    }
    throw Error(Code::syntax, t.span(), "not understood");
  }

 private:
  Value power(Term t) {
    const Value a = in_.elaborate(t[0]);
    const Value b = in_.elaborate(t[1]);
    if (a.is_scalar() && b.is_scalar() && g_.is_number(b.scalar())) {
      const Rational& q = g_.number(b.scalar());
      const Rational written = written_denominator(t[1]);
      const bool takes_roots = written.reciprocal().denominator_is_odd() && (q * written).is_integer();
      if (!takes_roots) return expr::computed_power(g_, a.scalar(), q);
    }
    return calc::power(g_, a, b);
  }

  // What the numbers in an exponent have below their bars, as written: 6 of 2/6, 3 of k/3, 1 of a name.
  static Rational written_denominator(Term t) {
    switch (t.head()) {
      case Head::number: return t.number().denominator();
      case Head::negate: return written_denominator(t[0]);
      case Head::divide: {
        const Term below = t[1].head() == Head::negate ? t[1][0] : t[1];
        const bool is_whole = below.head() == Head::number && below.number().is_integer() && !below.number().is_zero();
        return is_whole ? written_denominator(t[0]) * below.number() : Rational(1);
      }
      case Head::add:
      case Head::subtract:
      case Head::multiply: {
        Rational all = 1;
        for (std::size_t i = 0; i < t.size(); ++i) all = all * written_denominator(t[i]);
        return all;
      }
      default: return 1;
    }
  }

  Value call(Term t) {
    if (const Definition* f = environment_.find(t.text()); f != nullptr && f->is_function) {
      return in_.apply(*f, arguments(t), t.span());
    }
    if (const expr::Operation* op = find_operation(t.text())) return op->elaborate(in_, t);
    if (const expr::Function* f = functions::find(t.text())) return in_.apply(*f, arguments(t), t.span());
    throw Error(Code::unknown_name, t.name_span(), fmt::format("unknown function '{}'", t.text()));
  }

  std::vector<Value> arguments(Term t) {
    std::vector<Value> args;
    args.reserve(t.size());
    for (std::size_t i = 0; i < t.size(); ++i) args.push_back(in_.elaborate(t[i]));
    return args;
  }

  // A sum or product of many: at once if all are numbers, else from left to right.
  template <class Pair, class Many>
  Value chain(Term t, Pair pair, Many many) {
    base::SmallVector<Expr, 12> scalars;
    std::size_t i = 0;
    std::optional<Value> other;  // the first that is not a number
    for (; i < t.size() && !other; ++i) {
      Value v = in_.elaborate(t[i]);
      if (v.is_scalar()) {
        scalars.push_back(v.scalar());
      } else {
        other = std::move(v);
      }
    }
    if (!other) return many(g_, std::span<const Expr>(scalars));
    Value result = *other;
    if (!scalars.empty()) {
      result = scalars[0];
      for (std::size_t k = 1; k < scalars.size(); ++k) result = pair(g_, result, scalars[k]);
      result = pair(g_, result, *other);
    }
    for (; i < t.size(); ++i) result = pair(g_, result, in_.elaborate(t[i]));
    return result;
  }

  Value comparison(Term t, Relation relation, bool turned) {
    const Value a = in_.elaborate(t[0]);
    const Value b = in_.elaborate(t[1]);
    if (a.is_scalar() && b.is_scalar()) {
      return turned ? expr::compare(g_, relation, b.scalar(), a.scalar())
                    : expr::compare(g_, relation, a.scalar(), b.scalar());
    }
    if (relation != Relation::equal && relation != Relation::not_equal) {
      throw Error(Code::shape, t.span(), fmt::format("{} and {} cannot be ordered", describe(a), describe(b)));
    }
    Expr same = g_.boolean(a.shape == b.shape && a.rows == b.rows && a.columns == b.columns);
    if (g_.truth(same)) {
      std::vector<Expr> parts;
      for (std::size_t i = 0; i < a.elements.size(); ++i) {
        parts.push_back(expr::compare(g_, Relation::equal, a.elements[i], b.elements[i]));
      }
      same = expr::logic(g_, expr::Connective::and_, parts);
    }
    return relation == Relation::equal ? same : expr::negation(g_, same);
  }

  Value connective(Term t, expr::Connective c) {
    const bool decisive = c == expr::Connective::or_;
    const Expr first = in_.scalar(t[0]);
    const std::optional<bool> known = decided(first);
    if (known && *known == decisive) return g_.boolean(decisive);
    std::optional<Count> open;
    if (!known) open.emplace(undecided_);
    const Expr parts[] = {first, in_.scalar(t[1])};
    return expr::logic(g_, c, parts);
  }

  std::optional<bool> decided(Expr condition) {
    if (g_.kind(condition) == expr::Kind::boolean) return g_.truth(condition);
    if (g_.is_number(condition)) return !g_.is_zero(condition);
    if (!g_.is_constant(condition) || g_.is(condition, expr::kEstimate)) return std::nullopt;
    switch (in_.evaluator().decide(condition)) {
      case number::Truth::yes: return true;
      case number::Truth::no: return false;
      case number::Truth::unknown: return std::nullopt;
    }
    return std::nullopt;
  }

  Value select(Term t) {
    const Expr condition = in_.scalar(t[0]);
    if (const std::optional<bool> known = decided(condition)) {
      if (*known) return in_.elaborate(t[1]);
      if (t.size() > 2) return in_.elaborate(t[2]);
      throw Error(Code::domain, t.span(), "no condition of the piecewise holds, and there is no value for otherwise");
    }
    const Count open(undecided_);
    const Value then = in_.elaborate(t[1]);
    const Value otherwise = t.size() > 2 ? in_.elaborate(t[2]) : no_value(then);
    if (then.shape != otherwise.shape || then.elements.size() != otherwise.elements.size()) {
      throw Error(Code::shape, t.span(),
                  fmt::format("the branches are {} and {}", describe(then), describe(otherwise)));
    }
    Value result = then;
    for (std::size_t i = 0; i < then.elements.size(); ++i) {
      result.elements[i] = expr::select(g_, condition, then.elements[i], otherwise.elements[i]);
    }
    return result;
  }

  // A value of the same shape that is undefined everywhere.
  Value no_value(Value like) {
    for (Expr& e : like.elements) e = expr::operation(g_, *g_.rules()->nowhere, {});
    return like;
  }

  Value bars(Term t) {
    const Value v = in_.elaborate(t[0]);
    if (v.is_scalar()) return in_.apply(row("abs"), {v}, t.span());
    if (v.is_matrix())
      throw Error(Code::shape, t.span(), "bars around a matrix mean its determinant to some, its norm to others",
                  "write det(A) or norm(A)");
    return norm(g_, v);
  }

  Value vector(Term t) {
    const std::vector<Value> parts = arguments(t);
    std::vector<Expr> elements;
    for (const Value& v : parts) {
      if (v.shape != parts[0].shape || v.rows != parts[0].rows || v.is_matrix()) {
        throw Error(Code::shape, t.span(), "the rows of a matrix must be vectors of one length",
                    "[[a, b], [c, d]] is a 2×2 matrix");
      }
      elements.insert(elements.end(), v.elements.begin(), v.elements.end());
    }
    if (parts.empty() || parts[0].is_scalar()) return Value::vector(std::move(elements));
    return Value::matrix(static_cast<std::uint32_t>(parts.size()), parts[0].rows, std::move(elements));
  }

  Value index(Term t) {
    const Value v = in_.elaborate(t[0]);
    if (v.is_scalar()) throw Error(Code::shape, t[0].span(), "a number has no elements");
    const Expr first = in_.scalar(t[1]);
    if (t.size() == 2) {
      if (v.is_vector()) return element(t, first, v.elements);
      return row_of(t, v, first);
    }
    if (v.is_vector()) throw Error(Code::shape, t.span(), "a vector has one index", "write v[2]");
    const Value r = row_of(t, v, first);
    return element(t, in_.scalar(t[2]), r.elements);
  }

  Expr element(Term t, Expr position, std::span<const Expr> elements) {
    try {
      return expr::component(g_, exact(position), elements);
    } catch (Error& e) {
      if (e.span.empty()) e.span = t.span();
      throw;
    }
  }

  Value row_of(Term t, const Value& matrix, Expr position) {
    position = exact(position);
    std::vector<Expr> elements;
    for (std::uint32_t j = 0; j < matrix.columns; ++j) {
      std::vector<Expr> column;
      for (std::uint32_t i = 0; i < matrix.rows; ++i) column.push_back(matrix.at(i, j));
      elements.push_back(element(t, position, column));
    }
    return Value::vector(std::move(elements));
  }

  // A constant that is proven to be rational, as a number.
  Expr exact(Expr e) {
    if (g_.is_number(e) || !g_.is_constant(e)) return e;
    const eval::Outcome outcome = in_.evaluator().evaluate(e, 128);
    return outcome.has_value() && outcome.exact ? g_.rational(*outcome.exact) : e;
  }

  Value comprehension(Term t) {
    const std::string name = in_.variable(t[1], "a comprehension");
    constexpr long kFurthest = 1'000'000'000'000;
    const long lo = in_.integer(t[2], -kFurthest, kFurthest, "the lower bound");
    const long hi = in_.integer(t[3], -kFurthest, kFurthest, "the upper bound");
    const base::Span range{t[2].span().begin, t[3].span().end};
    if (hi < lo - 1) {
      throw Error(Code::range, range, fmt::format("the range {}..{} is reversed", lo, hi),
                  fmt::format("write {}..{}", hi, lo));
    }
    if (hi - lo >= kLongestComprehension) {
      throw Error(Code::limit, range, fmt::format("a vector has at most {} elements", kLongestComprehension));
    }
    std::vector<Value> parts;
    for (long k = lo; k <= hi; ++k) {
      in_.budget().check();
      const Elaborator::Binding binding(in_, name, expr::integer(g_, k));
      parts.push_back(in_.elaborate(t[0]));
    }
    std::vector<Expr> elements;
    for (const Value& v : parts) {
      if (v.is_matrix() || v.elements.size() != parts[0].elements.size()) {
        throw Error(Code::shape, t.span(), "the elements of a comprehension must be numbers or vectors of one length");
      }
      elements.insert(elements.end(), v.elements.begin(), v.elements.end());
    }
    if (parts.empty() || parts[0].is_scalar()) return Value::vector(std::move(elements));
    return Value::matrix(static_cast<std::uint32_t>(parts.size()), parts[0].rows, std::move(elements));
  }

  Value at(Term t) {
    std::vector<std::pair<std::string, Value>> replacements;
    for (std::size_t i = 1; i + 1 < t.size(); i += 2) {
      const std::string name = in_.variable(t[i], "at");
      if (std::ranges::any_of(replacements, [&name](const auto& r) { return r.first == name; })) {
        throw Error(Code::syntax, t[i].span(), fmt::format("{} has a value already", name),
                    fmt::format("give each name one value; for many: table E for {} in [1, 2]", name));
      }
      replacements.emplace_back(name, in_.elaborate(t[i + 1]));
    }
    std::vector<std::unique_ptr<Elaborator::Binding>> bindings;
    for (auto& [name, value] : replacements) {
      bindings.push_back(std::make_unique<Elaborator::Binding>(in_, name, std::move(value)));
    }
    auto outside = std::exchange(in_.looked_up(), {});
    Value result = in_.elaborate(t[0]);
    for (std::size_t i = 1; i + 1 < t.size(); i += 2) {
      if (in_.looked_up().contains(t[i].text())) continue;
      in_.note(t[i].span(), fmt::format("{} does not occur in what stands before 'at'", t[i].text()));
    }
    in_.looked_up().merge(outside);
    return result;
  }

  Elaborator& in_;
  Graph& g_;
  const Environment& environment_;
  int& undecided_;
};

bool is_arithmetic(Head head) {
  return head == Head::add || head == Head::subtract || head == Head::multiply || head == Head::divide ||
         head == Head::power;
}

// What is computed with truth values is a number: 1*(3 > 2) is 1.
Value as_number(Graph& g, Value v) {
  if (!v.is_scalar()) return v;
  const Expr e = v.scalar();
  switch (g.kind(e)) {
    case expr::Kind::boolean: return expr::integer(g, g.truth(e) ? 1 : 0);
    case expr::Kind::compare:
    case expr::Kind::logic: return expr::select(g, e, expr::integer(g, 1), expr::integer(g, 0));
    default: return v;  // NOLINT: the others are numbers
  }
}

}  // namespace

Elaborator::Elaborator(Graph& graph, const Environment& environment, base::Budget& budget,
                       std::vector<base::Note>& notes)
    : graph_(graph),
      environment_(environment),
      budget_(budget),
      notes_(notes),
      evaluator_(graph, budget),
      impl_(std::make_unique<Impl>()) {}

Elaborator::~Elaborator() = default;

std::set<std::string, std::less<>>& Elaborator::looked_up() { return impl_->looked_up; }

Value Elaborator::elaborate(Term t) {
  budget_.check();
  const Count nested(impl_->depth);
  if (impl_->depth > kDeepestNesting) {
    throw Error(Code::limit, t.span(), fmt::format("nested more than {} deep", kDeepestNesting));
  }
  Value result;
  try {
    result = Walk(*this, graph_, environment_, impl_->undecided).run(t);
    if (is_arithmetic(t.head())) result = as_number(graph_, std::move(result));
  } catch (Error& e) {
    if (impl_->in_body) {
      e.span = impl_->call_place;
    } else if (e.span.empty()) {
      e.span = t.span();
    }
    throw;
  }
  if (impl_->places.size() < graph_.size()) {
    impl_->places.resize(graph_.size(), impl_->in_body ? impl_->call_place : t.span());
  }
  return result;
}

Expr Elaborator::scalar(Term t) {
  const Value v = elaborate(t);
  if (!v.is_scalar()) throw Error(Code::shape, t.span(), fmt::format("a number is needed here, not {}", describe(v)));
  return v.scalar();
}

Value Elaborator::vector(Term t) {
  Value v = elaborate(t);
  if (!v.is_vector()) throw Error(Code::shape, t.span(), fmt::format("a vector is needed here, not {}", describe(v)));
  return v;
}

long Elaborator::integer(Term t, long lo, long hi, std::string_view what) {
  const Expr e = scalar(t);
  std::optional<Rational> value;
  if (graph_.is_number(e)) {
    value = graph_.number(e);
  } else if (graph_.is_constant(e)) {
    value = evaluator_.evaluate(e, 128).exact;
  }
  const std::optional<long> n = value ? value->to_long() : std::nullopt;
  if (!n) throw Error(Code::argument, t.span(), fmt::format("{} must be an integer", what));
  if (*n < lo || *n > hi) {
    throw Error(Code::argument, t.span(), fmt::format("{} must be an integer from {} to {}", what, lo, hi));
  }
  return *n;
}

Span Elaborator::place_of(Expr e) const { return e.id < impl_->places.size() ? impl_->places[e.id] : Span{}; }

void Elaborator::note(Span place, std::string text) {
  notes_.push_back({impl_->in_body ? impl_->call_place : place, std::move(text)});
}

eval::Number Elaborator::number(Expr e, int digits) {
  Expr where = e;
  try {
    return eval::proven_number(evaluator_, e, digits, &where);
  } catch (Error& error) {
    if (error.span.empty()) error.span = place_of(where);
    throw;
  }
}

}  // namespace nabla::calc
