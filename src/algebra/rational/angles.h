// Circular and hyperbolic functions of multiple and compound angles in terms of simple ones.
#pragma once

#include "expr/graph.h"

namespace nabla::algebra {

enum class Angles {
  multiples,  // sin(2x) beside sin(x); angles that are sums stay
  all,        // sin(x + y) too
};

// e with sin(2u) as 2·sin(u)·cos(u) and so on, where the angles in e are small multiples of common ones. Equal wherever
// both are defined. e itself if there is nothing to do.
expr::Expr in_simple_angles(expr::Graph& g, expr::Expr e, Angles which);

// e with sinh(u) as (e^u - e^(-u))/2 and so on, where there are exponentials beside them or two such functions of one
// u.
expr::Expr in_exponentials(expr::Graph& g, expr::Expr e);

}  // namespace nabla::algebra
