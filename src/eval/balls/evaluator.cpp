#include "eval/balls/evaluator.h"

#include "eval/balls/machine.h"

namespace nabla::eval {

Outcome Outcome::enclosed(Ball ball) {
  Outcome o;
  o.state = State::enclosed;
  o.ball = std::move(ball);
  return o;
}

Outcome Outcome::enclosed(Rational exact, Bits bits) {
  Outcome o;
  o.state = State::enclosed;
  o.ball = Ball(exact, bits);
  o.exact = std::move(exact);
  return o;
}

Outcome Outcome::estimated(Ball ball) {
  Outcome o;
  o.state = State::estimated;
  o.ball = std::move(ball);
  return o;
}

Outcome Outcome::undefined(base::Error reason, Expr where) {
  Outcome o;
  o.state = State::undefined;
  o.reason = std::make_shared<const base::Error>(std::move(reason));
  o.where = where;
  return o;
}

Outcome Outcome::undecided() { return {}; }

Evaluator::Evaluator(Graph& graph, base::Budget& budget)
    : graph_(graph), budget_(budget), machine_(std::make_unique<Machine>(*this, graph, budget)) {}

Evaluator::~Evaluator() = default;

void Evaluator::bind(Expr variable, const Outcome& value) {
  Binding& b = machine_->binding(variable);
  b.value.copy(value);
  b.bound = true;
  machine_->renew(variable, b);
}

void Evaluator::bind(Expr variable, const Rational& value) {
  Binding& b = machine_->binding(variable);
  b.value.set(value);
  b.bound = true;
  machine_->renew(variable, b);
}

void Evaluator::unbind(Expr variable) {
  Binding& b = machine_->binding(variable);
  b.bound = false;
  machine_->renew(variable, b);
}

struct Evaluator::Scope::Saved {
  Binding binding;
};

Evaluator::Scope::Scope(Evaluator& in, Expr variable)
    : in_(in), variable_(variable), saved_(std::make_unique<Saved>(in.machine_->binding(variable))) {}

Evaluator::Scope::~Scope() {
  in_.machine_->binding(variable_) = saved_->binding;
  in_.machine_->forget(variable_);
}

Outcome Evaluator::evaluate(Expr e, Bits bits) {
  Slot& s = machine_->run(e, bits);
  if (s.exact()) s.ball(bits);
  return s.value;
}

const Outcome& Evaluator::evaluated(Expr e, Bits bits) { return machine_->run(e, bits).value; }

bool Evaluator::proven_equal(Expr a, Expr b) { return machine_->proven_equal(a, b); }

}  // namespace nabla::eval
