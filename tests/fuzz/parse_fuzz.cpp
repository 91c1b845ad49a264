// libFuzzer target: any bytes are read as a statement or refused with an error inside the text.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "parse/statement.h"

namespace {

// sin and f are functions, sum and ode operations, a and y values.
class FewNames : public nabla::parse::Names {
 public:
  nabla::parse::NameClass classify(std::string_view name) const override {
    using nabla::parse::NameClass;
    if (name == "sin" || name == "asin" || name == "f") return NameClass::function;
    if (name == "sum" || name == "ode" || name == "integrate") return NameClass::operation;
    if (name == "a" || name == "y" || name == "pi" || name == "e") return NameClass::value;
    return NameClass::unknown;
  }
  std::vector<std::string> all() const override {
    return {"sin", "asin", "f", "sum", "ode", "integrate", "a", "y", "pi"};
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const FewNames names;
  static constexpr std::array<std::string_view, 3> kCommands{"table", "plot", "help"};
  const std::string_view script(reinterpret_cast<const char*>(data), size);
  nabla::parse::StatementReader reader;
  std::vector<nabla::parse::StatementReader::Piece> pieces;
  for (std::size_t at = 0; at < script.size();) {
    const auto end = std::min(script.find('\n', at), script.size());
    reader.feed(script.substr(at, end - at), pieces);
    at = end + 1;
  }
  reader.finish(pieces);
  for (const auto& piece : pieces) {
    try {
      nabla::parse::parse_statement(piece.text, names, kCommands);
    } catch (const nabla::base::Error& e) {
      if (e.span.begin > piece.text.size() || e.span.end > piece.text.size()) std::abort();
      // Said of what muparser refuses though the notation pass let it through; some messages begin with the text
      // itself.
      constexpr std::string_view kRefused = "this cannot be read";
      if (e.message.starts_with(kRefused) && piece.text.find(kRefused) == std::string::npos) std::abort();
    }
  }
  return 0;
}
