// From muparser's steps back to terms, with the atoms and forms that the notation pass put into the canonical text.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parse/notation/items.h"
#include "parse/notation/muparser_bridge.h"
#include "parse/term.h"

namespace nabla::parse {

// Deepest nesting of terms, so that walks over terms may recurse.
inline constexpr std::uint32_t kMaxDepth = 2000;

// A term under construction, with the items it covers (its brackets included). A sum, difference or product stays open
// for further summands or factors until it becomes an operand.
struct Operand {
  Term term;                // when not open
  Head chain = Head::name;  // add, subtract or multiply: open, made of `parts`
  std::vector<Term> parts;
  std::uint32_t first = 0;  // items
  std::uint32_t last = 0;
  std::uint32_t depth = 1;
  std::uint32_t sign = 0;  // of an open difference: the item of its minus
};

// The meaning of a form call in the canonical text.
struct Form {
  enum class Kind : std::uint8_t {
    group,       // (a)
    plain,       // the term `head` of its arguments
    named,       // the same with `text`, `name` and `order`: call or prime
    comparison,  // a chain: signs[i] is between arguments i and i + 1
    partial,     // variables beside the body
    condition,   // if(c, a, b), piecewise(c1, v1, …, otherwise)
    degrees,     // a°
    raised,      // exponent, base
  };
  struct Variable {
    std::string text;
    base::Span span;
    long order = 1;
  };

  Kind kind = Kind::group;
  Head head = Head::name;
  bool own_items = true;    // first and last are set; else it covers what its arguments cover
  std::uint32_t first = 0;  // items
  std::uint32_t last = 0;
  base::Span name;
  std::string text;
  long order = 0;
  std::vector<Operand> further;  // of a named form: arguments behind those in the text, finished
  std::vector<Head> signs;
  std::vector<Variable> variables;
};

class Lifter {
 public:
  Lifter(Terms& terms, const std::vector<Item>& items) : terms_(terms), items_(items) {}

  std::vector<Operand> atoms;
  std::vector<Form> forms;

  // Appends the results of a canonical text to `out`. Its atoms and forms, the last of the lists, are removed from
  // them. Linear.
  void lift(const std::string& text, std::vector<Operand>& out);

  // Applies a form to operands.
  Operand apply(const Form& form, std::span<Operand> arguments);

  // Closes an operand to a term. Throws Error (limit) if it is nested too deeply.
  Term finish(Operand& operand);

  base::Span span(std::uint32_t first, std::uint32_t last) const {
    return {items_[first].span.begin, items_[last].span.end};
  }

 private:
  Operand binary(Step::Kind kind, Operand& left, Operand& right);
  Operand chained(Head head, Operand& left, Operand& right);
  Operand negated(Operand& operand);
  std::uint32_t minus_before(const Operand& operand) const;
  Operand closed(Head head, std::span<Operand> operands, std::uint32_t first, std::uint32_t last);
  Term comparison(const Form& form, std::span<Operand> arguments);
  Term condition(std::span<Operand> arguments, base::Span place);

  Terms& terms_;
  const std::vector<Item>& items_;
  std::vector<Step> steps_;
  std::vector<Operand> stack_;
};

}  // namespace nabla::parse
