// What the parser has to know about names, to distinguish a call from a product.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nabla::parse {

enum class NameClass {
  unknown,    // no meaning: a symbol if it looks like one (one letter, subscripted, Greek)
  value,      // a value, parameter, constant or bound name; followed by a bracket, a product
  function,   // a mathematical or user function; followed by a bracket, a call
  operation,  // an operation; followed by a bracket, a call whose lone names after the first argument are variables
};

// The names of a session, queried by the parser. Bound names and parameters are kept by the parser itself.
class Names {
 public:
  virtual ~Names() = default;
  virtual NameClass classify(std::string_view name) const = 0;
  // All names with a meaning, for "did you mean".
  virtual std::vector<std::string> all() const = 0;
  // A letter without a value that the value of this name contains; "" if it is a number or no value.
  virtual std::string free_letter(std::string_view) const { return {}; }
};

// Whether a name without a value is a symbol by its looks: one letter, a letter with a subscript or digits, Greek.
bool looks_like_symbol(std::string_view name);

}  // namespace nabla::parse
