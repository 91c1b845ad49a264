// "Did you mean": the known name nearest to an unknown one.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace nabla::base {

// The name meant, or nothing if none is near: one edit away (two from six letters on), or the same but for case.
// Prefers case only, then fewer edits, then one that starts alike, then the shorter.
std::string nearest_name(std::string_view unknown, std::span<const std::string> known);

// The number of letters to insert, delete, replace or swap with a neighbour; more than `limit` counts as limit + 1.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

}  // namespace nabla::base
