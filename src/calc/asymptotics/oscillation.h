// Proofs that a function has no limit because it keeps coming near two numbers.
#pragma once

#include "calc/asymptotics/side_limit.h"

namespace nabla::calc {

// Whether e is proven to have no limit: it is linear in, or a function of, one sine, cosine or tangent of what tends to
// infinity continuously. false proves nothing.
bool oscillates(eval::Evaluator& in, Expr e, Expr x, const Approach& to);

}  // namespace nabla::calc
