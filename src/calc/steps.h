// A derivation written out rule by rule, as a student would follow it.
#pragma once

#include <string>
#include <vector>

#include "calc/elaborate.h"
#include "expr/print.h"

namespace nabla::calc {

struct DerivationStep {
  int depth = 0;       // of nesting: rules used for the parts of a rule are one deeper
  std::string number;  // "1.2"
  std::string rule;    // "product rule"
  std::string text;    // "d/dx x² = 2x"
};

// How diff(E, x) is worked out; the last step is the simplified answer. `question` is that term, or d/dx E.
// Throws Error (argument) for anything else.
std::vector<DerivationStep> derivation(Elaborator& in, Term question, expr::Style style);

}  // namespace nabla::calc
