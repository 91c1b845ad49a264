// The calls of functions and operations as text, for help, completion and the reference.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "expr/rows.h"

namespace nabla::session {

// "sin(x)", "log(x[, b = 10])", "min(x, …)", "pi".
std::string call_of(const expr::Function& f);

// "diff(E, x)", "diff(E, x, n)": the forms of an operation.
std::vector<std::string_view> forms_of(const expr::Operation& o);

// Whether users can type an operation; the others occur in answers only.
bool can_be_typed(const expr::Operation& o);

// A column with a part for each parameter, such as the derivative: "cos(x)"; for several parameters "by y: x/(x^2 +
// y^2); by x: …". Empty if there is none.
std::string by_parameter(const expr::Function& f, std::string_view column);

}  // namespace nabla::session
