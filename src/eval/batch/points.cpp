#include "eval/batch/points.h"

#include "expr/build.h"
#include "expr/rewrite.h"

namespace nabla::eval {

using expr::Expr;
using expr::Graph;
using number::Rational;

Points::Points(Graph& graph, Expr lo, Expr step, std::size_t count) : lo_(lo), step_(step), count_(count) {
  if (graph.is_number(lo) && graph.is_number(step)) {
    first_ = graph.number(lo);
    stride_ = graph.number(step);
  }
}

Points::Points(std::vector<Expr> list) : list_(std::move(list)), count_(list_.size()) {}

std::optional<Rational> Points::rational(const Graph& graph, std::size_t i) const {
  if (!list_.empty()) return graph.is_number(list_[i]) ? std::optional(graph.number(list_[i])) : std::nullopt;
  if (!first_) return std::nullopt;
  return *first_ + Rational(static_cast<long>(i)) * *stride_;
}

Expr Points::at(Graph& graph, std::size_t i) const {
  if (!list_.empty()) return list_[i];
  if (first_) return graph.rational(*rational(graph, i));
  return expr::add(graph, lo_, expr::multiply(graph, expr::integer(graph, static_cast<long>(i)), step_));
}

Points Points::copied(Graph& to, const Graph& from) const {
  Points out = *this;
  for (Expr& e : out.list_) e = expr::copy(to, from, e);
  if (list_.empty()) {
    out.lo_ = expr::copy(to, from, lo_);
    out.step_ = expr::copy(to, from, step_);
  }
  return out;
}

}  // namespace nabla::eval
