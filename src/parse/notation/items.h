// The tokens of one expression, told apart and with their brackets matched: what the notation pass walks over.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "parse/token.h"

namespace nabla::parse {

enum class Sort : std::uint8_t {
  number,
  name,
  text,
  end,
  plus,
  minus,
  star,
  slash,
  caret,
  open_round,
  close_round,
  open_square,
  close_square,
  open_bar,
  close_bar,
  integral,      // ∫ of ∫ E dx: opens
  differential,  // its dx: closes
  comma,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  assign,
  and_,
  or_,
  not_,
  question,
  colon,
  bang,
  prime,
  percent,
  dots,
  degree,
  root,   // √ ∛ ∜, or \\root before [n]
  big,    // Σ, Π or lim with bounds; text: the operation
  arrow,  // x → 0
  nabla,
  partial,
  at,
  for_,
  in,
  word,     // another reserved word
  unknown,  // a sign that means nothing in an expression
};

struct Item {
  Sort sort = Sort::end;
  bool blank_before = false;
  std::uint32_t match = 0;  // of a bracket: the index of its partner
  base::Span span;
  std::string_view text;  // canonical
};

// Whether a name, bracket or other operand begins with it.
bool starts_operand(Sort sort);
bool opens(Sort sort);
bool closes(Sort sort);

// One of the words that can be no name: at for in … pi e inf. (Command words are reserved too; the caller knows them.)
bool is_reserved(std::string_view name);

// The items, ended by one of sort end. A bar where an operand is due opens; after an operand it closes the bar open at
// the same bracket depth, if there is one. A ∫ opens and its dx closes, unless a bracket with commas follows: that is a
// call. Throws Error (syntax) at a bracket without partner. Linear.
std::vector<Item> sort_out(std::span<const Token> tokens);

// The item after the operand-free part from `from` on: skips brackets whole, stops at `end`.
inline std::uint32_t next_item(const std::vector<Item>& items, std::uint32_t i) {
  return opens(items[i].sort) ? items[i].match + 1 : i + 1;
}

}  // namespace nabla::parse
