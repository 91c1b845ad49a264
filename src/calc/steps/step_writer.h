// Derivatives by one variable, rule by rule: walks down an expression and writes a step for every rule used.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "calc/elaborate/elaborate.h"
#include "calc/steps/rule_text.h"
#include "calc/steps/steps.h"

namespace nabla::calc {

class StepWriter {
 public:
  StepWriter(Elaborator& in, expr::Style style, std::vector<DerivationLine>& lines)
      : in_(in), g_(in.graph()), board_(g_, style), lines_(lines) {}

  // Writes how the derivative of e by x is found, as the step with this number; the last line is
  // "LABEL d/dx E = … = ANSWER". Throws Error (limit) if that takes too many lines.
  void derive(Expr e, Expr x, std::string number, std::string label, Expr answer);

 private:
  using Letters = std::vector<Letter>;

  // The position of a step.
  struct Place {
    std::string number;
    int depth = 0;
    std::string label = {};  // "u' = ": the name of its result in the step above
    std::string taken = {};  // letters used by the steps above
  };

  Expr slope(Expr e);  // simplified
  bool depends(Expr e) const { return expr::depends_on(g_, e, x_); }
  char free_letter(std::string_view wanted, std::string& taken) const;
  Letters letters_for(std::span<const Expr> parts, Place& at);
  Letter constant_letter(char in_formula, std::string_view wanted, Expr value, const Place& at) const;
  Letter variable_letter() const { return {'x', name_, x_}; }
  std::string in_brackets(Expr e) const;
  std::string times(Expr a, Expr b);

  void write(int depth, std::string number, std::string text);
  void begin(const Place& at, std::string_view rule, std::string_view formula = {}, const Letters& letters = {},
             std::string_view remark = {});
  void finish(Expr e, const Place& at, const std::string& applied = {});
  void leaf(Expr e, const Place& at, std::string_view rule, std::string_view formula = {}, const Letters& letters = {},
            std::string_view right = {});
  void rule(Expr e, const Place& at, std::string_view name, std::string_view left, std::string_view right,
            const Letters& letters, const Place& inner);
  void part(Expr e, const Place& of, int& count, std::string label);

  void visit(Expr e, const Place& at);
  void sum(Expr e, const Place& at);
  void product(Expr e, const Place& at);
  void constant_factor(Expr e, Expr c, Expr u, const Place& at);
  void factors(Expr e, std::vector<Expr> factors, const Place& at);
  void reciprocal(Expr e, Expr v, const Place& at);
  void power(Expr e, const Place& at);
  void call(Expr e, const Place& at);
  void select(Expr e, const Place& at);
  void operation(Expr e, const Place& at);

  Elaborator& in_;
  Graph& g_;
  Board board_;
  std::vector<DerivationLine>& lines_;
  Expr x_;
  std::string name_;
  std::vector<std::string> symbols_;  // the user's letters
  std::unordered_map<std::uint32_t, Expr> slopes_;
};

}  // namespace nabla::calc
