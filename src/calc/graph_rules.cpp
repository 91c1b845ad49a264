#include "calc/graph_rules.h"

#include "algebra/rules/call.h"
#include "calc/operations/defined.h"
#include "calc/operations/diff/derivative_at.h"
#include "calc/operations/nowhere.h"

namespace nabla::calc {

const expr::Rules kRules{&algebra::call, &algebra::power_rule, &kPointDerivative, &kDefined, &kNowhere};

}  // namespace nabla::calc
