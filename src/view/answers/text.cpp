// text of answer.h: answers for people.
#include "base/text.h"

#include <algorithm>

#include "view/answers/entries.h"

namespace nabla::view {

namespace {

using base::display_width;

bool is_number(const Cell& c) { return c.content == Cell::Content::number; }

const std::string& closed_form(const Cell& c, Style style) { return style == Style::unicode ? c.unicode : c.plain; }

// An element by its closed form, or as its decimals.
std::string exact_text(const Cell& c, Style style) {
  if (c.content == Cell::Content::nothing) return "undefined";
  const std::string& form = closed_form(c, style);
  return form.empty() ? c.decimal : form;
}

std::string decimal_text(const Cell& c, Style style) {
  if (c.content == Cell::Content::nothing) return "undefined";
  return c.content == Cell::Content::expression ? closed_form(c, style) : c.decimal;
}

std::string spelled(const Answer& a, const std::function<std::string(const Cell&)>& spell) {
  return a.cells.size() == 1 && a.kind != AnswerKind::vector && a.kind != AnswerKind::matrix ? spell(a.cells.front())
                                                                                             : bracketed(a, spell);
}

std::string elements(const Answer& a, Style style, Exact exact) {
  const std::string decimals = spelled(a, [&](const Cell& c) { return decimal_text(c, style); });
  if (a.certainty == Certainty::estimated) return (style == Style::unicode ? "≈ " : "~ ") + decimals;
  const bool has_form = std::any_of(a.cells.begin(), a.cells.end(),
                                    [&](const Cell& c) { return is_number(c) && !closed_form(c, style).empty(); });
  if (!has_form || exact == Exact::off || (style == Style::plain && exact == Exact::on)) return decimals;
  const std::string forms = spelled(a, [&](const Cell& c) { return exact_text(c, style); });
  return exact == Exact::only ? forms : forms + "  (" + decimals + ")";
}

}  // namespace

std::string text_entry(const Cell& c, Style style) {
  if (c.content == Cell::Content::nothing) return "undefined";
  if (c.certainty != Certainty::estimated) return decimal_text(c, style);
  return (style == Style::unicode ? "≈ " : "~ ") + decimal_text(c, style);
}

std::string fitted(std::string text, int width, bool unicode) {
  const auto room = static_cast<std::size_t>(std::max(width, 0));
  if (display_width(text) <= room) return text;
  const std::string_view dots = unicode ? "…" : room > 6 ? "..." : "";
  while (!text.empty() && display_width(text) + display_width(dots) > room) {
    while (text.size() > 1 && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.pop_back();
    text.pop_back();
  }
  return text + std::string(dots);
}

std::string text(const Answer& a, Style style, Exact exact) {
  switch (a.kind) {
    case AnswerKind::error: return {};
    case AnswerKind::undefined: return undefined_text(a) + "\n";
    case AnswerKind::text:
    case AnswerKind::plot: return a.content.empty() || a.content.back() == '\n' ? a.content : a.content + "\n";
    case AnswerKind::table: return table(a, {Format::text, style, exact});
    case AnswerKind::number:
    case AnswerKind::boolean:
    case AnswerKind::vector:
    case AnswerKind::matrix:
    case AnswerKind::expression:
    case AnswerKind::condition: return elements(a, style, exact) + "\n";
  }
  return {};
}

}  // namespace nabla::view
