#include "algebra/equality.h"
namespace nabla::algebra {
bool proven_equal(expr::Graph&, expr::Expr a, expr::Expr b, base::Budget&) { return a == b; }
}  // namespace nabla::algebra
