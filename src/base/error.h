// The errors of a statement, as they are reported to the user.
#pragma once

#include <exception>
#include <string>
#include <string_view>

#include "base/span.h"

namespace nabla::base {

// Every error has one of these codes; `name_of` gives its word in JSON output. tests/errors has one transcript for each
// code.
enum class Code {
  syntax,        // the text is no statement
  unknown_name,  // a name without a meaning
  argument,      // wrong number or kind of arguments
  domain,        // outside the domain of a function: 1/0, ln(-1)
  undefined,     // the question has no answer: exit status 3
  shape,         // vectors and matrices of sizes that do not fit
  index,         // an element outside a vector or matrix
  protected_name,
  circular,   // a value defined by itself
  recursion,  // calls nested too deeply
  limit,      // more work, memory or precision than one statement may use
  undecided,  // neither proven nor refuted within the limits
  timeout,
  interrupted,
  io,
  sandbox,
  assertion,
  range,  // an empty, reversed or endless range
  usage,  // the command line itself
  bug,    // an exception that nobody foresaw
};

std::string_view name_of(Code code);

// Thrown wherever a statement cannot be answered; caught in one place, where statements are run.
// `message` says what is wrong, `hint` what to do about it ("write sin(x)"), `suggestion` is the name that was meant.
// `left` and `right` are the one-sided answers where the two-sided one is undefined.
struct Error : std::exception {
  Code code = Code::syntax;
  Span span;
  std::string message;
  std::string hint;
  std::string suggestion;
  std::string left;
  std::string right;

  Error(Code code, Span span, std::string message, std::string hint = {}, std::string suggestion = {});
  const char* what() const noexcept override { return message.c_str(); }
};

// A remark on a valid answer: a reading of the input that may surprise, a condition.
struct Note {
  Span span;
  std::string text;
};

}  // namespace nabla::base
