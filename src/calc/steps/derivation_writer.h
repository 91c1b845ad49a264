// A derivation being written: lines, derivatives rule by rule, and the conditions under which its answers hold.
#pragma once

#include <string>

#include "calc/steps/step_writer.h"
#include "calc/steps/steps.h"

namespace nabla::calc {

class DerivationWriter {
 public:
  DerivationWriter(Elaborator& in, expr::Style style) : in_(in), style_(style), steps_(in, style, derivation_.lines) {}

  std::string text(Expr e) const { return expr::print(in_.graph(), e, style_); }
  expr::Style style() const { return style_; }

  void line(int depth, std::string number, std::string text);
  // How the derivative of e by the symbol x is found, as the step of this number, ending in the answer.
  void derive(Expr e, Expr x, std::string number, std::string label, Expr answer);
  // e as it is shown; its conditions go with the answer.
  Expr simplified(Expr e);

  Derivation take() { return std::move(derivation_); }

 private:
  Elaborator& in_;
  expr::Style style_;
  Derivation derivation_;
  StepWriter steps_;
};

}  // namespace nabla::calc
