#include "session/ranged.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/stopwatch.h"
#include "expr/write/print.h"
#include "session/new_file.h"
#include "session/session.h"

namespace nabla::session {

using base::Code;
using base::Error;
using base::Span;
using expr::Expr;

namespace {

bool is_ascii(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

Span span_of(Tokens part) { return part.empty() ? Span{} : base::join(part.front().span, part.back().span); }

}  // namespace

std::vector<Tokens> split_at_commas(Tokens tokens) {
  std::vector<Tokens> out;
  std::vector<std::size_t> commas = parse::find_top_level(tokens, ",");
  commas.push_back(tokens.size());
  std::size_t first = 0;
  for (const std::size_t comma : commas) {
    if (comma == first) {
      const Span place = tokens.empty() ? Span{} : tokens[std::min(comma, tokens.size() - 1)].span;
      throw Error(Code::syntax, place, "an expression is due here");
    }
    out.push_back(tokens.subspan(first, comma - first));
    first = comma + 1;
  }
  return out;
}

Ranged::Ranged(Invocation& call, Workspace& work, std::vector<calc::RangeText> ranges) : call_(call), work_(work) {
  for (const calc::RangeText& text : ranges) {
    if (std::ranges::find(names_, text.name) != names_.end())
      throw Error(Code::argument, text.name_span, fmt::format("{} has two ranges", text.name));
    ranges_.push_back(calc::elaborate_range(work.in, text, [this](Tokens part) { return term(part); }));
    names_.push_back(text.name);
  }
  for (const std::string& name : names_) {
    symbols_.push_back(work.graph.symbol(name));
    bindings_.push_back(std::make_unique<calc::Elaborator::Binding>(work.in, name, symbols_.back()));
  }
}

parse::Term Ranged::term(Tokens part, bool allow_equation) {
  const base::Lap lap(work_.budget.watch, base::Phase::parse);
  return parse::parse_expression(*call_.statement.terms, part, call_.statement.text, call_.session, names_,
                                 allow_equation, work_.notes);
}

expr::Value Ranged::value(Tokens part) {
  const base::Lap lap(work_.budget.watch, base::Phase::expand);
  return work_.in.elaborate(term(part));
}

void Ranged::require_known(Expr e, Span place, std::span<const Expr> allowed) const {
  for (const Expr s : expr::symbols(work_.graph, e)) {
    const bool known =
        std::ranges::find(symbols_, s) != symbols_.end() || std::ranges::find(allowed, s) != allowed.end();
    if (known) continue;
    const std::string name = work_.graph.name(s);
    throw Error(Code::unknown_name, place, fmt::format("'{}' has no value", name),
                fmt::format("define it first ({0} = 2) or give it a range (for {0} = 0..1)", name));
  }
}

std::string typed(const Invocation& call, Tokens part, view::Style style) {
  const Span span = span_of(part);
  std::string text = call.statement.text.substr(span.begin, span.size());
  std::ranges::replace(text, '\n', ' ');
  if (style == view::Style::unicode || is_ascii(text)) return text;
  text.clear();
  for (const parse::Token& t : part) {
    if (t.blank_before && !text.empty()) text += ' ';
    text += t.text;
  }
  return text;
}

FileName file_after_as(const Invocation& call, Tokens part, std::string_view extensions) {
  std::string list = "." + std::string(extensions);
  for (std::size_t at = list.find(' '); at != std::string::npos; at = list.find(' ', at + 2))
    list.replace(at, 1, ", .");
  const std::string first(extensions.substr(0, extensions.find(' ')));
  if (part.empty()) {
    throw Error(Code::argument, {}, "a file name is due after 'as'",
                fmt::format("{} … as picture.{}", call.statement.name, first));
  }
  FileName out;
  out.span = span_of(part);
  if (part.front().kind == parse::TokenKind::text && part.size() == 1) {
    out.path = part.front().text;
  } else {
    out.path = call.statement.text.substr(out.span.begin, out.span.size());
    if (std::ranges::any_of(part.subspan(1), &parse::Token::blank_before))
      throw Error(Code::argument, out.span, "a file name with blanks stands in quotes",
                  fmt::format("as \"{}\"", out.path));
  }
  const std::string extension = extension_of(out.path);
  const bool known =
      !extension.empty() && (" " + std::string(extensions) + " ").find(" " + extension + " ") != std::string::npos;
  if (!known) {
    throw Error(Code::argument, out.span,
                fmt::format("{} writes no file of the kind of '{}'", call.statement.name, out.path),
                fmt::format("its files end in {}, as in: {} … as file.{}", list, call.statement.name, first));
  }
  if (call.session.sandbox) throw Error(Code::sandbox, out.span, "no file is written in a sandbox");
  return out;
}

}  // namespace nabla::session
