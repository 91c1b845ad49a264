// Expressions as the functions of doubles that pictures are drawn from.
#pragma once

#include "eval/balls/evaluator.h"
#include "view/plots/plot.h"

namespace nabla::session {

// e as a function of x. The values are good to 7 digits, near 0 to 1e-12; nan where e is undefined or not decided. The
// evaluator must outlive the function. Throws Error (timeout, interrupted) when it is called.
view::Curve curve_of(eval::Evaluator& in, expr::Expr e, expr::Expr x);

// e as a function of x and y. A truth value is 1 and -1, so that it is positive where it holds.
view::Plane plane_of(eval::Evaluator& in, expr::Expr e, expr::Expr x, expr::Expr y);

// (x(t), y(t)); of a polar curve e(t) the same with x = e cos t and y = e sin t.
view::Path path_of(eval::Evaluator& in, expr::Expr x, expr::Expr y, expr::Expr t);
view::Path polar_path_of(eval::Evaluator& in, expr::Expr radius, expr::Expr t);

}  // namespace nabla::session
