// Zeros of a function on the whole line as exact forms: polynomials in one generator, and inverses peeled off.
#pragma once

#include <optional>
#include <vector>

#include "eval/balls/evaluator.h"

namespace nabla::calc {

struct ExactZeros {
  std::vector<expr::Expr> at;          // distinct or not, in no order
  std::vector<expr::Expr> families;    // contain `k`, which stands for every integer
  std::vector<expr::Expr> conditions;  // truth values, over the other symbols, under which these are the zeros
  expr::Expr k;
};

// Every zero of f lies among these, and each of them is a zero where f and the conditions have a value that says so;
// nothing if that is not found. f may contain other symbols. Throws Error (timeout, interrupted).
std::optional<ExactZeros> exact_zeros(eval::Evaluator& in, expr::Expr f, expr::Expr x);

// The factors of f that depend on x and may be 0: every zero of f is one of theirs. f = (product of powers of
// them)/`under` wherever both sides have a value.
struct ZeroFactors {
  std::vector<expr::Expr> factors;
  std::optional<expr::Expr> under;  // if it depends on x
};
ZeroFactors zero_factors(expr::Graph& g, expr::Expr f, expr::Expr x, base::Budget& budget);

}  // namespace nabla::calc
