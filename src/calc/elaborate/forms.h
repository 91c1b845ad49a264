// What forms of calculus share: variables that are symbols while their expression is read, and derivatives as values.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "calc/elaborate/elaborate.h"

namespace nabla::calc {

// The variables of a form, standing for fresh symbols while it lives.
class FormVariables {
 public:
  // Throws Error (argument) for a name that is a number (pi).
  FormVariables(Elaborator& in, std::vector<std::string> names, Span place);

  const std::vector<std::string>& names() const { return names_; }
  std::span<const Expr> symbols() const { return symbols_; }
  Expr symbol(std::size_t i = 0) const { return symbols_[i]; }
  Expr symbol(const std::string& name) const;

  // The value of an expression in these variables. The bare name of a function with as many parameters stands for the
  // function at the variables.
  Value read(Term body);
  // The same, but an Error (shape) unless it is a number; `form` names who asks, `instead` what to use for vectors.
  Expr read_number(Term body, std::string_view form, std::string_view instead = {});

  // Ends the scope of the variables and gives v with what their names mean outside; derivatives at numbers settled.
  Value close(const Value& v);

 private:
  Value read_other(Term body, const std::vector<std::string>& own);

  Elaborator& in_;
  std::vector<std::string> names_;
  std::vector<Expr> symbols_;
  std::deque<Elaborator::Binding> bindings_;
  Span place_;
};

// The derivative of v, element by element, as derivatives are kept (algebra/derivative/derivative_node.h).
Value differentiated(Elaborator& in, const Value& v, Expr x, long order);

// v with its derivatives at constant points as closed forms where they are proven to exist; others stay.
Value settled(Elaborator& in, const Value& v);

// Throws Error (argument) unless the call has lo to hi arguments; `example` is how it is written.
void expect_arguments(const Term& call, std::size_t lo, std::size_t hi, std::string_view example);

// The argument of a call that takes one.
Term only_argument(const Term& call, std::string_view example);

// The names of the parameters of a function that the user or the table defines; empty for anything else.
std::vector<std::string> parameters_of_function(Elaborator& in, const std::string& name);
// The function of that name at values.
Value apply_function(Elaborator& in, const std::string& name, const std::vector<Value>& args, Span place);

}  // namespace nabla::calc
