// A derivation written out rule by rule, as a teacher writes it on the board.
#pragma once

#include <string>
#include <vector>

#include "calc/elaborate/elaborate.h"
#include "expr/write/print.h"

namespace nabla::calc {

// One line of a derivation. A step begins with the name of its rule and the rule's formula; the steps for its parts
// follow, one deeper; its last lines put the parts in ("d/dx x^2 = 2*x^(2 - 1) = 2*x").
struct DerivationLine {
  int depth = 0;       // of nesting; a line without a number belongs to the step one less deep
  std::string number;  // "1.2" where a step begins
  std::string text;
};

struct Derivation {
  std::vector<DerivationLine> lines;  // the last one ends in the simplified answer
  std::vector<Expr> conditions;       // under which it holds
};

// How the answer to a question is worked out, by the column `steps` of its operation: diff(E, x), d/dx E, f'(x) …
// Throws Error (argument) where there is none, Error (limit) where it takes too many lines.
Derivation derivation(Elaborator& in, Term question, expr::Style style);

}  // namespace nabla::calc
