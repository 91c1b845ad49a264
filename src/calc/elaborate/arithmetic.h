// Arithmetic of numbers, vectors and matrices. Shapes that do not match throw Error (shape) without a place.
#pragma once

#include "expr/build.h"
#include "expr/value.h"

namespace nabla::calc {

using expr::Expr;
using expr::Graph;
using expr::Value;

Value add(Graph& g, const Value& a, const Value& b);
Value subtract(Graph& g, const Value& a, const Value& b);
Value negate(Graph& g, const Value& a);
// Number times anything, matrix times vector or matrix; vector times vector is an error that names dot and cross.
Value multiply(Graph& g, const Value& a, const Value& b);
Value divide(Graph& g, const Value& a, const Value& b);  // by a number
Value power(Graph& g, const Value& a,
            const Value& b);  // of numbers; of square matrices with a literal integer exponent

Expr dot(Graph& g, const Value& a, const Value& b);
Value cross(Graph& g, const Value& a, const Value& b);  // of vectors of three numbers
Expr norm(Graph& g, const Value& v);                    // Euclidean; Frobenius for a matrix
Value transpose(const Value& a);
Expr trace(Graph& g, const Value& a);
Expr determinant(Graph& g, const Value& a);
Value inverse(Graph& g, const Value& a);
Value solve_linear(Graph& g, const Value& a, const Value& b);
Value identity(Graph& g, std::uint32_t n);

// "a number", "a vector of 3 numbers", "a 2×2 matrix".
std::string describe(const Value& v);

}  // namespace nabla::calc
