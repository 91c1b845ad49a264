// Signs that keyboards lack, and the names by which they are typed.
#pragma once

#include <span>
#include <string_view>

namespace nabla::assist {

struct Sign {
  std::string_view name;  // after a backslash: "alpha", "int", "^2"
  std::string_view sign;  // "α"
  std::string_view word;  // the name or operator it is another spelling of: "sqrt"; "" if of none
};

std::span<const Sign> signs();

}  // namespace nabla::assist
