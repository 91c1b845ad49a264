// What the formats share.
#pragma once

#include <functional>
#include <string>

#include "view/answer.h"

namespace nabla::view {

// "[a, b]" or "[[a, b], [c, d]]" of a vector or matrix.
std::string bracketed(const Answer& a, const std::function<std::string(const Cell&)>& spell);

// "undefined: limit does not exist (left -inf, right inf)"
std::string undefined_text(const Answer& a);

}  // namespace nabla::view
