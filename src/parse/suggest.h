// "Did you mean …?"
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "parse/names.h"

namespace nabla::parse {

// The known name that was probably meant: one that differs in case only, else the nearest that begins alike within one
// edit (within a third of the length for names of more than four letters), and among equally near ones the one that
// starts alike for longer, then the shorter. "" if none is.
std::string closest_name(std::string_view name, std::span<const std::string> known);

// "2 pir" written apart: "pi r". A name that means something at one end, of two letters or more, and up to three single
// letters at the other; "" if it is no such run.
std::string run_together(std::string_view name, const std::function<NameClass(std::string_view)>& classify);

// "xy" written apart: "x y"; "" if it is not two or three letters.
std::string letters_apart(std::string_view name);

}  // namespace nabla::parse
