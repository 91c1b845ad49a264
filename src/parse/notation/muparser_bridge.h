// muparser reads canonical text; its bytecode comes back as steps. Nothing else here knows muparser.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace nabla::parse {

// One step of a program in reverse Polish order: it takes its operands from a stack and puts back one result.
struct Step {
  enum class Kind : std::uint8_t {
    atom,  // index: the atom <index>
    form,  // index: the form <index>; operands: how many arguments, one at least
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

// The longest canonical text muparser takes.
inline constexpr std::size_t kMaxCanonicalText = 19'900;
// The highest number of atoms, and of forms, of one text.
inline constexpr std::uint32_t kMaxNames = 1u << 16;

// The name of a form and its bracket: "_d(". Names without digits are told from atoms at the first character, and one
// that begins with _ is not compared with every operator first.
std::string form_opening(std::uint32_t form);

// Canonical text has atoms 0, 1, …, which are numbers to muparser, forms _a(…), _b(…), …, the operators
// + - * / ^ < <= > >= == != && || ?: , a single leading minus, round brackets, and commas between results; no blanks.
// `forms` bounds the numbers of forms that occur. Fills `steps`, gives the number of results. One parser a thread is
// made when first needed (9 µs) and kept. About 12 µs for a typical line, linear in the length of short texts. Throws
// Error (syntax) if muparser refuses the text.
std::size_t run_muparser(const std::string& text, std::uint32_t forms, std::vector<Step>& steps);

}  // namespace nabla::parse
