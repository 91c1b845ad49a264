// Cells and tables in each format, shared by the files of this room.
#pragma once

#include <functional>
#include <string>

#include "view/answers/answer.h"

namespace nabla::view {

// "[a, b]" or "[[a, b], [c, d]]" of a vector or matrix.
std::string bracketed(const Answer& a, const std::function<std::string(const Cell&)>& spell);

// One cell in each format.
std::string text_entry(const Cell& c, Style style);  // "0.5", "~ 1.2", "undefined"
std::string csv_entry(const Cell& c);
std::string markdown_entry(const Cell& c, Style style);
std::string latex_entry(const Cell& c);
std::string json_entry(const Cell& c);

// A text as a field of CSV, as a JSON string, and verbatim in Markdown and LaTeX.
std::string csv_field(const std::string& s);
std::string quoted(std::string_view s);
std::string escaped_for_markdown(std::string_view s);
std::string escaped_for_latex(const std::string& s);

std::string_view certainty_name(Certainty c);

// A text cut to a width, its end replaced by "…" or "...".
std::string fitted(std::string text, int width, bool unicode);

// A complete table.
std::string table(const Answer& a, const Look& look);

// "undefined: limit does not exist (left -inf, right inf)"
std::string undefined_text(const Answer& a);

}  // namespace nabla::view
