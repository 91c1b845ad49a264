#include "calc/steps/rule_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "expr/rows.h"
#include "expr/write/layout.h"

namespace nabla::calc {
namespace {

using expr::Kind;

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

// The parts of a formula: runs of letters, and every other character on its own.
std::vector<std::string_view> parts_of(std::string_view formula) {
  std::vector<std::string_view> parts;
  for (std::size_t i = 0; i < formula.size();) {
    std::size_t end = i + 1;
    if (is_letter(formula[i])) {
      while (end < formula.size() && is_letter(formula[end])) ++end;
    } else {
      while (end < formula.size() && (static_cast<unsigned char>(formula[end]) & 0xC0) == 0x80) ++end;
    }
    parts.push_back(formula.substr(i, end - i));
    i = end;
  }
  return parts;
}

}  // namespace

std::string Board::symbol(std::string_view sign) const {
  if (style_ == expr::Style::plain && sign == "·") return "*";
  return std::string(sign);
}

std::string Board::in_place(Expr e, Place place) const {
  const expr::Layout layout(g_, e);
  const Kind kind = g_.kind(e);
  const bool is_loose = kind == Kind::sum || kind == Kind::select || kind == Kind::compare || kind == Kind::logic;
  const expr::Fraction fraction = layout.fraction(e);
  bool brackets = false;
  switch (place) {
    case Place::alone: break;
    case Place::term: brackets = is_loose || layout.is_negative(e); break;
    case Place::first_factor: brackets = is_loose || fraction.has_bar(); break;
    case Place::factor: brackets = is_loose || layout.is_negative(e) || fraction.has_bar(); break;
    case Place::over_bar: brackets = is_loose || fraction.has_bar(); break;
    case Place::under_bar:
      brackets = is_loose || fraction.negative || fraction.has_bar() || fraction.parts_over() > 1;
      break;
    case Place::base:
    case Place::radicand: {
      const bool named = kind == Kind::call && g_.function(e).notation != expr::Notation::exponential;
      brackets = !(kind == Kind::symbol || kind == Kind::bound || named ||
                   (g_.is_number(e) && g_.number(e).is_integer() && g_.number(e).sign() >= 0));
      break;
    }
  }
  return brackets ? "(" + text(e) + ")" : text(e);
}

std::string Board::fill(std::string_view formula, const std::vector<Letter>& letters, bool values) const {
  const std::vector<std::string_view> parts = parts_of(formula);
  const auto neighbour = [&parts](std::size_t i, int step) -> std::string_view {
    for (auto k = static_cast<std::ptrdiff_t>(i) + step; k >= 0 && k < static_cast<std::ptrdiff_t>(parts.size());
         k += step) {
      if (parts[static_cast<std::size_t>(k)] != " ") return parts[static_cast<std::size_t>(k)];
    }
    return "";
  };
  std::string result;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto letter = std::ranges::find_if(
        letters, [&](const Letter& l) { return parts[i].size() == 1 && parts[i][0] == l.in_formula; });
    if (parts[i] == "√") {
      result += style_ == expr::Style::unicode ? "√" : "sqrt";
      continue;
    }
    if (letter == letters.end()) {
      const bool squared = parts[i] == "^" && i + 1 < parts.size() && parts[i + 1] == "2";
      if (squared && style_ == expr::Style::unicode) {
        result += "²";
        ++i;
      } else {
        result += symbol(parts[i]);
      }
      continue;
    }
    const std::string_view before = neighbour(i, -1);
    const bool primed = i + 1 < parts.size() && parts[i + 1] == "'";
    if (!values) {
      const bool radicand = before == "√" && style_ == expr::Style::plain;
      result += radicand ? "(" + letter->name + ")" : letter->name;
      continue;
    }
    const std::string_view after = neighbour(primed ? i + 1 : i, 1);
    const Expr e = primed ? letter->slope.value() : letter->value;
    if (primed) ++i;
    Place place = Place::alone;
    if (before == "√") {
      place = Place::radicand;
    } else if (after == "^" || before == "^") {
      place = Place::base;
    } else if (before == "/") {
      place = Place::under_bar;
    } else if (after == "/" && before != "·") {
      place = Place::over_bar;
    } else if (before == "·" || after == "·" || after == "/") {
      place = before.empty() ? Place::first_factor : Place::factor;
    } else if (before == "+" || before == "-") {
      place = Place::term;
    }
    const std::string written = in_place(e, place);
    const bool bare = place == Place::radicand && style_ == expr::Style::plain && !written.starts_with('(');
    result += bare ? "(" + written + ")" : written;
  }
  return result;
}

std::string Board::named(std::string_view formula, const std::vector<Letter>& letters) const {
  return fill(formula, letters, false);
}

std::string Board::filled(std::string_view formula, const std::vector<Letter>& letters) const {
  return fill(formula, letters, true);
}

std::string Board::joined(const std::vector<Expr>& terms) const {
  std::string sum;
  for (Expr e : terms) {
    add_term(sum, g_.kind(e) == Kind::sum && !sum.empty() ? in_place(e, Place::term) : text(e));
  }
  return sum;
}

void Board::add_term(std::string& sum, std::string_view term) {
  if (sum.empty()) {
    sum = term;
  } else if (term.starts_with('-')) {
    sum += fmt::format(" - {}", term.substr(1));
  } else {
    sum += fmt::format(" + {}", term);
  }
}

std::string Board::product(Expr a, Expr b) const {
  return in_place(a, Place::first_factor) + symbol("·") + in_place(b, Place::factor);
}

}  // namespace nabla::calc
