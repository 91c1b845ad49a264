#include "parse/term.h"

#include <utility>

namespace nabla::parse {

void Terms::reserve(std::size_t tokens) {
  nodes_.reserve(tokens);
  children_.reserve(tokens);
  texts_.reserve(tokens / 2);
  numbers_.reserve(tokens / 2);
}

Term Terms::make(Head head, base::Span span, std::span<const Term> children) {
  const auto id = static_cast<std::uint32_t>(nodes_.size());
  Node node;
  node.head = head;
  node.span = span;
  node.first = static_cast<std::uint32_t>(children_.size());
  node.count = static_cast<std::uint32_t>(children.size());
  for (const auto child : children) children_.push_back(child.id());
  nodes_.push_back(node);
  return {*this, id};
}

Term Terms::make_number(base::Span span, number::Rational value) {
  const auto t = make(Head::number, span);
  nodes_.back().number = static_cast<std::uint32_t>(numbers_.size());
  numbers_.push_back(std::move(value));
  return t;
}

Term Terms::make_named(Head head, base::Span span, base::Span name_span, std::string_view text,
                       std::span<const Term> children, number::Rational number) {
  const auto t = make(head, span, children);
  auto& node = nodes_.back();
  node.name_span = name_span;
  node.text = static_cast<std::uint32_t>(texts_.size());
  texts_.emplace_back(text);
  node.number = static_cast<std::uint32_t>(numbers_.size());
  numbers_.push_back(std::move(number));
  return t;
}

}  // namespace nabla::parse
