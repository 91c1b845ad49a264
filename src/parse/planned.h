// Operations that the language has and no row yet: what to do meanwhile. Whether an operation stands is asked of the
// names each time, so that this list needs no change when it does.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/error.h"
#include "parse/names.h"

namespace nabla::parse {

struct Planned {
  std::string_view name;
  std::string_view meanwhile;  // a statement for a like question
};

// Sorted by name.
std::span<const Planned> planned_operations();
// nullptr if no such operation is planned.
const Planned* find_planned(std::string_view name);
// "limit is not available yet; meanwhile: table …". Code unknown_name.
base::Error not_available(const Planned& planned, base::Span place);

// "PURPOSE: LINE"; where an operation that LINE calls has no row yet: that it is not available, and what to do
// meanwhile.
std::string recommend(const Names& names, std::string_view purpose, std::string_view line);

}  // namespace nabla::parse
