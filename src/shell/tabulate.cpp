#include "shell/tabulate.h"

#include "algebra/call.h"
#include "expr/build.h"

namespace nabla::shell {

using base::Code;
using base::Error;
using expr::Expr;
using expr::Graph;
using number::Rational;
using view::Cell;

namespace {

constexpr std::size_t kScratchNodes = 200'000;  // after which a scratch graph is made anew

void set_number(Cell& c, eval::Number n, bool truth) {
  c.content = Cell::Content::number;
  c.certainty = n.decimal.certainty;
  c.decimal = std::move(n.decimal.text);
  if (truth) {
    c.content = Cell::Content::boolean;
    c.decimal = (n.exact ? n.exact->is_zero() : c.decimal == "0") ? "false" : "true";
  }
}

void set_empty(Cell& c) {
  c.content = Cell::Content::nothing;
  c.certainty = number::Certainty::exact;
  c.decimal.clear();
}

// Runs `find`; an error of the expression leaves the cell empty, one of the statement goes on.
template <class Find>
void fill(Cell& c, Find find) {
  try {
    find();
  } catch (const Error& error) {
    if (error.code == Code::timeout || error.code == Code::interrupted) throw;
    set_empty(c);
  }
}

void fill_value(Cell& c, eval::Evaluator& in, Expr e, int digits) {
  const expr::Graph& g = in.graph();
  fill(c, [&] {
    eval::Number n = eval::proven_number(in, e, digits);
    const bool truth = g.is(e, expr::kTruth) && (n.exact || g.is(e, expr::kEstimate));
    set_number(c, std::move(n), truth);
  });
}

}  // namespace

// Points that are no rational numbers are put into the expressions, in a graph of their own, so that sin(π) is exact.
struct Tabulator::Scratch {
  Graph graph{&algebra::kRules};
  eval::Evaluator in;
  std::vector<Variable> variables;
  std::vector<Expr> columns;

  Scratch(eval::Evaluator& from, const std::vector<Variable>& vs, const std::vector<Expr>& cs)
      : in(graph, from.budget()) {
    for (const Variable& v : vs) {
      variables.push_back({expr::copy(graph, from.graph(), v.symbol), v.points.copied(graph, from.graph())});
    }
    for (const Expr e : cs) columns.push_back(expr::copy(graph, from.graph(), e));
  }
};

Tabulator::Tabulator(eval::Evaluator& in, std::vector<Variable> variables, std::vector<Expr> columns)
    : in_(in), variables_(std::move(variables)), columns_(std::move(columns)) {
  for (const Variable& v : variables_) size_ *= v.points.size();
  at_.resize(variables_.size());
  row_.resize(variables_.size() + columns_.size());
}

Tabulator::~Tabulator() {
  for (const Variable& v : variables_) in_.unbind(v.symbol);
}

void Tabulator::split(std::size_t i) {
  for (std::size_t v = variables_.size(); v-- > 0;) {
    at_[v] = i % variables_[v].points.size();
    i /= variables_[v].points.size();
  }
}

std::vector<Cell>& Tabulator::row(std::size_t i, int digits) {
  in_.budget().check();
  split(i);
  for (std::size_t v = 0; v < at_.size(); ++v) {
    if (!variables_[v].points.rational(in_.graph(), at_[v])) {
      substituted_row(digits);
      return row_;
    }
  }
  bound_row(digits);
  return row_;
}

void Tabulator::bound_row(int digits) {
  for (std::size_t v = 0; v < at_.size(); ++v) {
    const Rational x = *variables_[v].points.rational(in_.graph(), at_[v]);
    in_.bind(variables_[v].symbol, x);
    set_number(row_[v], {number::decimal(x, digits), std::nullopt}, false);
  }
  for (std::size_t c = 0; c < columns_.size(); ++c) fill_value(row_[at_.size() + c], in_, columns_[c], digits);
}

void Tabulator::substituted_row(int digits) {
  if (!scratch_ || scratch_->graph.size() > kScratchNodes) {
    scratch_ = std::make_unique<Scratch>(in_, variables_, columns_);
  }
  Scratch& s = *scratch_;
  std::vector<expr::Replacement> values;
  for (std::size_t v = 0; v < at_.size(); ++v) {
    values.emplace_back(s.variables[v].symbol, s.variables[v].points.at(s.graph, at_[v]));
    fill_value(row_[v], s.in, values.back().second, digits);
  }
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    Cell& cell = row_[at_.size() + c];
    fill(cell, [&] { fill_value(cell, s.in, expr::substitute(s.graph, s.columns[c], values), digits); });
  }
}

}  // namespace nabla::shell
