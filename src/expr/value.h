// The value of an expression of the language: a number, vector or matrix of scalar expressions.
#pragma once

#include <cstdint>
#include <vector>

#include "expr/graph.h"

namespace nabla::expr {

enum class Shape : std::uint8_t { scalar, vector, matrix };

struct Value {
  Shape shape = Shape::scalar;
  std::uint32_t rows = 1;      // elements of a vector
  std::uint32_t columns = 1;   // 1 for a vector
  std::vector<Expr> elements;  // row by row

  Value() = default;
  Value(Expr e) : elements{e} {}  // NOLINT: an expression is a value
  static Value vector(std::vector<Expr> elements);
  static Value matrix(std::uint32_t rows, std::uint32_t columns, std::vector<Expr> elements);

  bool is_scalar() const { return shape == Shape::scalar; }
  bool is_vector() const { return shape == Shape::vector; }
  bool is_matrix() const { return shape == Shape::matrix; }
  Expr scalar() const { return elements.front(); }
  Expr at(std::uint32_t row, std::uint32_t column = 0) const { return elements[row * columns + column]; }
  friend bool operator==(const Value&, const Value&) = default;
};

}  // namespace nabla::expr
