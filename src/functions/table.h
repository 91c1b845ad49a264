// The table of mathematical functions and constants.
#pragma once

#include <span>
#include <string_view>

#include "expr/rows.h"

namespace nabla::functions {

std::span<const expr::Function> table();
// By name or alias; nullptr if there is none. No table is built: a compile-time hash.
const expr::Function* find(std::string_view name);

}  // namespace nabla::functions
