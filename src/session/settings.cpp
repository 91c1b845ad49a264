#include "session/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/error.h"
#include "parse/suggest.h"
#include "view/answers/format.h"

namespace nabla::session {

namespace {

using base::Code;
using base::Error;
using view::Exact;
using view::Style;

constexpr std::string_view kStyles = "unicode plain";
constexpr std::string_view kColors = "auto always never";
constexpr std::string_view kExact = "on off only";
constexpr std::string_view kSwitch = "on off";

// The words of a blank-separated list.
std::vector<std::string> words(std::string_view list) {
  std::vector<std::string> out;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    out.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return out;
}

// The n-th word of a list is the name of the n-th value of an enumeration, and the other way round.
template <class Enumeration>
std::string word_of(std::string_view list, Enumeration value) {
  return words(list).at(static_cast<std::size_t>(value));
}
template <class Enumeration>
Enumeration value_of(std::string_view list, std::string_view word) {
  const std::vector<std::string> all = words(list);
  return static_cast<Enumeration>(std::ranges::find(all, word) - all.begin());
}

const std::string kFormats = view::format_names(" ");

const auto kRows = std::to_array<SettingRow>({
    {"digits", "", "significant digits of a number that is not exact", 1, 1000,
     [](const Settings& s) { return std::to_string(s.digits); },
     [](Settings& s, std::string_view, long n) { s.digits = static_cast<int>(n); }},
    {"format", kFormats, "how answers are written", 0, 0,
     [](const Settings& s) { return std::string(view::row_of(s.look.format).name); },
     [](Settings& s, std::string_view v, long) { s.look.format = view::format_named(v)->format; }},
    {"style", kStyles, "x²·√y or x^2*sqrt(y)", 0, 0, [](const Settings& s) { return word_of(kStyles, s.look.style); },
     [](Settings& s, std::string_view v, long) { s.look.style = value_of<Style>(kStyles, v); }},
    {"exact", kExact, "closed forms of numbers in unicode style: shown, not shown, shown alone", 0, 0,
     [](const Settings& s) { return word_of(kExact, s.look.exact); },
     [](Settings& s, std::string_view v, long) { s.look.exact = value_of<Exact>(kExact, v); }},
    {"color", kColors, "colours at the prompt and in plots", 0, 0,
     [](const Settings& s) { return word_of(kColors, s.color); },
     [](Settings& s, std::string_view v, long) { s.color = value_of<Color>(kColors, v); }},
    {"width", "", "columns of plots and tables; 0: as wide as the terminal", 0, 1000,
     [](const Settings& s) { return std::to_string(s.width); },
     [](Settings& s, std::string_view, long n) { s.width = static_cast<int>(n); }},
    {"height", "", "lines of plots; 0: fitting the width", 0, 1000,
     [](const Settings& s) { return std::to_string(s.height); },
     [](Settings& s, std::string_view, long n) { s.height = static_cast<int>(n); }},
    {"size", "", "width of a picture in pixels", 50, 10000, [](const Settings& s) { return std::to_string(s.size); },
     [](Settings& s, std::string_view, long n) { s.size = static_cast<int>(n); }},
    {"dpi", "", "pixels of a picture per inch", 30, 1200, [](const Settings& s) { return std::to_string(s.dpi); },
     [](Settings& s, std::string_view, long n) { s.dpi = static_cast<int>(n); }},
    {"preview", kSwitch, "the answer shown in grey while a line is typed", 0, 0,
     [](const Settings& s) { return std::string(s.preview ? "on" : "off"); },
     [](Settings& s, std::string_view v, long) { s.preview = v == "on"; }},
});

}  // namespace

std::span<const SettingRow> setting_rows() { return kRows; }

void change_setting(Settings& settings, std::string_view name, std::string_view value) {
  const auto row = std::ranges::find(kRows, name, &SettingRow::name);
  if (row == kRows.end()) {
    std::vector<std::string> names;
    for (const SettingRow& r : kRows) names.emplace_back(r.name);
    throw Error(Code::argument, {}, fmt::format("there is no setting '{}'", name),
                fmt::format("the settings are {}", fmt::join(names, ", ")), parse::closest_name(name, names));
  }
  long number = 0;
  if (row->choices.empty()) {
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size() || number < row->lowest || number > row->highest) {
      throw Error(Code::argument, {},
                  fmt::format("{} is a whole number from {} to {}, not '{}'", name, row->lowest, row->highest, value));
    }
  } else if (const auto choices = words(row->choices); std::ranges::find(choices, value) == choices.end()) {
    throw Error(Code::argument, {}, fmt::format("{} is one of {}, not '{}'", name, fmt::join(choices, ", "), value), "",
                parse::closest_name(value, choices));
  }
  row->set(settings, value, number);
}

}  // namespace nabla::session
