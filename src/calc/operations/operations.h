// The table of operations: forms of calculus and linear algebra with their own way of reading arguments.
#pragma once

#include <span>
#include <string_view>

#include "expr/rows.h"

namespace nabla::calc {

std::span<const expr::Operation> operations();
const expr::Operation* find_operation(std::string_view name);  // by name or alias

}  // namespace nabla::calc
