// The identities that this room and the builders of calls use, as a table for readers: help shows it, tests prove it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace nabla::algebra {

// Where an identity is applied.
enum class Use : std::uint8_t {
  always,   // when a node is built: a total identity, both sides are the same node
  display,  // by simplify: both sides are shown alike
  proof,    // by proven_equal
};

// left = right, in the language itself, over one-letter symbols: equal wherever both sides are defined.
struct Identity {
  std::string_view left;
  std::string_view right;
  std::string_view where;  // a condition under which both sides are defined; empty if they always are
  Use use;
};

// All of them, by subject.
std::span<const Identity> identities();

}  // namespace nabla::algebra
