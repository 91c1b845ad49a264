#include "view/answers/answer.h"

#include "view/answers/entries.h"

namespace nabla::view {

std::string_view name_of(AnswerKind kind) {
  switch (kind) {
    case AnswerKind::number: return "number";
    case AnswerKind::boolean: return "boolean";
    case AnswerKind::vector: return "vector";
    case AnswerKind::matrix: return "matrix";
    case AnswerKind::expression: return "expression";
    case AnswerKind::condition: return "condition";
    case AnswerKind::table: return "table";
    case AnswerKind::plot: return "plot";
    case AnswerKind::text: return "text";
    case AnswerKind::undefined: return "undefined";
    case AnswerKind::error: return "error";
  }
  return "";
}

std::string bracketed(const Answer& a, const std::function<std::string(const Cell&)>& spell) {
  const auto row = [&](std::size_t first, std::size_t count) {
    std::string out = "[";
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) out += ", ";
      out += spell(a.cells[first + i]);
    }
    return out + "]";
  };
  if (a.kind != AnswerKind::matrix) return row(0, a.cells.size());
  std::string out = "[";
  for (std::uint32_t r = 0; r < a.rows; ++r) {
    if (r > 0) out += ", ";
    out += row(std::size_t{r} * a.columns, a.columns);
  }
  return out + "]";
}

std::string undefined_text(const Answer& a) {
  std::string out = "undefined: " + a.message;
  if (!a.left.empty() && !a.right.empty()) {
    out += " (left " + a.left + ", right " + a.right + ")";
  } else if (!a.left.empty() || !a.right.empty()) {
    out += a.left.empty() ? " (right " + a.right + ")" : " (left " + a.left + ")";
  }
  return out;
}

}  // namespace nabla::view
