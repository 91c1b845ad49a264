// Expressions that the methods build from.
#pragma once

#include <optional>
#include <utility>

#include "algebra/rational/rational_function.h"
#include "expr/graph.h"

namespace nabla::calc {

using algebra::Field;
using algebra::Generator;
using expr::Expr;
using expr::Graph;
using expr::Rational;

// A call of a mathematical function by its name.
Expr call_of(Graph& g, std::string_view function, Expr argument);
Expr logarithm_of_size(Graph& g, Expr e);  // ln|e|

// What a generator of a field stands for, to an integer power.
Expr expression_of(Graph& g, const Generator& generator, long power);
// A polynomial over the generators.
Expr expression_of(Field& field, const number::Polynomial& p);

// a and b of e = a·x + b with a ≠ 0, both free of x.
struct Linear {
  Expr slope;
  Expr start;
};
std::optional<Linear> as_linear(Graph& g, Expr e, Expr x, base::Budget& budget);

// The rational coefficients c0, c1, … of a polynomial in x of at most this degree.
std::optional<std::vector<Rational>> as_polynomial(Graph& g, Expr e, Expr x, std::size_t degree, base::Budget& budget);

}  // namespace nabla::calc
