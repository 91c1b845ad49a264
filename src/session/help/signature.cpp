#include "session/help/signature.h"

#include <fmt/format.h>

#include <algorithm>

namespace nabla::session {

namespace {

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + separator.size(), text.size()));
  }
  return out;
}

}  // namespace

std::string call_of(const expr::Function& f) {
  if (f.parameters.empty()) return std::string(f.name);
  std::string written;
  std::string ends;
  for (const std::string_view parameter : split(f.parameters, ", ")) {
    const std::string_view comma = written.empty() ? "" : ", ";
    if (const std::size_t mark = parameter.find('?'); mark != std::string_view::npos) {
      written += fmt::format("[{}{}{}", comma, parameter.substr(0, mark), parameter.substr(mark + 1));
      ends += ']';
    } else if (parameter.ends_with("...")) {
      written += fmt::format("{}{}, …", comma, parameter.substr(0, parameter.size() - 3));
    } else {
      written += fmt::format("{}{}", comma, parameter);
    }
  }
  return fmt::format("{}({}{})", f.name, written, ends);
}

std::vector<std::string_view> forms_of(const expr::Operation& o) { return split(o.signature, " | "); }

bool can_be_typed(const expr::Operation& o) {
  return o.signature != expr::kNone && o.signature.find('(') != std::string_view::npos;
}

std::string by_parameter(const expr::Function& f, std::string_view column) {
  if (column.empty() || column == expr::kNone) return {};
  const auto parameters = split(f.parameters, ", ");
  if (parameters.size() < 2) return std::string(column);
  std::string out;
  std::size_t i = 0;
  for (const std::string_view part : split(column, "; ")) {
    const std::string_view parameter = parameters[std::min(i++, parameters.size() - 1)];
    if (part == expr::kNone) continue;
    out += fmt::format("{}by {}: {}", out.empty() ? "" : "; ", parameter.substr(0, parameter.find('?')), part);
  }
  return out;
}

}  // namespace nabla::session
