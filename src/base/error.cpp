#include "base/error.h"

#include <utility>

#include "base/text.h"

namespace nabla::base {

std::string_view name_of(Code code) {
  switch (code) {
    case Code::syntax: return "syntax";
    case Code::unknown_name: return "unknown_name";
    case Code::argument: return "argument";
    case Code::domain: return "domain";
    case Code::undefined: return "undefined";
    case Code::shape: return "shape";
    case Code::index: return "index";
    case Code::protected_name: return "protected_name";
    case Code::circular: return "circular";
    case Code::recursion: return "recursion";
    case Code::limit: return "limit";
    case Code::undecided: return "undecided";
    case Code::timeout: return "timeout";
    case Code::interrupted: return "interrupted";
    case Code::io: return "io";
    case Code::sandbox: return "sandbox";
    case Code::assertion: return "assertion";
    case Code::range: return "range";
    case Code::usage: return "usage";
    case Code::bug: return "bug";
  }
  return "";
}

Error::Error(Code error_code, Span place, std::string what, std::string mend, std::string meant)
    : code(error_code),
      span(place),
      message(clipped_message(std::move(what))),
      hint(clipped_message(std::move(mend))),
      suggestion(clipped_message(std::move(meant))) {}

}  // namespace nabla::base
