// Terms: the syntax tree of a text, before names have a meaning, with the place of every part.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "number/rational.h"

namespace nabla::parse {

enum class Head : std::uint8_t {
  number,     // number()
  name,       // text(): a name alone
  call,       // text(): the function, operation or user function called; children: arguments
  negate,     // a
  add,        // two or more: n-ary, left to right
  subtract,   // a, b
  multiply,   // two or more: n-ary, left to right
  divide,     // a, b
  power,      // a, b
  factorial,  // a
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,  // a, b (a chain is an and_ of these)
  and_,
  or_,            // a, b
  not_,           // a
  select,         // condition, then, otherwise; piecewise nests; no `otherwise` means undefined there
  bars,           // |a|: absolute value or norm
  vector,         // elements; a matrix is a vector of vectors
  index,          // v, i [, j]
  comprehension,  // body, name, lo, hi: [body for name in lo..hi]
  at,             // body, then name, value, name, value, …
  prime,          // text(): a function name, number(): the order; children: the arguments, or none for bare f'
  partial,        // body, then name, order, name, order …: d/dx E, ∂²/∂x∂y E
  equation,       // L = R, where an equation is allowed
  previous,       // number(): %3; ans is 0
};

class Terms;

// A node of a Terms arena; copied like a pointer.
class Term {
 public:
  Term() = default;
  Term(const Terms& arena, std::uint32_t id) : arena_(&arena), id_(id) {}

  explicit operator bool() const { return arena_ != nullptr; }
  inline Head head() const;
  inline base::Span span() const;       // in the text of the statement
  inline base::Span name_span() const;  // of the name alone, for calls and primes
  inline std::size_t size() const;      // number of children
  inline Term operator[](std::size_t i) const;
  inline const std::string& text() const;
  inline const number::Rational& number() const;
  bool is_name() const { return head() == Head::name; }
  const Terms& arena() const { return *arena_; }
  std::uint32_t id() const { return id_; }

 private:
  const Terms* arena_ = nullptr;
  std::uint32_t id_ = 0;
};

// The nodes of one statement. A definition keeps its arena alive.
class Terms {
 public:
  Terms() = default;
  Terms(const Terms&) = delete;
  Terms& operator=(const Terms&) = delete;

  void reserve(std::size_t tokens);  // the number of tokens to come
  Term make(Head head, base::Span span, std::span<const Term> children = {});
  Term make(Head head, base::Span span, std::initializer_list<Term> children) {
    return make(head, span, std::span(children.begin(), children.size()));
  }
  Term make_number(base::Span span, number::Rational value);
  // Head name, call or prime.
  Term make_named(Head head, base::Span span, base::Span name_span, std::string_view text,
                  std::span<const Term> children = {}, number::Rational number = {});
  std::size_t size() const { return nodes_.size(); }

 private:
  friend class Term;
  struct Node {
    Head head = Head::number;
    base::Span span;
    base::Span name_span;
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    std::uint32_t text = 0;
    std::uint32_t number = 0;
  };
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> children_;
  std::vector<std::string> texts_;
  std::vector<number::Rational> numbers_;
};

inline Head Term::head() const { return arena_->nodes_[id_].head; }
inline base::Span Term::span() const { return arena_->nodes_[id_].span; }
inline base::Span Term::name_span() const { return arena_->nodes_[id_].name_span; }
inline std::size_t Term::size() const { return arena_->nodes_[id_].count; }
inline Term Term::operator[](std::size_t i) const {
  return {*arena_, arena_->children_[arena_->nodes_[id_].first + i]};
}
inline const std::string& Term::text() const { return arena_->texts_[arena_->nodes_[id_].text]; }
inline const number::Rational& Term::number() const { return arena_->numbers_[arena_->nodes_[id_].number]; }

}  // namespace nabla::parse
