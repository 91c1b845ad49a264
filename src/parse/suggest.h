// "Did you mean …?"
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace nabla::parse {

// The known name that was probably meant: a synonym from other programs, one that differs in case only, else the
// nearest within two edits (one edit for names of up to three letters); among equally near ones the one with the same
// first letter, then the shorter. "" if none is.
std::string closest_name(std::string_view name, std::span<const std::string> known);

}  // namespace nabla::parse
