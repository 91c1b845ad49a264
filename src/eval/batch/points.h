// The points a variable runs through, exactly.
#pragma once

#include <optional>
#include <vector>

#include "expr/graph.h"
#include "number/rational.h"

namespace nabla::eval {

// An arithmetic progression or a list. A progression keeps no list: a million points take no memory.
class Points {
 public:
  // lo, lo + step, …: `count` of them.
  Points(expr::Graph& graph, expr::Expr lo, expr::Expr step, std::size_t count);
  explicit Points(std::vector<expr::Expr> list);

  std::size_t size() const { return count_; }
  bool is_list() const { return !list_.empty(); }  // with points in no order
  // The point as a number, if it is rational; all points are or none is, but for lists.
  std::optional<number::Rational> rational(const expr::Graph& graph, std::size_t i) const;
  expr::Expr at(expr::Graph& graph, std::size_t i) const;
  Points copied(expr::Graph& to, const expr::Graph& from) const;  // the same points in another graph

 private:
  expr::Expr lo_;
  expr::Expr step_;
  std::optional<number::Rational> first_;
  std::optional<number::Rational> stride_;
  std::vector<expr::Expr> list_;
  std::size_t count_;
};

}  // namespace nabla::eval
