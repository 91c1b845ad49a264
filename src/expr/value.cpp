#include "expr/value.h"

#include <utility>

namespace nabla::expr {

Value Value::vector(std::vector<Expr> elements) {
  Value v;
  v.shape = Shape::vector;
  v.rows = static_cast<std::uint32_t>(elements.size());
  v.elements = std::move(elements);
  return v;
}

Value Value::matrix(std::uint32_t rows, std::uint32_t columns, std::vector<Expr> elements) {
  Value v;
  v.shape = Shape::matrix;
  v.rows = rows;
  v.columns = columns;
  v.elements = std::move(elements);
  return v;
}

}  // namespace nabla::expr
