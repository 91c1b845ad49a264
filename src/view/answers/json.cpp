// json of answer.h: one object a line. Written by hand, since numbers keep their printed digits, which JSON libraries
// that store doubles lose.
#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>

#include "view/answers/entries.h"

namespace nabla::view {

// In quotes, escaped; bytes that are not UTF-8 become U+FFFD.
std::string quoted(std::string_view s) {
  std::string out = "\"";
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(s.data());
  for (std::size_t i = 0; i < s.size();) {
    const char byte = s[i];
    if (static_cast<unsigned char>(byte) >= 0x80) {
      utf8proc_int32_t c = 0;
      const utf8proc_ssize_t used = utf8proc_iterate(bytes + i, static_cast<utf8proc_ssize_t>(s.size() - i), &c);
      if (used > 0 && c < 0xa0) {
        out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
      } else {
        out += used > 0 ? s.substr(i, static_cast<std::size_t>(used)) : std::string_view("\uFFFD");
      }
      i += static_cast<std::size_t>(std::max<utf8proc_ssize_t>(used, 1));
      continue;
    }
    ++i;
    switch (byte) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\t': out += "\\t"; break;
      case '\r': out += "\\r"; break;
      default:
        if (static_cast<unsigned char>(byte) < 0x20 || byte == 0x7f) {
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(byte));
        } else {
          out += byte;
        }
    }
  }
  return out + "\"";
}

std::string json_entry(const Cell& c) {
  switch (c.content) {
    case Cell::Content::number: return c.decimal.ends_with("inf") ? quoted(c.decimal) : c.decimal;
    case Cell::Content::boolean: return c.decimal;
    case Cell::Content::expression: return quoted(c.plain);
    case Cell::Content::nothing: return "null";
  }
  return {};
}

std::string_view certainty_name(Certainty c) {
  switch (c) {
    case Certainty::exact: return "exact";
    case Certainty::proven: return "proven";
    case Certainty::estimated: return "estimated";
  }
  return {};
}

namespace {

std::string list(const std::vector<std::string>& items) {
  std::string out = "[";
  for (const std::string& item : items) out += (out.size() > 1 ? "," : "") + item;
  return out + "]";
}

std::string list_of_texts(const std::vector<std::string>& texts) {
  std::vector<std::string> items;
  for (const std::string& t : texts) items.push_back(quoted(t));
  return list(items);
}

std::string list_of_values(const Answer& a, std::size_t first, std::size_t count) {
  std::vector<std::string> items;
  for (std::size_t i = first; i < first + count; ++i) items.push_back(json_entry(a.cells[i]));
  return list(items);
}

std::string list_of_rows(const Answer& a) {
  std::vector<std::string> items;
  for (std::uint32_t r = 0; r < a.rows; ++r) items.push_back(list_of_values(a, std::size_t{r} * a.columns, a.columns));
  return list(items);
}

}  // namespace

std::string json(const Answer& a) {
  std::string out = fmt::format("{{\"line\":{},\"input\":{},\"kind\":\"{}\"", a.line, quoted(a.input), name_of(a.kind));
  const auto field = [&](std::string_view name, std::string_view written) {
    out += fmt::format(",\"{}\":{}", name, written);
  };
  const auto text_field = [&](std::string_view name, const std::string& content) {
    if (!content.empty()) field(name, quoted(content));
  };
  bool certain = true;
  switch (a.kind) {
    case AnswerKind::number:
    case AnswerKind::boolean:
    case AnswerKind::expression:
    case AnswerKind::condition: {
      const Cell& c = a.cells.front();
      field("value", json_entry(c));
      if (c.content == Cell::Content::expression) {
        text_field("latex", c.latex);
      } else {
        text_field("exact", c.plain);
      }
      break;
    }
    case AnswerKind::vector: field("value", list_of_values(a, 0, a.cells.size())); break;
    case AnswerKind::matrix: field("value", list_of_rows(a)); break;
    case AnswerKind::table: return table(a, {Format::json, Style::plain, Exact::off});
    case AnswerKind::plot:
    case AnswerKind::text:
      field("value", quoted(a.content.ends_with('\n') ? a.content.substr(0, a.content.size() - 1) : a.content));
      certain = false;
      break;
    case AnswerKind::undefined:
      field("message", quoted(a.message));
      text_field("left", a.left);
      text_field("right", a.right);
      certain = false;
      break;
    case AnswerKind::error:
      field("code", quoted(a.code));
      field("message", quoted(a.message));
      if (a.column > 0) field("column", std::to_string(a.column));
      text_field("suggestion", a.suggestion);
      certain = false;
      break;
  }
  if (!a.conditions.empty()) {
    std::vector<std::string> conditions;
    for (const Spelling& c : a.conditions) conditions.push_back(c.plain);
    field("conditions", list_of_texts(conditions));
  }
  if (certain) field("certainty", quoted(certainty_name(a.certainty)));
  return out + "}\n";
}

}  // namespace nabla::view
