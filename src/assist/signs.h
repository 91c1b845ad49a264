// Signs that keyboards lack, and the words they are asked for by.
#pragma once

#include <span>
#include <string_view>

namespace nabla::assist {

struct Sign {
  std::string_view name;  // after a backslash: "alpha", "int", "^2"
  std::string_view sign;  // "α"
  std::string_view word;  // the name or operator it stands for: "sqrt"; "" if it stands for itself
};

std::span<const Sign> signs();

}  // namespace nabla::assist
