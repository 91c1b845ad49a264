// The output formats, a row each.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "view/answers/table.h"

namespace nabla::view {

struct FormatRow {
  Format format;
  std::string_view name;       // as in `set format csv`
  std::string_view extension;  // of the files it is written to; empty: none
  bool is_data;                // for programs: every point a row, numbers without marks
  std::string (*answer)(const Answer& a, const Look& look);

  // A table whose rows do not depend on each other; without a head it is laid out by several rows together.
  std::string (*head)(const TableHead& head);
  std::string (*cell)(const Cell& c, Style style);
  std::string_view before;  // a row
  std::string_view between;
  std::string_view after;
  std::string_view before_next;  // every row but the first, ahead of `before`
  std::string (*foot)(Certainty certainty, Ending ending);
};

std::span<const FormatRow> formats();
const FormatRow& row_of(Format format);
// The row of a name or of an extension; nullptr if there is none.
const FormatRow* format_named(std::string_view name);
const FormatRow* format_of_extension(std::string_view extension);

// Their names, or the extensions of files, in order.
std::string format_names(std::string_view between);
std::string format_extensions(std::string_view between);

}  // namespace nabla::view
