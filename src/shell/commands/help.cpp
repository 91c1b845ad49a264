#include <fmt/format.h>

#include "base/error.h"
#include "calc/operations.h"
#include "expr/rows.h"
#include "functions/table.h"
#include "parse/suggest.h"
#include "shell/command.h"
#include "shell/interpreter.h"

namespace nabla::shell {

namespace {

using base::Code;
using base::Error;

constexpr std::string_view kTour =
    "Nabla answers questions of calculus, exactly or proven to the last printed digit.\n"
    "\n"
    "  1/3 + 1/6                     a question\n"
    "  f(x) = x^2 sin(x)             a function\n"
    "  a = sqrt(2)                   a value, kept exact\n"
    "  f(2), x^2 + 1 at x = 3        what it is at a point\n"
    "  ans, %3                       the last answer, the third\n"
    "\n";

bool has(std::string_view column) { return !column.empty() && column != expr::kNone; }

void add_example(std::string& out, std::string_view example, std::string_view answer) {
  if (has(example)) out += fmt::format("  ∇> {}\n  {}\n", example, answer);
}

std::string about(const expr::Function& f) {
  std::string out = f.parameters.empty() ? fmt::format("{}: {}\n", f.name, f.title)
                                         : fmt::format("{}({}): {}\n", f.name, f.parameters, f.title);
  if (has(f.aliases)) out += fmt::format("also written {}\n", f.aliases);
  out += fmt::format("{}\n", f.help);
  if (has(f.domain.text)) out += fmt::format("domain: {}\n", f.domain.text);
  if (has(f.derivative)) out += fmt::format("derivative: {}\n", f.derivative);
  add_example(out, f.example, f.answer);
  if (has(f.source)) out += fmt::format("source: {}\n", f.source);
  return out;
}

std::string about(const expr::Operation& o) {
  std::string out = fmt::format("{}: {}\n{}\n", o.signature, o.title, o.help);
  if (has(o.aliases)) out += fmt::format("also written {}\n", o.aliases);
  add_example(out, o.example, o.answer);
  return out;
}

std::string about(const Command& c) { return fmt::format("{}\n{}\n  ∇> {}\n", c.signature, c.help, c.example); }

// Names on lines of at most that many columns.
template <class Rows>
std::string names_of(const Rows& rows, std::size_t width) {
  std::string out;
  std::string line = " ";
  for (const auto& row : rows) {
    if (line.size() + 1 + row.name.size() > width) {
      out += line + "\n";
      line = " ";
    }
    line += " ";
    line += row.name;
  }
  return out + line + "\n";
}

std::string tour() {
  constexpr std::size_t kWidth = 78;
  std::string out(kTour);
  out += "Functions and constants\n" + names_of(functions::table(), kWidth);
  out += "Operations\n" + names_of(calc::operations(), kWidth);
  out += "Commands\n";
  for (const Command* c : commands()) out += fmt::format("  {:<24} {}\n", c->signature, c->help);
  return out + "help NAME or ?NAME tells more.\n";
}

std::string about(const Session& session, const parse::Token& t) {
  if (const Command* c = find_command(t.text)) return about(*c);
  if (const calc::Definition* d = session.find(t.text)) return d->source + "\n";
  if (const expr::Operation* o = calc::find_operation(t.text)) return about(*o);
  if (const expr::Function* f = functions::find(t.text)) return about(*f);
  std::vector<std::string> names = session.all();
  for (const std::string_view word : command_words()) names.emplace_back(word);
  throw Error(Code::unknown_name, t.span, fmt::format("there is no help on '{}'", t.text), "help lists all names",
              parse::closest_name(t.text, names));
}

void run(Invocation& call) {
  view::Answer answer;
  answer.kind = view::AnswerKind::text;
  const auto tokens = call.tokens();
  answer.content = tokens.empty() ? tour() : about(call.session, tokens.front());
  call.interpreter.say(std::move(answer));
}

}  // namespace

extern const Command help_command{
    .name = "help",
    .signature = "help [NAME]",
    .help = "Says what a function, operation or command does; alone, lists them. ?NAME is the same.",
    .example = "help gamma",
    .run = run,
};

}  // namespace nabla::shell
