#include "calc/elaborate/arithmetic.h"

#include <fmt/format.h>

#include <functional>

#include "base/error.h"
#include "base/running.h"

namespace nabla::calc {
namespace {

[[noreturn]] void misfit(std::string message, std::string hint = {}) {
  throw base::Error(base::Code::shape, {}, std::move(message), std::move(hint));
}

template <class Operation>
Value map(const Value& a, Operation operation) {
  Value result = a;
  for (Expr& e : result.elements) e = operation(e);
  return result;
}

void expect_same_shape(const Value& a, const Value& b, std::string_view what) {
  if (a.shape == b.shape && a.rows == b.rows && a.columns == b.columns) return;
  misfit(fmt::format("{} and {} cannot be {}", describe(a), describe(b), what));
}

void expect_square(const Value& a, std::string_view what) {
  if (!a.is_matrix() || a.rows != a.columns) misfit(fmt::format("{} needs a square matrix, not {}", what, describe(a)));
}

Value matrix_product(Graph& g, const Value& a, const Value& b) {
  if (a.columns != b.rows) misfit(fmt::format("{} times {}: the inner sizes differ", describe(a), describe(b)));
  std::vector<Expr> elements;
  for (std::uint32_t i = 0; i < a.rows; ++i) {
    for (std::uint32_t j = 0; j < b.columns; ++j) {
      base::check_running_closely();
      std::vector<Expr> terms;
      for (std::uint32_t k = 0; k < a.columns; ++k) terms.push_back(expr::multiply(g, a.at(i, k), b.at(k, j)));
      elements.push_back(expr::sum(g, terms));
    }
  }
  return b.is_vector() ? Value::vector(std::move(elements)) : Value::matrix(a.rows, b.columns, std::move(elements));
}

// a without row i and column j.
Value minor_of(const Value& a, std::uint32_t i, std::uint32_t j) {
  std::vector<Expr> elements;
  for (std::uint32_t r = 0; r < a.rows; ++r) {
    for (std::uint32_t c = 0; c < a.columns; ++c) {
      if (r != i && c != j) elements.push_back(a.at(r, c));
    }
  }
  return Value::matrix(a.rows - 1, a.columns - 1, std::move(elements));
}

bool all_rational(const Graph& g, const Value& a) {
  for (Expr e : a.elements) {
    if (!g.is_number(e)) return false;
  }
  return true;
}

// Gauss-Jordan elimination of [a | b] over the rationals; nothing if a is singular. b has a.rows rows.
std::optional<std::vector<number::Rational>> solve_rational(const Graph& g, const Value& a, const Value& b,
                                                            number::Rational& determinant) {
  const std::uint32_t n = a.rows;
  const std::uint32_t width = n + b.columns;
  std::vector<number::Rational> m(std::size_t{n} * width);
  const auto at = [&m, width](std::uint32_t i, std::uint32_t j) -> number::Rational& {
    return m[std::size_t{i} * width + j];
  };
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t j = 0; j < n; ++j) at(i, j) = g.number(a.at(i, j));
    for (std::uint32_t j = 0; j < b.columns; ++j) at(i, n + j) = g.number(b.at(i, j));
  }
  determinant = 1;
  for (std::uint32_t k = 0; k < n; ++k) {
    std::uint32_t pivot = k;
    while (pivot < n && at(pivot, k).is_zero()) ++pivot;
    if (pivot == n) {
      determinant = 0;
      return std::nullopt;
    }
    if (pivot != k) {
      for (std::uint32_t j = 0; j < width; ++j) std::swap(at(pivot, j), at(k, j));
      determinant = -determinant;
    }
    determinant = determinant * at(k, k);
    const number::Rational scale = at(k, k).reciprocal();
    for (std::uint32_t j = k; j < width; ++j) at(k, j) = at(k, j) * scale;
    for (std::uint32_t i = 0; i < n; ++i) {
      if (i == k || at(i, k).is_zero()) continue;
      base::check_running_closely();
      const number::Rational factor = at(i, k);
      for (std::uint32_t j = k; j < width; ++j) at(i, j) = at(i, j) - factor * at(k, j);
    }
  }
  std::vector<number::Rational> solution;
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t j = 0; j < b.columns; ++j) solution.push_back(at(i, n + j));
  }
  return solution;
}

}  // namespace

std::string describe(const Value& v) {
  switch (v.shape) {
    case expr::Shape::scalar: return "a number";
    case expr::Shape::vector: return fmt::format("a vector of {} numbers", v.rows);
    case expr::Shape::matrix: return fmt::format("a {}×{} matrix", v.rows, v.columns);
  }
  return {};
}

Value add(Graph& g, const Value& a, const Value& b) {
  expect_same_shape(a, b, "added");
  Value result = a;
  for (std::size_t i = 0; i < a.elements.size(); ++i) result.elements[i] = expr::add(g, a.elements[i], b.elements[i]);
  return result;
}

Value subtract(Graph& g, const Value& a, const Value& b) {
  expect_same_shape(a, b, "subtracted");
  return add(g, a, negate(g, b));
}

Value negate(Graph& g, const Value& a) {
  return map(a, [&g](Expr e) { return expr::negate(g, e); });
}

Value multiply(Graph& g, const Value& a, const Value& b) {
  if (a.is_scalar()) return map(b, [&](Expr e) { return expr::multiply(g, a.scalar(), e); });
  if (b.is_scalar()) return map(a, [&](Expr e) { return expr::multiply(g, e, b.scalar()); });
  if (a.is_matrix()) return matrix_product(g, a, b);
  if (b.is_vector()) misfit("a product of two vectors may mean two things", "write dot(u, v) or cross(u, v)");
  misfit(fmt::format("{} times {}: a matrix stands left of its vector", describe(a), describe(b)));
}

Value divide(Graph& g, const Value& a, const Value& b) {
  if (!b.is_scalar()) misfit(fmt::format("cannot divide by {}", describe(b)), "use inverse(A) or solve_linear(A, b)");
  const Expr reciprocal = expr::power(g, b.scalar(), -1);
  return map(a, [&](Expr e) { return expr::multiply(g, e, reciprocal); });
}

Value power(Graph& g, const Value& a, const Value& b) {
  if (!b.is_scalar()) misfit(fmt::format("the exponent is {}, not a number", describe(b)));
  if (a.is_scalar()) return expr::power(g, a.scalar(), b.scalar());
  if (a.is_vector()) misfit("a power of a vector may mean several things", "write dot(v, v), or norm(v)^2");
  expect_square(a, "a power");
  const std::optional<long> n = g.is_number(b.scalar()) ? g.number(b.scalar()).to_long() : std::nullopt;
  constexpr long kLargestPower = 1'000'000;
  if (!n) misfit("a matrix needs an integer exponent");
  if (*n > kLargestPower || *n < -kLargestPower) {
    throw base::Error(base::Code::limit, {}, fmt::format("the exponent of a matrix is at most {}", kLargestPower));
  }
  Value result = identity(g, a.rows);
  Value square = *n < 0 ? inverse(g, a) : a;
  for (long k = *n < 0 ? -*n : *n; k > 0; k /= 2) {
    if (k % 2 == 1) result = matrix_product(g, result, square);
    if (k > 1) square = matrix_product(g, square, square);
  }
  return result;
}

Value identity(Graph& g, std::uint32_t n) {
  std::vector<Expr> elements;
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t j = 0; j < n; ++j) elements.push_back(expr::integer(g, i == j ? 1 : 0));
  }
  return Value::matrix(n, n, std::move(elements));
}

Expr dot(Graph& g, const Value& a, const Value& b) {
  if (!a.is_vector() || !b.is_vector() || a.rows != b.rows) {
    misfit(fmt::format("dot needs two vectors of one length, not {} and {}", describe(a), describe(b)));
  }
  std::vector<Expr> terms;
  for (std::uint32_t i = 0; i < a.rows; ++i) terms.push_back(expr::multiply(g, a.at(i), b.at(i)));
  return expr::sum(g, terms);
}

Value cross(Graph& g, const Value& a, const Value& b) {
  if (!a.is_vector() || !b.is_vector() || a.rows != 3 || b.rows != 3) {
    misfit(fmt::format("cross needs two vectors of 3 numbers, not {} and {}", describe(a), describe(b)));
  }
  const auto component = [&](std::uint32_t i, std::uint32_t j) {
    return expr::subtract(g, expr::multiply(g, a.at(i), b.at(j)), expr::multiply(g, a.at(j), b.at(i)));
  };
  return Value::vector({component(1, 2), component(2, 0), component(0, 1)});
}

Expr norm(Graph& g, const Value& v) {
  std::vector<Expr> squares;
  for (Expr e : v.elements) squares.push_back(expr::power(g, e, 2));
  return expr::square_root(g, expr::sum(g, squares));
}

Value transpose(const Value& a) {
  if (a.is_scalar()) return a;
  std::vector<Expr> elements;
  for (std::uint32_t j = 0; j < a.columns; ++j) {
    for (std::uint32_t i = 0; i < a.rows; ++i) elements.push_back(a.at(i, j));
  }
  return Value::matrix(a.columns, a.rows, std::move(elements));
}

Expr trace(Graph& g, const Value& a) {
  expect_square(a, "tr");
  std::vector<Expr> diagonal;
  for (std::uint32_t i = 0; i < a.rows; ++i) diagonal.push_back(a.at(i, i));
  return expr::sum(g, diagonal);
}

Expr determinant(Graph& g, const Value& a) {
  expect_square(a, "det");
  if (a.rows == 0) return expr::integer(g, 1);
  if (all_rational(g, a)) {
    number::Rational result;
    solve_rational(g, a, Value::matrix(a.rows, 0, {}), result);
    return g.rational(result);
  }
  if (a.rows == 1) return a.at(0, 0);
  constexpr std::uint32_t kLargestSymbolic = 7;
  if (a.rows > kLargestSymbolic) {
    throw base::Error(base::Code::limit, {},
                      fmt::format("a determinant with symbols goes up to {0}×{0}", kLargestSymbolic));
  }
  std::vector<Expr> terms;
  for (std::uint32_t j = 0; j < a.columns; ++j) {
    const Expr cofactor = expr::multiply(g, a.at(0, j), determinant(g, minor_of(a, 0, j)));
    terms.push_back(j % 2 == 0 ? cofactor : expr::negate(g, cofactor));
  }
  return expr::sum(g, terms);
}

Value inverse(Graph& g, const Value& a) {
  expect_square(a, "inverse");
  if (all_rational(g, a)) {
    number::Rational ignored;
    const auto solution = solve_rational(g, a, identity(g, a.rows), ignored);
    if (!solution) throw base::Error(base::Code::domain, {}, "the matrix is singular: it has no inverse");
    std::vector<Expr> elements;
    for (const number::Rational& q : *solution) elements.push_back(g.rational(q));
    return Value::matrix(a.rows, a.rows, std::move(elements));
  }
  const Expr reciprocal = expr::power(g, determinant(g, a), -1);
  std::vector<Expr> elements;
  for (std::uint32_t i = 0; i < a.rows; ++i) {
    for (std::uint32_t j = 0; j < a.rows; ++j) {
      const Expr cofactor = determinant(g, minor_of(a, j, i));
      elements.push_back(expr::multiply(g, (i + j) % 2 == 0 ? cofactor : expr::negate(g, cofactor), reciprocal));
    }
  }
  return Value::matrix(a.rows, a.rows, std::move(elements));
}

Value solve_linear(Graph& g, const Value& a, const Value& b) {
  expect_square(a, "solve_linear");
  if (b.is_scalar() || b.rows != a.rows) {
    misfit(fmt::format("solve_linear needs as many right sides as rows: {} and {}", describe(a), describe(b)));
  }
  if (!all_rational(g, a) || !all_rational(g, b)) return matrix_product(g, inverse(g, a), b);
  number::Rational ignored;
  const auto solution = solve_rational(g, a, b, ignored);
  if (!solution) {
    throw base::Error(base::Code::domain, {}, "the matrix is singular: there is no single solution");
  }
  Value result = b;
  for (std::size_t i = 0; i < solution->size(); ++i) result.elements[i] = g.rational((*solution)[i]);
  return result;
}

}  // namespace nabla::calc
