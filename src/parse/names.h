// What the parser has to know about names: enough to tell a call from a product.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nabla::parse {

enum class NameClass {
  unknown,    // no meaning: a symbol if it looks like one (section 2 of the language)
  value,      // a value, parameter, constant or bound name: before a bracket a product
  function,   // a mathematical or user function: before a bracket a call
  operation,  // a form of calculus, before a bracket a call whose lone names after the first argument are variables
};

// The names of a session, asked by the parser. Bound names and parameters are the parser's own business.
class Names {
 public:
  virtual ~Names() = default;
  virtual NameClass classify(std::string_view name) const = 0;
  // All names that mean something, for "did you mean".
  virtual std::vector<std::string> all() const = 0;
};

}  // namespace nabla::parse
