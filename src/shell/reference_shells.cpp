// The manual page, and what shells need to complete the options.
#include <fmt/format.h>

#include <algorithm>

#include "shell/command.h"
#include "shell/options.h"
#include "shell/reference.h"

namespace nabla::shell {

namespace {

// Of roff: a backslash, a hyphen that is to stay one, a line that begins like a request.
std::string roff(std::string_view text) {
  std::string out;
  bool at_start = true;
  for (const char c : text) {
    if (at_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
    at_start = c == '\n';
  }
  return out;
}

// The words an option takes: of "unicode|plain" both, of "N" none.
std::vector<std::string> choices(const OptionRow& o) {
  std::vector<std::string> out;
  if (o.value.find('|') == std::string_view::npos) return out;
  for (std::string_view rest = o.value; !rest.empty();) {
    const std::size_t end = std::min(rest.find('|'), rest.size());
    out.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

// For a word between single quotes.
std::string quoted(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out;
}

}  // namespace

std::string man_page() {
  std::string out = fmt::format(
      ".TH NABLA 1 \"\" \"nabla {}\" \"User Commands\"\n"
      ".SH NAME\nnabla \\- an interactive calculus shell with proven answers\n"
      ".SH SYNOPSIS\n.B nabla\n[\\fIOPTION\\fR]... [\\fIFILE\\fR | \\fB\\-\\fR | \\fB\\-e\\fR \\fISTATEMENT\\fR | "
      "\\fB\\-D\\fR \\fINAME\\fR=\\fIEXPR\\fR]...\n"
      ".SH DESCRIPTION\n"
      "Answers questions of calculus: exactly, or proven to the last printed digit, or visibly marked as an estimate. "
      "Without a file or statement it is interactive when standard input is a terminal, and else runs standard input. "
      "Files, statements and definitions run in the order given, in one session.\n"
      ".SH OPTIONS\n",
      NABLA_VERSION);
  for (const OptionRow& o : option_rows()) {
    out += fmt::format(".TP\n\\fB{}\\fR{}\n{}\n", roff(o.name),
                       o.value.empty() ? std::string() : fmt::format(" \\fI{}\\fR", roff(o.value)), roff(o.help));
  }
  out += ".SH COMMANDS\n";
  for (const Command* c : commands()) out += fmt::format(".TP\n\\fB{}\\fR\n{}\n", roff(c->signature), roff(c->help));
  out +=
      ".SH EXIT STATUS\n.TP\n0\nall well\n.TP\n1\na statement or a file failed\n.TP\n2\nbad usage\n.TP\n3\nan answer "
      "was "
      "undefined\n"
      ".SH FILES\n"
      ".TP\n\\fI$XDG_CONFIG_HOME/nabla/start.nabla\\fR\nstatements that are run before the prompt "
      "(~/.config when the variable is not set)\n"
      ".TP\n\\fI$XDG_STATE_HOME/nabla/history\\fR\nwhat was typed (~/.local/state when the variable is not set)\n"
      ".SH ENVIRONMENT\n.TP\nNO_COLOR\nset to anything: no colours\n"
      ".SH EXAMPLES\n.EX\nnabla \\-e \\(aq1/3 + 1/6\\(aq\nnabla \\-\\-format json lesson.nabla\n.EE\n";
  return out;
}

std::string bash_completion() {
  std::string names;
  std::string cases;
  for (const OptionRow& o : option_rows()) {
    names += fmt::format("{}{}", names.empty() ? "" : " ", o.name);
    if (o.value.empty()) continue;
    const std::vector<std::string> words = choices(o);
    cases += fmt::format(
        "    {}) COMPREPLY=({}); return ;;\n", o.name,
        words.empty() ? std::string() : fmt::format("$(compgen -W '{}' -- \"$word\")", fmt::join(words, " ")));
  }
  return fmt::format(
      "# bash completion for nabla\n"
      "_nabla() {{\n"
      "  local word=${{COMP_WORDS[COMP_CWORD]}}\n"
      "  case ${{COMP_WORDS[COMP_CWORD-1]}} in\n"
      "{}"
      "  esac\n"
      "  if [[ $word == -* ]]; then\n"
      "    COMPREPLY=($(compgen -W '{}' -- \"$word\"))\n"
      "  else\n"
      "    compopt -o filenames 2>/dev/null\n"
      "    COMPREPLY=($(compgen -f -- \"$word\"))\n"
      "  fi\n"
      "}}\n"
      "complete -F _nabla nabla\n",
      cases, names);
}

std::string zsh_completion() {
  std::string out = "#compdef nabla\n\n_arguments \\\n";
  for (const OptionRow& o : option_rows()) {
    std::string help(o.help);
    for (const char special : {'[', ']', ':'}) std::replace(help.begin(), help.end(), special, ' ');
    const std::vector<std::string> words = choices(o);
    std::string value;
    if (!words.empty()) {
      value = fmt::format(":value:({})", fmt::join(words, " "));
    } else if (!o.value.empty()) {
      value = fmt::format(":{}: ", o.value);
    }
    out += fmt::format("  '*{}[{}]{}' \\\n", o.name, quoted(help), value);
  }
  return out + "  '*:file:_files'\n";
}

std::string fish_completion() {
  std::string out = "# fish completion for nabla\n";
  for (const OptionRow& o : option_rows()) {
    const bool is_long = o.name.starts_with("--");
    out += fmt::format("complete -c nabla {} {}", is_long ? "-l" : "-s", o.name.substr(is_long ? 2 : 1));
    const std::vector<std::string> words = choices(o);
    if (!o.value.empty()) out += " -x";
    if (!words.empty()) out += fmt::format(" -a '{}'", fmt::join(words, " "));
    out += fmt::format(" -d '{}'\n", quoted(o.help));
  }
  return out;
}

}  // namespace nabla::shell
