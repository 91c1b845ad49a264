#include "algebra/rules/circular.h"

#include <algorithm>
#include <array>

#include "functions/table.h"

namespace nabla::algebra {

std::span<const Circular> circular_functions() {
  static const std::array<Circular, 12> rows{{
      {functions::find("sin"), 1, 0, false},
      {functions::find("cos"), 0, 1, false},
      {functions::find("tan"), 1, -1, false},
      {functions::find("cot"), -1, 1, false},
      {functions::find("sec"), 0, -1, false},
      {functions::find("csc"), -1, 0, false},
      {functions::find("sinh"), 1, 0, true},
      {functions::find("cosh"), 0, 1, true},
      {functions::find("tanh"), 1, -1, true},
      {functions::find("coth"), -1, 1, true},
      {functions::find("sech"), 0, -1, true},
      {functions::find("csch"), -1, 0, true},
  }};
  return rows;
}

const Circular* find_circular(const expr::Function& f) {
  const auto rows = circular_functions();
  const auto found = std::ranges::find(rows, &f, &Circular::f);
  return found == rows.end() ? nullptr : &*found;
}

const expr::Function& circular_function(int sine, int cosine, bool hyperbolic) {
  return *std::ranges::find_if(circular_functions(), [&](const Circular& c) {
            return c.sine == sine && c.cosine == cosine && c.hyperbolic == hyperbolic;
          })->f;
}

const InverseCircular* find_inverse_circular(const expr::Function& f) {
  static const std::array<InverseCircular, 6> rows{{
      {functions::find("asin"), false, "x", "sqrt(1 - x^2)"},
      {functions::find("acos"), false, "sqrt(1 - x^2)", "x"},
      {functions::find("atan"), false, "x/sqrt(1 + x^2)", "1/sqrt(1 + x^2)"},
      {functions::find("asinh"), true, "x", "sqrt(1 + x^2)"},
      {functions::find("acosh"), true, "sqrt(x^2 - 1)", "x"},
      {functions::find("atanh"), true, "x/sqrt(1 - x^2)", "1/sqrt(1 - x^2)"},
  }};
  const auto found = std::ranges::find(rows, &f, &InverseCircular::f);
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace nabla::algebra
