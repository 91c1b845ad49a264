// steps diff(E, x), steps f'(x), steps d/dx E: derivatives written out rule by rule.
#pragma once

#include "calc/steps/steps.h"

namespace nabla::calc {

// Throws Error (argument) unless the question names a variable or a function of one parameter.
Derivation steps_of_derivative(Elaborator& in, const Term& question, expr::Style style);

}  // namespace nabla::calc
