// Sums and products over an index: sum(E, k, a, b), prod(E, k, a, b); sum(v) of a vector.
#include <fmt/format.h>

#include <bit>
#include <variant>

#include "algebra/derivative/derivative.h"
#include "calc/elaborate/arithmetic.h"
#include "calc/elaborate/elaborate.h"
#include "calc/operations/sum/infinite_tail.h"
#include "eval/batch/columns.h"
#include "expr/rewrite.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;
using eval::Outcome;
using expr::Argument;
using number::Ball;
using number::Bits;

constexpr long kWrittenOut = 20;  // terms with free symbols up to this many
constexpr long kMaxTerms = 1'000'000'000;
constexpr long kMostWrittenOut = 2000;
constexpr Bits kMaxFractionBits = 4096;  // of an exact partial sum; adding longer fractions is slower than balls
constexpr Bits kMaxIntegerBits = 1L << 16;
constexpr Bits kWaitingBits = 64;  // of what is exact, beside a ball that is not
constexpr Bits kSettleBits = 256;
constexpr long kProbed = 4096;             // terms, after which a sum that can be exact is likely to be seen to be so
constexpr long kMany = 4096;               // terms that are worth a sweep
constexpr Bits kEngineBits = 96;           // asked for, at most, where doubles may do
constexpr long kLargestDouble = 1L << 53;  // of the integers that are all doubles

enum class Fold { sum, product };

std::string_view name_of(Fold f) { return f == Fold::sum ? "sum" : "prod"; }

Error infinite_range(Fold f) {
  return {Code::argument,
          {},
          fmt::format("{} here needs finite bounds", name_of(f)),
          f == Fold::sum ? "inf may be the upper bound of a sum" : "infinite products are not available yet"};
}

// A bound as an integer, or the outcome that says why there is none.
std::variant<long, Outcome> bound_value(eval::Evaluator& in, Fold f, Expr e, Bits bits) {
  const Outcome o = in.evaluate(e, bits);
  if (!o.has_value()) return o;
  std::optional<long> n;
  bool whole = o.ball.contains_integer();
  if (o.exact) {
    n = o.exact->to_long();
    whole = o.exact->is_integer();
  } else if (o.ball.is_exact() && !o.ball.is_finite() && !o.ball.is_nan()) {
    return Outcome::undefined(infinite_range(f), e);
  } else if (const auto near = o.ball.unique_integer(); near && bits >= kSettleBits) {
    if (in.proven_equal(e, expr::integer(in.graph(), *near))) n = near;
  }
  if (n) return *n;
  if (!whole) {
    const std::string shown = o.exact ? number::decimal(*o.exact, 6).text : number::estimated_decimal(o.ball, 6).text;
    return Outcome::undefined(
        {Code::argument, {}, fmt::format("the bounds of {} must be integers, not {}", name_of(f), shown)}, e);
  }
  if (o.exact) return Outcome::undefined({Code::limit, {}, fmt::format("{} has too many terms", name_of(f))}, e);
  return Outcome::undecided();
}

// A running sum or product: exact while it is small, then a ball, with an exact part that waits to be taken in.
class Running {
 public:
  Running(Fold f, Bits bits) : fold_(f), bits_(bits), exact_(f == Fold::sum ? 0 : 1), ball_(f == Fold::sum ? 0 : 1) {}

  void take(const Rational& q) {
    exact_ = fold_ == Fold::sum ? exact_ + q : exact_ * q;
    const Bits most = !is_exact_ ? kWaitingBits : exact_.is_integer() ? kMaxIntegerBits : kMaxFractionBits;
    if (exact_.bits() > most) flush();
  }

  void take(const Ball& b, bool is_estimate) {
    is_exact_ = false;
    is_estimate_ = is_estimate_ || is_estimate;
    fold_ball(b);
  }

  bool is_exact() const { return is_exact_; }

  Outcome result(Bits bits) {
    if (is_exact_) return Outcome::enclosed(exact_, bits);
    flush();
    if (!ball_.is_finite()) return Outcome::undecided();
    return is_estimate_ ? Outcome::estimated(ball_) : Outcome::enclosed(ball_);
  }

 private:
  void flush() {
    is_exact_ = false;
    fold_ball(Ball(exact_, bits_));
    exact_ = fold_ == Fold::sum ? 0 : 1;
  }
  void fold_ball(const Ball& b) {
    fold_ == Fold::sum ? number::add_to(ball_, b, bits_) : number::mul_to(ball_, b, bits_);
  }

  Fold fold_;
  Bits bits_;
  Rational exact_;
  Ball ball_;
  bool is_exact_ = true;
  bool is_estimate_ = false;
};

// The terms of one sum or product, and what they come to so far.
class Terms {
 public:
  Terms(eval::Evaluator& in, Fold f, Expr node, Bits bits)
      : in_(in),
        fold_(f),
        node_(node),
        body_(in.graph().arg(node, 0)),
        index_(in.graph().bound(in.graph().node(node).binders)),
        bits_(bits),
        total_(f, bits) {}

  Running& total() { return total_; }

  // Takes those of first … last, in balls. A term without value is the outcome of all.
  std::optional<Outcome> take(long first, long last) {
    eval::Evaluator::Scope scope(in_, index_);
    for (long i = first; i <= last; ++i) {
      in_.budget().check();
      scope.bind(Rational(i));
      const Outcome& term = in_.evaluated(body_, bits_);
      if (!term.has_value()) return term;
      if (term.exact) {
        total_.take(*term.exact);
      } else {
        total_.take(term.ball, term.state == Outcome::State::estimated);
      }
    }
    return std::nullopt;
  }

  // The same for many terms, of a sum by the batch engine where its precision may do; what balls of more bits are asked
  // for, or may still turn out to be exact, is left to balls.
  std::optional<Outcome> take_many(long first, long last) {
    const bool is_double = first >= -kLargestDouble && last <= kLargestDouble;
    const bool by_engine = fold_ == Fold::sum && last - first >= kMany && is_double && bits_ <= kEngineBits &&
                           !total_.is_exact() && in_.graph().is_constant(node_);
    if (by_engine) {
      eval::Columns terms(in_, {body_}, {index_});
      if (terms.is_swept(0)) {
        const eval::Column index = eval::Column::range(static_cast<double>(first), 1);
        Ball sum;
        const auto open = terms.add_up(0, std::span(&index, 1), static_cast<std::size_t>(last - first + 1), sum, bits_);
        total_.take(sum, false);
        for (const auto& [from, end] : open) {
          std::optional<Outcome> failed = take(first + static_cast<long>(from), first + static_cast<long>(end) - 1);
          if (failed) return failed;
        }
        return std::nullopt;
      }
    }
    return take(first, last);
  }

 private:
  eval::Evaluator& in_;
  Fold fold_;
  Expr node_;
  Expr body_;
  Expr index_;
  Bits bits_;
  Running total_;
};

// Whether e is the constant inf.
bool is_infinite(eval::Evaluator& in, Expr e) {
  if (in.graph().is_number(e)) return false;
  const Outcome o = in.evaluate(e, kSettleBits);
  return o.has_value() && !o.exact && o.ball.is_exact() && !o.ball.is_finite() && o.ball.is_positive();
}

// The sum from `first` on without end: the terms up to a tail, and the tail.
Outcome enclose_infinite(eval::Evaluator& in, Expr node, long first, Bits bits) {
  Graph& g = in.graph();
  const Expr index = g.bound(g.node(node).binders);
  const auto term = hypergeometric_term(g, g.arg(node, 0), index, in.budget());
  const Bits work = bits + kWaitingBits;
  const auto found = term ? tail_of(in, *term, first, work) : Unsettled{};
  if (const auto* d = std::get_if<Divergence>(&found)) {
    return Outcome::undefined({Code::undefined, {}, "the sum diverges: " + d->reason}, node);
  }
  const auto* tail = std::get_if<Tail>(&found);
  // Neither a value nor a proof that there is none.
  if (tail == nullptr || tail->from - first >= kMaxTerms) {
    return Outcome::undecided();
  }
  Terms terms(in, Fold::sum, node, work);
  if (std::optional<Outcome> failed = terms.take(first, tail->from - 1)) return *failed;
  if (const auto* exact = std::get_if<Rational>(&tail->value)) {
    terms.total().take(*exact);
  } else {
    terms.total().take(std::get<Ball>(tail->value), false);
  }
  return terms.total().result(bits);
}

// Of a polynomial with rational coefficients, without adding up the terms.
std::optional<Rational> sum_of_polynomial(eval::Evaluator& in, Expr node, long first, long last) {
  if (first < 1 || last - first < kWrittenOut) return std::nullopt;
  Graph& g = in.graph();
  const auto term = hypergeometric_term(g, g.arg(node, 0), g.bound(g.node(node).binders), in.budget());
  if (!term || term->under.size() != 1 || !term->ratio.is_one() || term->factorials != 0 || !term->power.is_zero()) {
    return std::nullopt;
  }
  return polynomial_sum(scaled(term->over, term->under[0].reciprocal()), first, last);
}

Outcome enclose(eval::Evaluator& in, Fold f, Expr node, Bits bits) {
  Graph& g = in.graph();
  const std::variant<long, Outcome> lower = bound_value(in, f, g.arg(node, 1), bits);
  if (lower.index() == 1) return std::get<1>(lower);
  if (f == Fold::sum && is_infinite(in, g.arg(node, 2))) return enclose_infinite(in, node, std::get<0>(lower), bits);
  const std::variant<long, Outcome> upper = bound_value(in, f, g.arg(node, 2), bits);
  if (upper.index() == 1) return std::get<1>(upper);
  const long a = std::get<0>(lower);
  const long b = std::get<0>(upper);
  if (f == Fold::sum && b > a) {
    if (const std::optional<Rational> sum = sum_of_polynomial(in, node, a, b)) return Outcome::enclosed(*sum, bits);
  }
  if (b >= a && (b - a < 0 || b - a >= kMaxTerms)) {
    return Outcome::undefined({Code::limit, {}, fmt::format("{} has more than {} terms", name_of(f), kMaxTerms)}, node);
  }
  if (b < a) return Outcome::enclosed(Rational(f == Fold::sum ? 0 : 1), bits);
  Terms terms(in, f, node, bits + static_cast<Bits>(std::bit_width(static_cast<unsigned long>(b - a))));
  const long probed = std::min(b, a + kProbed - 1);
  if (std::optional<Outcome> failed = terms.take(a, probed)) return *failed;
  if (std::optional<Outcome> failed = terms.take_many(probed + 1, b)) return *failed;
  return terms.total().result(bits);
}

const expr::Operation& row(Fold f);

Expr make(Graph& g, Fold f, Expr body, Expr a, Expr b, Expr variable) {
  const Expr args[] = {body, a, b};
  const int bodies[] = {0};
  return expr::operation(g, row(f), args, variable, bodies);
}

// Checks a constant bound at once, so that the error points at it.
void check_bound(Elaborator& in, Fold f, Expr e, Span place) {
  if (!in.graph().is_constant(e)) return;
  const std::variant<long, Outcome> value = bound_value(in.evaluator(), f, e, kSettleBits);
  if (value.index() == 0 || std::get<1>(value).state != Outcome::State::undefined) return;
  Error error = *std::get<1>(value).reason;
  error.span = place;
  throw error;
}

Value fold_elements(Elaborator& in, Fold f, Term t) {
  const Value v = in.elaborate(t);
  if (v.is_scalar()) {
    throw Error(Code::argument, t.span(), fmt::format("{} needs an index and its bounds", name_of(f)),
                fmt::format("{}(k^2, k, 1, 10)", name_of(f)));
  }
  return f == Fold::sum ? expr::sum(in.graph(), v.elements) : expr::product(in.graph(), v.elements);
}

// If both bounds are literal integers.
std::optional<long> count_of_terms(const Graph& g, Expr lower, Expr upper) {
  if (!g.is_number(lower) || !g.is_number(upper)) return std::nullopt;
  return (g.number(upper) - g.number(lower) + Rational(1)).to_long();
}

// Says at once that nothing is known of the sum of body(k) from a constant bound to inf, which balls would only leave
// undecided at every precision.
void check_settled(Elaborator& in, Expr body, Expr k, Expr lower, Expr upper, Span place) {
  Graph& g = in.graph();
  if (!g.is_constant(lower) || !g.is_constant(upper) || !is_infinite(in.evaluator(), upper)) return;
  const auto first = bound_value(in.evaluator(), Fold::sum, lower, kSettleBits);
  if (first.index() == 1) return;
  const auto term = hypergeometric_term(g, body, k, in.budget());
  if (term && !std::holds_alternative<Unsettled>(tail_of(in.evaluator(), *term, std::get<0>(first), kWaitingBits))) {
    return;
  }
  throw Error(Code::undecided, place, "whether this infinite sum converges, and to what, could not be settled",
              "use a finite upper bound for a partial sum");
}

Value elaborate(Elaborator& in, Fold f, Term t) {
  if (t.size() == 1) return fold_elements(in, f, t[0]);
  if (t.size() != 4) {
    throw Error(Code::argument, t.span(), fmt::format("{0} needs an expression, an index and two bounds", name_of(f)),
                fmt::format("{}(k^2, k, 1, 10)", name_of(f)));
  }
  Graph& g = in.graph();
  const std::string name = in.variable(t[1], name_of(f));
  const Expr lower = in.scalar(t[2]);
  check_bound(in, f, lower, t[2].span());
  const Expr upper = in.scalar(t[3]);
  if (f == Fold::product || !g.is_constant(upper) || !is_infinite(in.evaluator(), upper)) {
    check_bound(in, f, upper, t[3].span());
  }
  const Expr k = in.fresh_symbol();
  Value body;
  {
    const Elaborator::Binding binding(in, name, k);
    body = in.elaborate(t[0]);
  }
  const std::optional<long> terms = count_of_terms(g, lower, upper);
  Value result = body;
  for (Expr& e : result.elements) {
    const std::vector<Expr> free = expr::symbols(g, e);
    const bool symbolic = free.size() > 1 || (free.size() == 1 && free[0] != k);
    if (symbolic && terms && *terms <= kWrittenOut) {
      std::vector<Expr> written;
      for (long i = 0; i < *terms; ++i) {
        const expr::Replacement r{k, expr::add(g, lower, expr::integer(g, i))};
        written.push_back(expr::substitute(g, e, std::span(&r, 1)));
      }
      e = f == Fold::sum ? expr::sum(g, written) : expr::product(g, written);
    } else {
      if (f == Fold::sum && !symbolic) check_settled(in, e, k, lower, upper, t.span());
      e = make(g, f, e, lower, upper, k);
    }
  }
  return result;
}

std::vector<Expr> opened(algebra::Differentiator& in, Fold f, Expr node, Expr variable) {
  std::vector<Expr> args = expr::open(in.graph(), node, variable);
  if (in.depends(args[1]) || in.depends(args[2])) {
    throw Error(Code::undefined, {},
                fmt::format("there is no derivative by a variable of the bounds of a {}, which has a value only where "
                            "they are integers",
                            name_of(f)));
  }
  return args;
}

Value elaborate_sum(Elaborator& in, const Term& call) { return elaborate(in, Fold::sum, call); }
Value elaborate_prod(Elaborator& in, const Term& call) { return elaborate(in, Fold::product, call); }

Outcome enclose_sum(eval::Evaluator& in, Expr node, Bits bits) { return enclose(in, Fold::sum, node, bits); }
Outcome enclose_prod(eval::Evaluator& in, Expr node, Bits bits) { return enclose(in, Fold::product, node, bits); }

Expr derivative_of_sum(algebra::Differentiator& in, Expr node, Expr) {
  const Expr k = in.graph().fresh_symbol();
  const std::vector<Expr> args = opened(in, Fold::sum, node, k);
  return make(in.graph(), Fold::sum, in.derivative(args[0]), args[1], args[2], k);
}

// sum over j of E'(j) times the product of the other factors: no division, so that factors may be 0.
Expr derivative_of_prod(algebra::Differentiator& in, Expr node, Expr) {
  Graph& g = in.graph();
  const Expr k = g.fresh_symbol();
  const Expr j = g.fresh_symbol();
  const std::vector<Expr> args = opened(in, Fold::product, node, k);
  const Expr others = expr::select(g, expr::compare(g, expr::Relation::equal, k, j), expr::integer(g, 1), args[0]);
  const expr::Replacement at_j{k, j};
  const Expr slope = expr::substitute(g, in.derivative(args[0]), std::span(&at_j, 1));
  const Expr term = expr::multiply(g, slope, make(g, Fold::product, others, args[1], args[2], k));
  return make(g, Fold::sum, term, args[1], args[2], j);
}

// The terms one by one; nothing if the bounds are not known or there are too many.
std::optional<Expr> written_out(eval::Evaluator& in, Fold f, Expr node, Bits bits) {
  Graph& g = in.graph();
  const Expr k = g.fresh_symbol();
  const std::vector<Expr> args = expr::open(g, node, k);
  const auto lower = bound_value(in, f, args[1], bits);
  const auto upper = bound_value(in, f, args[2], bits);
  if (lower.index() == 1 || upper.index() == 1) return std::nullopt;
  const long first = std::get<0>(lower);
  const long last = std::get<0>(upper);
  if (last > first && last - first >= kMostWrittenOut) return std::nullopt;
  std::vector<Expr> terms;
  for (long i = first; i <= last; ++i) {
    const expr::Replacement put{k, expr::integer(g, i)};
    terms.push_back(expr::substitute(g, args[0], std::span(&put, 1)));
  }
  return f == Fold::sum ? expr::sum(g, terms) : expr::product(g, terms);
}

std::optional<Expr> written_out_sum(eval::Evaluator& in, Expr node, Bits bits) {
  return written_out(in, Fold::sum, node, bits);
}
std::optional<Expr> written_out_prod(eval::Evaluator& in, Expr node, Bits bits) {
  return written_out(in, Fold::product, node, bits);
}

constexpr expr::Operation kSum[] = {
    {.name = "sum",
     .sign = "Σ",
     .title = "sum over an index",
     .signature = "sum(E, k, a, b) | sum(v)",
     .help = "The sum of E for k = a, a + 1, …, b; 0 if b < a; b may be inf. Of one vector: the sum of its "
             "elements.",
     .example = "sum(k^2, k, 1, 10)",
     .answer = "385",
     .elaborate = elaborate_sum,
     .enclose = enclose_sum,
     .derivative = derivative_of_sum,
     .written_out = written_out_sum,
     .arguments = {Argument::body, Argument::variable, Argument::value, Argument::value},
     .latex = "\\sum_{#v=#2}^{#3} #1",
     .rule = "sum rule: term by term under the sum"},
    {.name = "prod",
     .sign = "Π",
     .title = "product over an index",
     .signature = "prod(E, k, a, b) | prod(v)",
     .help = "The product of E for k = a, a + 1, …, b; 1 if b < a. Of one vector: the product of its elements.",
     .example = "prod(2k, k, 1, 6)",
     .answer = "46080",
     .elaborate = elaborate_prod,
     .enclose = enclose_prod,
     .derivative = derivative_of_prod,
     .written_out = written_out_prod,
     .arguments = {Argument::body, Argument::variable, Argument::value, Argument::value},
     .latex = "\\prod_{#v=#2}^{#3} #1",
     .rule = "product rule: every factor of the product in turn"},
};

const expr::Operation& row(Fold f) { return kSum[f == Fold::sum ? 0 : 1]; }

}  // namespace

extern const expr::OperationRows sum_operations = kSum;

}  // namespace nabla::calc
