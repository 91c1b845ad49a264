// Eigenvalues of square matrices, and roots of polynomials.
#include <fmt/format.h>

#include "calc/elaborate/arithmetic.h"
#include "calc/elaborate/elaborate.h"
#include "number/real_roots.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;

constexpr std::uint32_t kLargest = 60;  // rows: the cost of the exact characteristic polynomial grows as n^4
constexpr number::Bits kIsolationBits = 64;

const expr::Operation& root_of_row();

// The coefficients of det(x - A), constant first, by the method of Faddeev and Le Verrier.
std::vector<Rational> characteristic_polynomial(Graph& g, const Value& a) {
  const std::uint32_t n = a.rows;
  std::vector<Rational> c(n + 1);
  c[n] = 1;
  Value m = Value::matrix(n, n, std::vector<Expr>(std::size_t{n} * n, expr::integer(g, 0)));
  for (std::uint32_t k = 1; k <= n; ++k) {
    m = add(g, multiply(g, a, m), multiply(g, g.rational(c[n - k + 1]), identity(g, n)));
    c[n - k] = -(g.number(trace(g, multiply(g, a, m))) / Rational(static_cast<long>(k)));
  }
  return c;
}

std::vector<Expr> two_by_two(Graph& g, const Value& a) {
  const Expr half = g.rational(Rational(1, 2));
  const Expr middle = expr::multiply(g, half, trace(g, a));
  const Expr difference = expr::multiply(g, half, expr::subtract(g, a.at(0, 0), a.at(1, 1)));
  const Expr square = expr::add(g, expr::power(g, difference, 2), expr::multiply(g, a.at(0, 1), a.at(1, 0)));
  const Expr root = expr::square_root(g, square);
  return {expr::subtract(g, middle, root), expr::add(g, middle, root)};
}

Expr root_node(Graph& g, const std::vector<Rational>& coefficients, long k) {
  std::vector<Expr> args{expr::integer(g, k)};
  for (const Rational& c : coefficients) args.push_back(g.rational(c));
  return expr::operation(g, root_of_row(), args);
}

Value elaborate_eigenvalues(Elaborator& in, const Term& call) {
  Graph& g = in.graph();
  if (call.size() != 1) throw Error(Code::argument, call.span(), "eigenvalues needs one matrix: eigenvalues(A)");
  const Value a = in.elaborate(call[0]);
  if (!a.is_matrix() || a.rows != a.columns) {
    throw Error(Code::shape, call.span(), fmt::format("eigenvalues needs a square matrix, not {}", describe(a)));
  }
  if (a.rows == 1) return Value::vector({a.at(0, 0)});
  bool rational = true;
  for (Expr e : a.elements) rational = rational && g.is_number(e);
  if (!rational) {
    if (a.rows == 2) return Value::vector(two_by_two(g, a));
    throw Error(Code::argument, call.span(), "eigenvalues of a matrix larger than 2×2 needs rational elements");
  }
  if (a.rows > kLargest) {
    throw Error(Code::limit, call.span(), fmt::format("eigenvalues goes up to {0}×{0}", kLargest));
  }
  const std::vector<Rational> c = characteristic_polynomial(g, a);
  const number::RealRoots found = number::real_roots(c, kIsolationBits);
  if (found.nonreal > 0) {
    throw Error(Code::undefined, call.span(),
                fmt::format("{} of the {} eigenvalues are not real", found.nonreal, a.rows));
  }
  if (a.rows == 2) return Value::vector(two_by_two(g, a));
  std::vector<Expr> values;
  for (std::size_t k = 0; k < found.roots.size(); ++k) {
    const number::RealRoot& r = found.roots[k];
    const Expr e = r.exact ? g.rational(*r.exact) : root_node(g, c, static_cast<long>(k + 1));
    values.insert(values.end(), static_cast<std::size_t>(r.multiplicity), e);
  }
  return Value::vector(std::move(values));
}

Value elaborate_root_of(Elaborator& in, const Term& call) {
  Graph& g = in.graph();
  if (call.size() != 2) throw Error(Code::argument, call.span(), "root_of needs the coefficients and a number");
  const Value v = in.vector(call[0]);
  std::vector<Rational> c;
  for (Expr e : v.elements) {
    if (!g.is_number(e)) throw Error(Code::argument, call[0].span(), "root_of needs rational coefficients");
    c.push_back(g.number(e));
  }
  while (!c.empty() && c.back().is_zero()) c.pop_back();
  if (c.size() < 2) throw Error(Code::argument, call[0].span(), "the polynomial is constant");
  const number::RealRoots found = number::real_roots(c, kIsolationBits);
  if (found.roots.empty()) throw Error(Code::undefined, call.span(), "the polynomial has no real root");
  const long k = in.integer(call[1], 1, static_cast<long>(found.roots.size()), "the number of the root");
  const number::RealRoot& r = found.roots[static_cast<std::size_t>(k - 1)];
  return r.exact ? g.rational(*r.exact) : root_node(g, c, k);
}

eval::Outcome enclose_root_of(eval::Evaluator& in, Expr node, number::Bits bits) {
  const Graph& g = in.graph();
  const auto args = g.args(node);
  std::vector<Rational> c;
  for (Expr e : args.subspan(1)) c.push_back(g.number(e));
  const auto k = static_cast<std::size_t>(*g.number(args[0]).to_long());
  const number::RealRoots found = number::real_roots(c, bits);
  return eval::Outcome::enclosed(found.roots.at(k - 1).value);
}

constexpr expr::Operation kEigenvalues[] = {
    {.name = "eigenvalues",
     .title = "eigenvalues",
     .signature = "eigenvalues(A)",
     .help = "The real eigenvalues of a square matrix in ascending order, each as often as its multiplicity: a formula "
             "up to "
             "2 by 2, else of matrices with rational elements.",
     .example = "eigenvalues([[2, 1], [1, 2]])",
     .answer = "[1, 3]",
     .elaborate = elaborate_eigenvalues},
    {.name = "root_of",
     .title = "root of a polynomial",
     .signature = "root_of([c0, c1, …, cn], k)",
     .help =
         "The k-th real root, counted from below, of the polynomial c0 + c1 x + … + cn x^n with rational coefficients.",
     .example = "root_of([-2, 0, 0, 1], 1)",
     .answer = "1.25992104989",
     .elaborate = elaborate_root_of,
     .enclose = enclose_root_of},
};

const expr::Operation& root_of_row() { return kEigenvalues[1]; }

}  // namespace

extern const expr::OperationRows eigenvalues_operations = kEigenvalues;

}  // namespace nabla::calc
