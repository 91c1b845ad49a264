// Commands of the form `E1, E2 for RANGE, RANGE … as FILE`: splitting and elaborating their parts.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "calc/elaborate/range.h"
#include "session/command.h"
#include "session/workspace.h"

namespace nabla::session {

using Tokens = std::span<const parse::Token>;

// Splits tokens at top-level commas. Throws Error (syntax) if a part is empty.
std::vector<Tokens> split_at_commas(Tokens tokens);

// The file name after the word `as`: a run of non-blanks or "…".
struct FileName {
  std::string path;
  base::Span span;
};

class Ranged {
 public:
  // Reads `ranges` and binds their names to fresh symbols for its lifetime.
  Ranged(Invocation& call, Workspace& work, std::vector<calc::RangeText> ranges);

  const std::vector<calc::Range>& ranges() const { return ranges_; }
  expr::Expr symbol(std::size_t range) const { return symbols_[range]; }
  Workspace& work() { return work_; }

  parse::Term term(Tokens part, bool allow_equation = false);
  expr::Value value(Tokens part);
  // Throws Error (unknown_name) if e contains a symbol other than those of the ranges and `allowed`.
  void require_known(expr::Expr e, base::Span place, std::span<const expr::Expr> allowed = {}) const;

 private:
  Invocation& call_;
  Workspace& work_;
  std::vector<std::string> names_;
  std::vector<expr::Expr> symbols_;
  std::vector<calc::Range> ranges_;
  std::vector<std::unique_ptr<calc::Elaborator::Binding>> bindings_;
};

// A part of the statement as it was typed; in plain style by the signs of the language, if it was not typed in ASCII.
std::string typed(const Invocation& call, Tokens part, view::Style style);

// The file named by the tokens after `as`, the last part of the statement. Throws Error: argument, sandbox, and
// argument for an extension that is not among `extensions` (blank-separated).
FileName file_after_as(const Invocation& call, Tokens part, std::string_view extensions);

}  // namespace nabla::session
