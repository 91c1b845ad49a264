// Operations replaced by what they stand for.
#pragma once

#include "eval/balls/evaluator.h"
#include "expr/rows.h"

namespace nabla::eval {

// The same value without the operation (a sum as its terms), if its row can write it out; else nothing.
inline std::optional<Expr> written_out(Evaluator& in, Expr operation, Bits bits) {
  const expr::Operation& row = in.graph().operation(operation);
  return row.written_out == nullptr ? std::nullopt : row.written_out(in, operation, bits);
}

}  // namespace nabla::eval
