// Circular and hyperbolic functions of multiple and compound angles in terms of simple ones.
#pragma once

#include "expr/graph.h"

namespace nabla::algebra {

enum class Angles {
  multiples,  // sin(2x) where sin(x) occurs too; sums of angles stay
  all,        // also sin(x + y)
};

// e with sin(2u) as 2·sin(u)·cos(u) and so on, where the angles in e are small multiples of common ones. Equal wherever
// both are defined. e itself if nothing changes.
expr::Expr in_simple_angles(expr::Graph& g, expr::Expr e, Angles which);

// e with sinh(u) as (e^u - e^(-u))/2 and so on, if exponentials or two such functions of one u occur in
// e.
expr::Expr in_exponentials(expr::Graph& g, expr::Expr e);

}  // namespace nabla::algebra
