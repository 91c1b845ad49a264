// The command line is read without a library: statements and definitions may look like anything, and files, -e and -D
// run in the order given.
#include "program/options.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "parse/suggest.h"
#include "parse/token.h"
#include "view/answers/format.h"

namespace nabla::program {

using base::Code;
using base::Error;

namespace {

constexpr double kLeastMemory = 16e6;  // bytes
constexpr double kMostMemory = 1e15;

// In a sandbox, unless others are given.
constexpr double kSandboxTimeout = 10;  // seconds
constexpr double kSandboxTotalTimeout = 60;
constexpr std::size_t kSandboxMemory = 1'000'000'000;

struct Option {
  std::string_view name;
  std::string_view value;  // its value; empty: none
  std::string_view help;   // empty: not listed
  void (*apply)(CommandLine& line, std::string_view name, std::string_view value);
};

[[noreturn]] void misuse(std::string message, std::string hint = {}, std::string suggestion = {}) {
  throw Error(Code::usage, {}, std::move(message), std::move(hint), std::move(suggestion));
}

double positive_number(std::string_view name, std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(value > 0) || value > 1e9) {
    misuse(fmt::format("{} takes a number above 0, not '{}'", name, text));
  }
  return value;
}

// "500M": bytes, or with a letter thousands, millions or billions of them.
std::size_t size_in_bytes(std::string_view name, std::string_view text) {
  constexpr std::string_view kUnits = "kMG";
  double unit = 1;
  std::string_view number = text;
  if (!text.empty()) {
    const char letter = text.back() == 'K' ? 'k' : text.back() == 'm' ? 'M' : text.back() == 'g' ? 'G' : text.back();
    const std::size_t place = kUnits.find(letter);
    for (std::size_t i = 0; place != std::string_view::npos && i <= place; ++i) unit *= 1000;
    if (unit > 1) number.remove_suffix(1);
  }
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  const bool whole = error == std::errc() && end == number.data() + number.size();
  if (!whole || value * unit < kLeastMemory || value * unit > kMostMemory) {
    misuse(fmt::format("{} takes a size of 16M or more, not '{}'", name, text), "for example --memory 500M");
  }
  return static_cast<std::size_t>(value * unit);
}

void set_setting(CommandLine& line, std::string_view name, std::string_view value) {
  try {
    session::change_setting(line.settings, name.substr(2), value);
  } catch (const Error& e) {
    misuse(e.message, e.hint, e.suggestion);
  }
}

int count_of(const CommandLine& line, Action::Kind kind) {
  return 1 + static_cast<int>(std::ranges::count(line.actions, kind, &Action::kind));
}

void add_statement(CommandLine& line, std::string_view, std::string_view text) {
  line.actions.push_back({Action::Kind::statement, std::string(text), "", count_of(line, Action::Kind::statement)});
}

void add_definition(CommandLine& line, std::string_view, std::string_view text) {
  const std::size_t sign = text.find('=');
  if (sign == std::string_view::npos) misuse(fmt::format("-D takes NAME=EXPR, not '{}'", text));
  std::vector<parse::Token> name;
  try {
    name = parse::tokenize(text.substr(0, sign));
  } catch (const Error&) {
    name.clear();
  }
  if (name.size() != 2 || name.front().kind != parse::TokenKind::name) {
    misuse(fmt::format("-D defines one name, not '{}'", text.substr(0, sign)));
  }
  line.actions.push_back({Action::Kind::definition, std::string(text.substr(sign + 1)), name.front().text,
                          count_of(line, Action::Kind::definition)});
}

const std::string kFormats = view::format_names("|");

const auto kOptions = std::to_array<Option>({
    {"-e", "STATEMENT", "run a statement", add_statement},
    {"-D", "NAME=EXPR", "define a value from exactly one expression", add_definition},
    {"--digits", "N", "significant digits (12)", set_setting},
    {"--width", "N", "columns of plots and tables", set_setting},
    {"--style", "unicode|plain", "x²·√y or x^2*sqrt(y)",
     [](CommandLine& l, std::string_view name, std::string_view v) {
       set_setting(l, name, v);
       l.style_given = true;
     }},
    {"--color", "auto|always|never", "colours", set_setting},
    {"--format", kFormats, "how answers are written", set_setting},
    {"--keep-going", "", "go on after an error (exit status is still 1)",
     [](CommandLine& l, std::string_view, std::string_view) { l.run.keep_going = true; }},
    {"--echo", "", "print each statement with its prompt before its answer",
     [](CommandLine& l, std::string_view, std::string_view) { l.run.echo = true; }},
    {"--sandbox", "", "no file is read or written by statements; --timeout 10, --total-timeout 60, --memory 1G",
     [](CommandLine& l, std::string_view, std::string_view) { l.sandbox = true; }},
    {"--timeout", "SECONDS", "time allowed for each statement",
     [](CommandLine& l, std::string_view name, std::string_view v) { l.run.timeout = positive_number(name, v); }},
    {"--total-timeout", "SECONDS", "time allowed for the whole run",
     [](CommandLine& l, std::string_view name, std::string_view v) { l.total_timeout = positive_number(name, v); }},
    {"--memory", "SIZE", "memory the process may use: 500M, 2G",
     [](CommandLine& l, std::string_view name, std::string_view v) { l.memory = size_in_bytes(name, v); }},
    {"--threads", "N", "processor cores to use",
     [](CommandLine& l, std::string_view name, std::string_view v) {
       l.run.threads = static_cast<int>(std::min(positive_number(name, v), 1024.0));
     }},
    {"--version", "", "print the version",
     [](CommandLine& l, std::string_view, std::string_view) { l.show_version = true; }},
    {"--help", "", "print this page", [](CommandLine& l, std::string_view, std::string_view) { l.show_help = true; }},
    {"--reference", "KIND", "", [](CommandLine& l, std::string_view, std::string_view v) { l.reference = v; }},
});

constexpr ExitStatus kExitStatuses[] = {
    {0, "all well"}, {1, "a statement or a file failed"}, {2, "bad usage"}, {3, "an answer was undefined"}};

[[noreturn]] void unknown_option(std::string_view word) {
  std::vector<std::string> names;
  for (const Option& o : kOptions) names.emplace_back(o.name);
  misuse(fmt::format("unknown option '{}'", word), "nabla --help lists them", parse::closest_name(word, names));
}

void add_file(CommandLine& line, std::string_view word) {
  if (word == "-") {
    line.actions.push_back({Action::Kind::standard_input, "", "", 0});
  } else {
    line.actions.push_back({Action::Kind::file, std::string(word), "", 0});
  }
}

bool begins_prompt(const CommandLine& line) {
  return isatty(STDIN_FILENO) != 0 &&
         std::ranges::all_of(line.actions, [](const Action& a) { return a.kind == Action::Kind::definition; });
}

}  // namespace

CommandLine parse_command_line(int count, const char* const* words) {
  CommandLine line;
  bool files_only = false;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    if (files_only || word == "-" || !word.starts_with('-')) {
      add_file(line, word);
      continue;
    }
    if (word == "--") {
      files_only = true;
      continue;
    }
    const std::size_t sign = word.starts_with("--") ? std::min(word.find('='), word.size()) : word.size();
    const std::string_view name = word.substr(0, sign);
    const auto option = std::ranges::find(kOptions, name, &Option::name);
    if (option == kOptions.end()) unknown_option(name);
    std::string_view value;
    if (sign < word.size()) {
      if (option->value.empty()) misuse(fmt::format("{} takes no value", name));
      value = word.substr(sign + 1);
    } else if (!option->value.empty()) {
      if (++i == count) misuse(fmt::format("{} needs {}", name, option->value));
      value = words[i];
    }
    option->apply(line, name, value);
  }
  if (line.sandbox) {
    line.run.timeout = line.run.timeout.value_or(kSandboxTimeout);
    if (!begins_prompt(line)) line.total_timeout = line.total_timeout.value_or(kSandboxTotalTimeout);
    line.memory = line.memory.value_or(kSandboxMemory);
  }
  return line;
}

std::string usage_text() {
  std::string out =
      "nabla                interactive when standard input is a terminal, else runs standard input\n"
      "nabla FILE… | - | -e 'STATEMENT' | -D NAME=EXPR     in the order given, in one session\n\n";
  for (const OptionText& o : option_texts()) {
    out += fmt::format("  {:<40}  {}\n", fmt::format("{} {}", o.name, o.value), o.help);
  }
  out += "\nExit status:";
  for (const ExitStatus& e : kExitStatuses)
    out += fmt::format("{} {} {}", e.status > 0 ? "," : "", e.status, e.meaning);
  return out + ".\n";
}

std::vector<OptionText> option_texts() {
  std::vector<OptionText> out;
  for (const Option& o : kOptions) {
    if (!o.help.empty()) out.push_back({o.name, o.value, o.help});
  }
  return out;
}

std::span<const ExitStatus> exit_statuses() { return kExitStatuses; }

}  // namespace nabla::program
