#include "calc/steps/derivation_writer.h"

#include <algorithm>

#include "algebra/simplify/simplify.h"

namespace nabla::calc {

void DerivationWriter::line(int depth, std::string number, std::string text) {
  derivation_.lines.push_back({depth, std::move(number), std::move(text)});
}

void DerivationWriter::derive(Expr e, Expr x, std::string number, std::string label, Expr answer) {
  steps_.derive(e, x, std::move(number), std::move(label), answer);
}

Expr DerivationWriter::simplified(Expr e) {
  const algebra::Simplified answer = algebra::simplify(in_.graph(), e, in_.budget());
  for (Expr c : answer.conditions) {
    if (std::ranges::find(derivation_.conditions, c) == derivation_.conditions.end()) {
      derivation_.conditions.push_back(c);
    }
  }
  return answer.expression;
}

}  // namespace nabla::calc
