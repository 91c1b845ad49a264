#include "calc/elaborate/arithmetic.h"

#include <random>

#include "base/error.h"

namespace {

using namespace nabla;
using calc::Expr;
using calc::Graph;
using calc::Value;
using number::Rational;

Value matrix_of(Graph& g, std::uint32_t rows, std::uint32_t columns, const std::vector<long>& numbers) {
  std::vector<Expr> elements;
  for (long n : numbers) elements.push_back(expr::integer(g, n));
  return Value::matrix(rows, columns, elements);
}

Value vector_of(Graph& g, const std::vector<long>& numbers) {
  Value m = matrix_of(g, static_cast<std::uint32_t>(numbers.size()), 1, numbers);
  return Value::vector(m.elements);
}

Value random_matrix(Graph& g, std::mt19937& random, std::uint32_t n) {
  std::vector<Expr> elements;
  for (std::uint32_t i = 0; i < n * n; ++i) {
    elements.push_back(g.rational(Rational(static_cast<long>(random() % 19) - 9, static_cast<long>(random() % 5) + 1)));
  }
  return Value::matrix(n, n, elements);
}

base::Code code_of(const std::function<void()>& run) {
  try {
    run();
  } catch (const base::Error& e) {
    return e.code;
  }
  FAIL("no error");
  return base::Code::syntax;
}

}  // namespace

TEST_CASE("the inverse of a random matrix is one", "[calc]") {
  std::mt19937 random(3);
  for (int round = 0; round < 40; ++round) {
    Graph g;
    const std::uint32_t n = 1 + static_cast<std::uint32_t>(random() % 5);
    const Value a = random_matrix(g, random, n);
    if (g.is_zero(calc::determinant(g, a))) continue;
    CHECK(calc::multiply(g, a, calc::inverse(g, a)) == calc::identity(g, n));
    CHECK(calc::power(g, a, expr::integer(g, -1)) == calc::inverse(g, a));
    CHECK(calc::power(g, a, expr::integer(g, 3)) == calc::multiply(g, a, calc::multiply(g, a, a)));
  }
}

TEST_CASE("the determinant of a product is the product of the determinants", "[calc]") {
  std::mt19937 random(4);
  for (int round = 0; round < 40; ++round) {
    Graph g;
    const std::uint32_t n = 1 + static_cast<std::uint32_t>(random() % 5);
    const Value a = random_matrix(g, random, n);
    const Value b = random_matrix(g, random, n);
    CHECK(calc::determinant(g, calc::multiply(g, a, b)) ==
          expr::multiply(g, calc::determinant(g, a), calc::determinant(g, b)));
    CHECK(calc::determinant(g, calc::transpose(a)) == calc::determinant(g, a));
  }
}

TEST_CASE("a determinant with symbols is expanded", "[calc]") {
  Graph g;
  const Expr a = g.symbol("a");
  const Expr b = g.symbol("b");
  const Value m = Value::matrix(2, 2, {a, b, b, a});
  CHECK(calc::determinant(g, m) == expr::subtract(g, expr::power(g, a, 2), expr::power(g, b, 2)));
}

TEST_CASE("the cross product stands at right angles", "[calc]") {
  Graph g;
  const Value u = vector_of(g, {1, 2, 3});
  const Value v = vector_of(g, {-2, 5, 7});
  const Value w = calc::cross(g, u, v);
  CHECK(g.is_zero(calc::dot(g, u, w)));
  CHECK(g.is_zero(calc::dot(g, v, w)));
  CHECK(calc::norm(g, vector_of(g, {3, 4})) == expr::integer(g, 5));
}

TEST_CASE("linear equations are solved exactly", "[calc]") {
  Graph g;
  const Value a = matrix_of(g, 2, 2, {1, 1, 1, -1});
  CHECK(calc::solve_linear(g, a, vector_of(g, {5, 1})) == vector_of(g, {3, 2}));
}

TEST_CASE("shapes that do not fit are errors", "[calc]") {
  Graph g;
  const Value u = vector_of(g, {1, 2});
  const Value v = vector_of(g, {1, 2, 3});
  const Value m = matrix_of(g, 2, 2, {1, 2, 2, 4});
  CHECK(code_of([&] { calc::add(g, u, v); }) == base::Code::shape);
  CHECK(code_of([&] { calc::multiply(g, u, u); }) == base::Code::shape);
  CHECK(code_of([&] { calc::multiply(g, m, v); }) == base::Code::shape);
  CHECK(code_of([&] { calc::divide(g, u, u); }) == base::Code::shape);
  CHECK(code_of([&] { calc::cross(g, u, u); }) == base::Code::shape);
  CHECK(code_of([&] { calc::inverse(g, m); }) == base::Code::domain);
  CHECK(code_of([&] { calc::power(g, u, expr::integer(g, 2)); }) == base::Code::shape);
}
