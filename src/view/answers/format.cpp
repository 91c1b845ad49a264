#include "view/answers/format.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "view/answers/entries.h"

namespace nabla::view {
namespace {

std::string joined(const std::vector<std::string>& names, std::string (*spell)(const std::string&),
                   std::string_view between) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) out += (i > 0 ? std::string(between) : "") + spell(names[i]);
  return out;
}

std::string csv_head(const TableHead& head) { return joined(head.names, csv_field, ",") + "\n"; }

std::string markdown_head(const TableHead& head) {
  std::string line = "|";
  std::string rule = "|";
  for (const std::string& name : head.names) {
    line += " " + escaped_for_markdown(name) + " |";
    rule += " ---: |";
  }
  return line + "\n" + rule + "\n";
}

std::string latex_head(const TableHead& head) {
  return "\\begin{tabular}{" + std::string(head.names.size(), 'r') + "}\n" +
         joined(head.names, escaped_for_latex, " & ") + " \\\\ \\hline\n";
}

std::string json_head(const TableHead& head) {
  const auto spell = [](const std::string& s) { return quoted(s); };
  return fmt::format("{{\"line\":{},\"input\":{},\"kind\":\"table\",\"columns\":[{}],\"rows\":[", head.line,
                     quoted(head.input), joined(head.names, spell, ","));
}

std::string json_foot(Certainty c, Ending ending) {
  return fmt::format("],\"certainty\":\"{}\"{}}}\n", certainty_name(c),
                     ending == Ending::cut_off ? ",\"truncated\":true" : "");
}

std::string no_foot(Certainty, Ending) { return {}; }

constexpr auto kFormats = std::to_array<FormatRow>({
    {.format = Format::text,
     .name = "text",
     .extension = "",
     .is_data = false,
     .answer = [](const Answer& a, const Look& look) { return text(a, look.style, look.exact); },
     .head = nullptr,
     .cell = text_entry,
     .before = "",
     .between = "",
     .after = "",
     .before_next = "",
     .foot = no_foot},
    {.format = Format::csv,
     .name = "csv",
     .extension = "csv",
     .is_data = true,
     .answer = [](const Answer& a, const Look&) { return csv(a); },
     .head = csv_head,
     .cell = [](const Cell& c, Style) { return csv_entry(c); },
     .before = "",
     .between = ",",
     .after = "\n",
     .before_next = "",
     .foot = no_foot},
    {.format = Format::markdown,
     .name = "markdown",
     .extension = "md",
     .is_data = false,
     .answer = [](const Answer& a, const Look& look) { return markdown(a, look.style); },
     .head = markdown_head,
     .cell = markdown_entry,
     .before = "| ",
     .between = " | ",
     .after = " |\n",
     .before_next = "",
     .foot = no_foot},
    {.format = Format::latex,
     .name = "latex",
     .extension = "tex",
     .is_data = false,
     .answer = [](const Answer& a, const Look&) { return latex(a); },
     .head = latex_head,
     .cell = [](const Cell& c, Style) { return "$" + latex_entry(c) + "$"; },
     .before = "",
     .between = " & ",
     .after = " \\\\\n",
     .before_next = "",
     .foot = [](Certainty, Ending) { return std::string("\\end{tabular}\n"); }},
    {.format = Format::json,
     .name = "json",
     .extension = "json",
     .is_data = true,
     .answer = [](const Answer& a, const Look&) { return json(a); },
     .head = json_head,
     .cell = [](const Cell& c, Style) { return json_entry(c); },
     .before = "[",
     .between = ",",
     .after = "]",
     .before_next = ",",
     .foot = json_foot},
});

template <class Column>
const FormatRow* find(std::string_view word, Column column) {
  const auto row = std::ranges::find(kFormats, word, column);
  return row == kFormats.end() || word.empty() ? nullptr : &*row;
}

template <class Column>
std::string listed(Column column, std::string_view between) {
  std::vector<std::string_view> words;
  for (const FormatRow& row : kFormats) {
    if (!(row.*column).empty()) words.push_back(row.*column);
  }
  return fmt::format("{}", fmt::join(words, between));
}

}  // namespace

std::span<const FormatRow> formats() { return kFormats; }

const FormatRow& row_of(Format format) { return *std::ranges::find(kFormats, format, &FormatRow::format); }

const FormatRow* format_named(std::string_view name) { return find(name, &FormatRow::name); }
const FormatRow* format_of_extension(std::string_view extension) { return find(extension, &FormatRow::extension); }

std::string format_names(std::string_view between) { return listed(&FormatRow::name, between); }
std::string format_extensions(std::string_view between) { return listed(&FormatRow::extension, between); }

std::string render(const Answer& a, const Look& look) { return row_of(look.format).answer(a, look); }

}  // namespace nabla::view
