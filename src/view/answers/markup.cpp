// csv, markdown and latex of answer.h.
#include <fmt/format.h>

#include <algorithm>

#include "view/answers/entries.h"

namespace nabla::view {

namespace {

bool has_elements(const Answer& a) {
  switch (a.kind) {
    case AnswerKind::number:
    case AnswerKind::boolean:
    case AnswerKind::vector:
    case AnswerKind::matrix:
    case AnswerKind::expression:
    case AnswerKind::condition:
    case AnswerKind::table: return true;
    case AnswerKind::plot:
    case AnswerKind::text:
    case AnswerKind::undefined:
    case AnswerKind::error: return false;
  }
  return false;
}

// The lines of a table, cells joined and enclosed by the given signs.
std::string lines(const Answer& a, std::string_view before, std::string_view between, std::string_view after,
                  const std::function<std::string(const Cell&)>& spell) {
  std::string out;
  const std::uint32_t columns = a.kind == AnswerKind::vector ? static_cast<std::uint32_t>(a.cells.size()) : a.columns;
  for (std::size_t i = 0; i < a.cells.size(); ++i) {
    out += i % columns == 0 ? before : between;
    out += spell(a.cells[i]);
    if ((i + 1) % columns == 0) out += after;
  }
  return out;
}

// 1.5e-7 is 1.5 \cdot 10^{-7}
std::string latex_number(const std::string& decimal) {
  const auto e = decimal.find('e');
  if (decimal.ends_with("inf")) return (decimal.front() == '-' ? "-" : "") + std::string("\\infty");
  if (e == std::string::npos || decimal == "true" || decimal == "false") return decimal;
  return fmt::format("{} \\cdot 10^{{{}}}", decimal.substr(0, e), decimal.substr(e + 1));
}

}  // namespace

std::string csv_field(const std::string& s) {
  if (s.find_first_of(",\"\n") == std::string::npos) return s;
  std::string out = "\"";
  for (const char c : s) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string latex_entry(const Cell& c) {
  switch (c.content) {
    case Cell::Content::nothing: return "\\text{undefined}";
    case Cell::Content::boolean: return "\\text{" + c.decimal + "}";
    case Cell::Content::expression: return c.latex;
    case Cell::Content::number: break;
  }
  if (c.certainty == Certainty::estimated) return "\\approx " + latex_number(c.decimal);
  return c.latex.empty() ? latex_number(c.decimal) : c.latex;
}

std::string escaped_for_latex(const std::string& s) {
  std::string out;
  for (const char c : s) {
    switch (c) {
      case '\\': out += "\\textbackslash{}"; break;
      case '^': out += "\\textasciicircum{}"; break;
      case '~': out += "\\textasciitilde{}"; break;
      case '&':
      case '%':
      case '$':
      case '#':
      case '_':
      case '{':
      case '}': out += '\\'; [[fallthrough]];
      default: out += c;
    }
  }
  return out;
}

std::string escaped_for_markdown(std::string_view s) {
  std::string out;
  for (const char c : s) out += c == '|' ? std::string("\\|") : std::string(1, c);
  return out;
}

std::string csv_entry(const Cell& c) {
  if (c.content == Cell::Content::nothing) return {};
  return c.content == Cell::Content::expression ? csv_field(c.plain) : c.decimal;
}

std::string markdown_entry(const Cell& c, Style style) {
  return c.content == Cell::Content::expression ? "$" + c.latex + "$" : text_entry(c, style);
}

std::string csv(const Answer& a) {
  if (a.kind == AnswerKind::undefined) return csv_field(undefined_text(a)) + "\n";
  if (!has_elements(a)) return text(a, Style::plain, Exact::off);
  if (a.kind == AnswerKind::table) return table(a, {Format::csv, Style::plain, Exact::off});
  return lines(a, "", ",", "\n", csv_entry);
}

std::string markdown(const Answer& a, Style style) {
  if (a.kind == AnswerKind::table) return table(a, {Format::markdown, style, Exact::off});
  if (a.kind == AnswerKind::plot || (a.kind == AnswerKind::text && a.content.find('\n') != std::string::npos)) {
    return "```\n" + text(a, style, Exact::on) + "```\n";
  }
  const bool formula = has_elements(a) && std::any_of(a.cells.begin(), a.cells.end(), [](const Cell& c) {
                         return c.content == Cell::Content::expression;
                       });
  if (!formula) return text(a, style, Exact::on);
  std::string formulas = latex(a);
  formulas.pop_back();
  return "$" + formulas + "$\n";
}

std::string latex(const Answer& a) {
  if (a.kind == AnswerKind::table) return table(a, {Format::latex, Style::plain, Exact::off});
  if (a.kind == AnswerKind::undefined) return "\\text{" + escaped_for_latex(undefined_text(a)) + "}\n";
  if (a.kind == AnswerKind::text) return escaped_for_latex(text(a, Style::plain, Exact::on));
  if (a.kind == AnswerKind::plot) return "\\begin{verbatim}\n" + text(a, Style::plain, Exact::on) + "\\end{verbatim}\n";
  if (!has_elements(a)) return {};
  if (a.kind != AnswerKind::vector && a.kind != AnswerKind::matrix) return latex_entry(a.cells.front()) + "\n";
  const std::string mark = a.certainty == Certainty::estimated ? "\\approx " : "";
  const auto spell = [](const Cell& c) { return c.latex.empty() ? latex_number(c.decimal) : c.latex; };
  const std::string_view after = a.kind == AnswerKind::vector ? " \\\\ " : " & ";
  std::string body;
  if (a.kind == AnswerKind::vector) {
    for (const Cell& c : a.cells) body += (body.empty() ? std::string() : std::string(after)) + spell(c);
  } else {
    body = lines(a, "", after, " \\\\ ", spell);
    if (!body.empty()) body.resize(body.size() - 4);
  }
  return mark + "\\begin{pmatrix} " + body + " \\end{pmatrix}\n";
}

}  // namespace nabla::view
