// The value of an expression as a proven enclosure.
#pragma once

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/budget.h"
#include "base/error.h"
#include "expr/graph.h"
#include "expr/rows.h"
#include "number/ball.h"
#include "number/decimal.h"

namespace nabla::eval {

using base::Bits;
using expr::Expr;
using expr::Graph;
using number::Ball;
using number::Rational;

class Machine;

// The result of an evaluation.
struct Outcome {
  enum class State {
    enclosed,   // the value lies in `ball`; if `exact` is set, it is that number
    estimated,  // `ball` is an estimate with an error estimate; everything computed from it is one too
    undefined,  // there is no value: `reason`, found at node `where`
    undecided,  // not decided at this precision: raise it
  };
  State state = State::undecided;
  Ball ball = Ball::nan();
  std::optional<Rational> exact;
  std::shared_ptr<const base::Error> reason;
  Expr where;

  static Outcome enclosed(Ball ball);
  static Outcome enclosed(Rational exact, Bits bits);
  static Outcome estimated(Ball ball);
  static Outcome undefined(base::Error reason, Expr where);
  static Outcome undecided();
  bool has_value() const { return state == State::enclosed || state == State::estimated; }
};

// Values of the nodes of one graph at one precision at a time. Select, and, or evaluate only what is needed. Results
// are kept until a symbol they depend on is bound anew.
class Evaluator {
 public:
  Evaluator(Graph& graph, base::Budget& budget);
  ~Evaluator();

  Graph& graph() { return graph_; }
  base::Budget& budget() { return budget_; }

  // Gives a symbol or bound variable a value; results that depend on it are forgotten.
  void bind(Expr variable, const Outcome& value);
  void bind(Expr variable, const Rational& value);  // faster: makes no ball
  void unbind(Expr variable);

  // Binds a variable while it lives, then gives it back the value it had.
  class Scope {
   public:
    Scope(Evaluator& in, Expr variable);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    void bind(const Outcome& value) { in_.bind(variable_, value); }
    void bind(const Rational& value) { in_.bind(variable_, value); }

   private:
    Evaluator& in_;
    Expr variable_;
    struct Saved;
    std::unique_ptr<Saved> saved_;
  };

  // The value of e at this precision. Truth values are the exact numbers 1 and 0.
  Outcome evaluate(Expr e, Bits bits);
  // The same without a copy; an exact value may lack its ball. Valid until the next evaluation.
  const Outcome& evaluated(Expr e, Bits bits);

  // Raises precision from 64 bits until `good` accepts the outcome, the value is undefined, or the limit is reached
  // (then the last outcome). Throws Error (timeout, interrupted).
  template <class Good>
  Outcome refine(Expr e, Good good) {
    Outcome outcome;
    for (Bits bits = 64; bits <= base::Budget::kMaxBits; bits *= 2) {
      outcome = evaluate(e, bits);
      if (outcome.state == Outcome::State::undefined || (outcome.has_value() && good(outcome))) return outcome;
    }
    return outcome;
  }

  // Decides a condition, by a proof of equality where balls cannot; unknown if it stays undecided within the limits or
  // is an estimate. Throws Error if it has no value.
  number::Truth decide(Expr condition, Expr* where = nullptr);

  // Whether two expressions are proven to have the same value wherever both are defined, with variables at their exact
  // values. Cached.
  bool proven_equal(Expr a, Expr b);

 private:
  Graph& graph_;
  base::Budget& budget_;
  std::unique_ptr<Machine> machine_;
};

// The value of a constant expression, to `digits` printed digits: exact, proven or estimated. Throws
// Error (domain, undefined, limit …) with the node's span left empty and `where` set when there is
// none.
struct Number {
  number::Decimal decimal;
  std::optional<Rational> exact;
};
Number proven_number(Evaluator& in, Expr e, int digits, Expr* where = nullptr);

}  // namespace nabla::eval
