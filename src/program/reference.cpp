#include "program/reference.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/error.h"
#include "calc/elaborate/operation_list.h"
#include "expr/rows.h"
#include "functions/table.h"
#include "program/options.h"
#include "session/command.h"
#include "session/help/signature.h"
#include "session/help/words.h"
#include "session/settings.h"

namespace nabla::program {

namespace {

constexpr std::string_view kSummary = "an interactive calculus shell with exact and proven answers";

bool has(std::string_view column) { return !column.empty() && column != expr::kNone; }

std::string replaced(std::string_view text, std::string_view what, std::string_view by) {
  std::string out;
  for (std::size_t at = 0;;) {
    const std::size_t next = text.find(what, at);
    out += text.substr(at, next - at);
    if (next == std::string_view::npos) return out;
    out += by;
    at = next + what.size();
  }
}

std::string range_of(const session::SettingRow& s) {
  return s.choices.empty() ? fmt::format("{} to {}", s.lowest, s.highest) : replaced(s.choices, " ", ", ");
}

// Code in a cell of a table.
std::string code(std::string_view text) { return has(text) ? fmt::format("`{}`", replaced(text, "|", "\\|")) : ""; }
std::string cell(std::string_view text) { return has(text) ? replaced(text, "|", "\\|") : ""; }

std::string example(std::string_view statement, std::string_view answer) {
  return has(statement) ? fmt::format("{} → {}", code(statement), code(answer)) : std::string();
}

std::string markdown() {
  std::string out = "## Functions\n\n| | | where | derivative | example |\n| --- | --- | --- | --- | --- |\n";
  for (const expr::Function& f : functions::table()) {
    if (f.parameters.empty()) continue;
    out += fmt::format("| {} | {} | {} | {} | {} |\n", code(session::call_of(f)), cell(f.title), cell(f.domain.text),
                       code(session::by_parameter(f, f.derivative)), example(f.example, f.answer));
  }
  out += "\n## Constants\n\n| | | |\n| --- | --- | --- |\n";
  for (const expr::Function& f : functions::table()) {
    if (!f.parameters.empty()) continue;
    out += fmt::format("| {} | {} | {} |\n", code(f.name), cell(f.title), cell(f.help));
  }
  out += "\n## Calculus, vectors and matrices\n\n| | | example |\n| --- | --- | --- |\n";
  for (const expr::Operation* o : calc::operations()) {
    std::string all;
    for (const std::string_view form : session::forms_of(*o)) all += (all.empty() ? "" : "<br>") + code(form);
    out += fmt::format("| {} | {} | {} |\n", all, cell(o->help), example(o->example, o->answer));
  }
  out += "\n## Words\n\n| | | example |\n| --- | --- | --- |\n";
  for (const session::Word& w : session::words()) {
    out += fmt::format("| {} | {} | {} |\n", code(w.signature), cell(w.meaning), code(w.example));
  }
  out += "\n## Commands\n\n| | | example |\n| --- | --- | --- |\n";
  for (const session::Command* c : session::commands()) {
    out += fmt::format("| {} | {} | {} |\n", code(c->signature), cell(c->help), code(c->example));
  }
  out += "\n## Settings\n\n| `set NAME VALUE` | | values | at the start |\n| --- | --- | --- | --- |\n";
  for (const session::SettingRow& s : session::setting_rows()) {
    out += fmt::format("| {} | {} | {} | {} |\n", code(s.name), cell(s.help), range_of(s), s.get(session::Settings()));
  }
  out += "\n## Options of the program\n\n| | |\n| --- | --- |\n";
  for (const OptionText& o : option_texts()) {
    const std::string written = o.value.empty() ? std::string(o.name) : fmt::format("{} {}", o.name, o.value);
    out += fmt::format("| {} | {} |\n", code(written), cell(o.help));
  }
  out += "\nExit status:";
  for (const ExitStatus& e : exit_statuses())
    out += fmt::format("{} {} {}", e.status > 0 ? "," : "", e.status, e.meaning);
  return out + ".\n";
}

// As text of a manual page.
std::string roff(std::string_view text) {
  std::string out = replaced(replaced(text, "\\", "\\e"), "-", "\\-");
  if (out.starts_with('.') || out.starts_with('\'')) out.insert(0, "\\&");
  return out;
}

class ManualPage {
 public:
  ManualPage() { text_ = fmt::format(".TH NABLA 1 \"\" \"nabla {}\" \"User Commands\"\n", NABLA_VERSION); }

  void section(std::string_view title) { text_ += fmt::format(".SH {}\n", title); }
  void paragraph(std::string_view words) { text_ += fmt::format(".PP\n{}\n", roff(words)); }
  void line(std::string_view words) { text_ += roff(words) + "\n"; }
  void bold(std::string_view words) { text_ += fmt::format(".B {}\n", roff(words)); }
  void entry(std::string_view term, std::string_view words) {
    text_ += fmt::format(".TP\n.B {}\n{}\n", roff(term), roff(words));
  }
  // A statement and its answer, under an entry.
  void example(std::string_view statement, std::string_view answer) {
    if (has(statement)) text_ += fmt::format("Example: \\fB{}\\fR answers {}\n", roff(statement), roff(answer));
  }
  void line_break() { text_ += ".br\n"; }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

std::string manual() {
  ManualPage page;
  page.section("NAME");
  page.line(fmt::format("nabla - {}", kSummary));
  page.section("SYNOPSIS");
  page.bold("nabla");
  page.line("[options] [FILE | - | -e STATEMENT | -D NAME=EXPR] …");
  page.section("DESCRIPTION");
  page.line(
      "Answers questions of calculus: exactly, or proven to the last printed digit; what is neither is marked as an "
      "estimate. Files, statements and definitions run in the order given, in one session. With none of them nabla "
      "opens "
      "a prompt if standard input is a terminal, and else runs standard input. Answers go to standard output, notes "
      "and "
      "errors to standard error.");
  page.paragraph(
      "At the prompt, help shows what can be typed, help NAME tells more, and lesson tour plays a first tour.");
  page.section("OPTIONS");
  for (const OptionText& o : option_texts()) {
    page.entry(o.value.empty() ? std::string(o.name) : fmt::format("{} {}", o.name, o.value), o.help);
  }
  page.section("WORDS");
  for (const session::Word& w : session::words()) page.entry(w.signature, w.meaning);
  page.section("COMMANDS");
  for (const session::Command* c : session::commands()) page.entry(c->signature, c->help);
  page.section("SETTINGS");
  page.line("Changed by set NAME VALUE.");
  for (const session::SettingRow& s : session::setting_rows()) {
    page.entry(s.name, fmt::format("{} ({}; at the start {})", s.help, range_of(s), s.get(session::Settings())));
  }
  page.section("OPERATIONS");
  for (const expr::Operation* o : calc::operations()) {
    page.entry(fmt::format("{}", fmt::join(session::forms_of(*o), "  ")), o->help);
    page.line_break();
    page.example(o->example, o->answer);
  }
  page.section("FUNCTIONS");
  for (const expr::Function& f : functions::table()) {
    if (f.parameters.empty()) continue;
    page.entry(session::call_of(f), fmt::format("{}. {}", f.title, f.help));
    page.line_break();
    page.example(f.example, f.answer);
  }
  page.section("CONSTANTS");
  for (const expr::Function& f : functions::table()) {
    if (f.parameters.empty()) page.entry(f.name, fmt::format("{}. {}", f.title, f.help));
  }
  page.section("FILES");
  page.entry("$XDG_CONFIG_HOME/nabla/start.nabla",
             "Statements that are run at the start of every prompt (below ~/.config if the variable is not set).");
  page.entry("$XDG_STATE_HOME/nabla/history",
             "What was typed at prompts, a statement a line (below ~/.local/state if the variable is not set).");
  page.entry("$XDG_STATE_HOME/nabla/recovered.nabla", "The definitions of a session that was cut off.");
  page.entry("~/.inputrc", "The keys of the prompt, as for every program that uses GNU readline.");
  page.section("ENVIRONMENT");
  page.entry("NO_COLOR", "If set, nothing is coloured, unless by the setting color.");
  page.entry("TERM", "At a terminal that can do little (dumb, vt100) the prompt is plain.");
  page.section("EXIT STATUS");
  for (const ExitStatus& e : exit_statuses()) page.entry(std::to_string(e.status), e.meaning);
  return page.text();
}

struct Kind {
  std::string_view name;
  std::string (*write)();
};
constexpr std::array<Kind, 5> kKinds{{{"markdown", markdown},
                                      {"man", manual},
                                      {"bash", bash_completion},
                                      {"zsh", zsh_completion},
                                      {"fish", fish_completion}}};

}  // namespace

std::string reference(std::string_view kind) {
  const auto found = std::ranges::find(kKinds, kind, &Kind::name);
  if (found == kKinds.end()) {
    throw base::Error(base::Code::usage, {}, fmt::format("there is no reference of kind '{}'", kind),
                      "there are markdown, man, bash, zsh, fish");
  }
  return found->write();
}

}  // namespace nabla::program
