// Parses canonical text with muparser and returns its bytecode as steps. Only this file uses muparser.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace nabla::parse {

// One step in reverse Polish order: takes its operands from a stack and pushes one result.
struct Step {
  enum class Kind : std::uint8_t {
    atom,  // index: the atom <index>
    form,  // index: the form <index>; operands: its number of arguments, at least one
    negate,
    add,
    subtract,
    multiply,
    divide,
    power,
    less,
    less_equal,
    greater,
    greater_equal,
    equal,
    not_equal,
    and_,
    or_,
    select,  // condition, then, otherwise
  };
  Kind kind = Kind::atom;
  std::uint32_t index = 0;
  std::uint32_t operands = 0;
};

// The longest canonical text that muparser accepts.
inline constexpr std::size_t kMaxCanonicalText = 19'900;
// The highest number of atoms, and of forms, of one text.
inline constexpr std::uint32_t kMaxNames = 1u << 16;

// The name of a form and its bracket: "_d(". The first character distinguishes it from an atom, and muparser does not
// compare a name that begins with _ with every operator first.
std::string form_opening(std::uint32_t form);

// Canonical text has atoms 0, 1, …, which are numbers to muparser, forms _a(…), _b(…), …, the operators + - * / ^ < <=
// > >= == != && || ?: , a single leading minus, round brackets, and commas between results; no blanks. Form numbers are
// below `forms`. Fills `steps`, returns the number of results. Each thread makes one parser when first needed (9 µs)
// and keeps it. About 12 µs for a typical line, linear in the length of short texts. Throws Error (syntax) if muparser
// refuses the text.
std::size_t run_muparser(const std::string& text, std::uint32_t forms, std::vector<Step>& steps);

}  // namespace nabla::parse
