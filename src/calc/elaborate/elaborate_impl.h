// The state of one elaboration, shared by the files elaborate*.cpp.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "calc/elaborate/elaborate.h"

namespace nabla::calc {

using Names = std::unordered_map<std::string, std::vector<Value>>;

// A call of a user function that is being expanded.
struct ActiveCall {
  const Definition* function = nullptr;
  std::vector<Value> arguments;
  int undecided = 0;  // conditions open when it began
};

// Thrown by a recursive call that cannot be expanded, caught by the outermost call of that function, which becomes an
// apply node.
struct NeedsInstance {
  const Definition* function;
};

struct Elaborator::Impl {
  // Variables of operations, innermost last; visible to the functions called inside.
  Names variables;
  // Parameters of the function whose body is being elaborated.
  Names parameters;
  // The names whose value was looked up among the variables since the innermost "at" began.
  std::set<std::string, std::less<>> looked_up;
  // Changes with every set of visible variables, on which results depend.
  std::uint64_t scope = 0;
  std::uint64_t scopes = 0;

  std::vector<Span> places;  // by node id
  Span call_place;           // while a definition's body is elaborated: the place of the call
  bool in_body = false;

  std::vector<ActiveCall> active;
  int undecided = 0;  // conditions around the current term that are not decided
  int depth = 0;

  using CallKey = std::pair<std::uint64_t, std::vector<std::uint32_t>>;  // scope; argument ids and shapes
  std::map<std::pair<const Definition*, CallKey>, Value> results;
  std::map<std::pair<const Definition*, CallKey>, expr::Recursive*> instances;

  // The free symbols of instances, which calls pass after their own arguments.
  std::unordered_map<const expr::Recursive*, std::vector<Expr>> lifted;

  // Values of definitions and answers, by their address: imported once a statement and scope.
  std::map<std::pair<const Value*, std::uint64_t>, Value> imported;

  CallKey key_of(const std::vector<Value>& arguments) const;
  CallKey shape_key_of(const std::vector<Value>& arguments) const;
};

}  // namespace nabla::calc
