#include "shell/tabulate.h"

#include "algebra/algebra.h"
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

Cell number_cell(const eval::Number& n, bool truth) {
  Cell c;
  c.certainty = n.decimal.certainty;
  c.decimal = n.decimal.text;
  if (truth && n.exact) {
    c.content = Cell::Content::boolean;
    c.decimal = n.exact->is_zero() ? "false" : "true";
  }
  return c;
}

Cell empty_cell() {
  Cell c;
  c.content = Cell::Content::nothing;
  return c;
}

Cell cell(eval::Evaluator& in, Expr e, int digits) {
  try {
    return number_cell(eval::proven_number(in, e, digits), in.graph().is(e, expr::kTruth));
  } catch (const Error& error) {
    if (error.code == Code::timeout || error.code == Code::interrupted) throw;
    return empty_cell();
  }
}

// e with its variables replaced, calls having their exact values.
Expr substituted(Graph& g, Expr e, std::span<const expr::Replacement> values) {
  const auto leaf = [&](Expr at) {
    for (const auto& [variable, value] : values) {
      if (at == variable) return value;
    }
    return at;
  };
  return expr::rewrite(g, e, leaf, [&](Expr node, std::span<const Expr> args) {
    return g.kind(node) == expr::Kind::call ? algebra::call(g, g.function(node), args) : expr::with_args(g, node, args);
  });
}

}  // namespace

// Points that are no rational numbers are put into the expressions, in a graph of their own, so that sin(π) is exact.
struct Tabulator::Scratch {
  Graph graph;
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
}

Tabulator::~Tabulator() = default;

std::vector<std::size_t> Tabulator::split(std::size_t i) const {
  std::vector<std::size_t> at(variables_.size());
  for (std::size_t v = variables_.size(); v-- > 0;) {
    at[v] = i % variables_[v].points.size();
    i /= variables_[v].points.size();
  }
  return at;
}

std::vector<Cell> Tabulator::row(std::size_t i, int digits) {
  in_.budget().check();
  const std::vector<std::size_t> at = split(i);
  for (std::size_t v = 0; v < at.size(); ++v) {
    if (!variables_[v].points.rational(in_.graph(), at[v])) return substituted_row(at, digits);
  }
  return bound_row(at, digits);
}

std::vector<Cell> Tabulator::bound_row(const std::vector<std::size_t>& at, int digits) {
  std::vector<Cell> out;
  for (std::size_t v = 0; v < at.size(); ++v) {
    const Rational x = *variables_[v].points.rational(in_.graph(), at[v]);
    in_.bind(variables_[v].symbol, x);
    out.push_back(number_cell({number::decimal(x, digits), x}, false));
  }
  for (const Expr e : columns_) out.push_back(cell(in_, e, digits));
  for (const Variable& v : variables_) in_.unbind(v.symbol);
  return out;
}

std::vector<Cell> Tabulator::substituted_row(const std::vector<std::size_t>& at, int digits) {
  if (!scratch_ || scratch_->graph.size() > kScratchNodes) {
    scratch_ = std::make_unique<Scratch>(in_, variables_, columns_);
  }
  std::vector<Cell> out;
  std::vector<expr::Replacement> values;
  for (std::size_t v = 0; v < at.size(); ++v) {
    const Variable& variable = scratch_->variables[v];
    values.emplace_back(variable.symbol, variable.points.at(scratch_->graph, at[v]));
    out.push_back(cell(scratch_->in, values.back().second, digits));
  }
  for (const Expr e : scratch_->columns) {
    try {
      out.push_back(cell(scratch_->in, substituted(scratch_->graph, e, values), digits));
    } catch (const Error& error) {
      if (error.code == Code::timeout || error.code == Code::interrupted) throw;
      out.push_back(empty_cell());
    }
  }
  return out;
}

}  // namespace nabla::shell
