// The completion files of reference.h.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "program/options.h"
#include "program/reference.h"

namespace nabla::program {

namespace {

// "unicode plain" of "unicode|plain"; "" if any word may follow.
std::string choices(const OptionText& option) {
  std::string out(option.value);
  if (out.find('|') == std::string::npos) return {};
  std::ranges::replace(out, '|', ' ');
  return out;
}

// Quoted for single quotes, with the characters of `also` escaped by a backslash.
std::string quoted(std::string_view text, std::string_view also = "") {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
      continue;
    }
    if (also.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string bash_completion() {
  std::string chosen;
  std::vector<std::string_view> free;
  std::vector<std::string_view> all;
  for (const OptionText& o : option_texts()) {
    all.push_back(o.name);
    if (const std::string words = choices(o); !words.empty()) {
      chosen += fmt::format("    {}) COMPREPLY=($(compgen -W '{}' -- \"$word\")); return ;;\n", o.name, words);
    } else if (!o.value.empty()) {
      free.push_back(o.name);
    }
  }
  return fmt::format(
      "# bash completion for nabla, made from its options.\n"
      "_nabla() {{\n"
      "  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}}\n"
      "  if [[ $word == = ]]; then word=\n"
      "  elif [[ $before == = ]]; then before=${{COMP_WORDS[COMP_CWORD-2]}}; fi\n"
      "  COMPREPLY=()\n"
      "  case $before in\n"
      "{}"
      "    {}) return ;;\n"
      "  esac\n"
      "  if [[ $word == -* ]]; then\n"
      "    COMPREPLY=($(compgen -W '{}' -- \"$word\"))\n"
      "  else\n"
      "    compopt -o filenames 2>/dev/null\n"
      "    mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
      "  fi\n"
      "}}\n"
      "complete -F _nabla nabla\n",
      chosen, fmt::join(free, "|"), fmt::join(all, " "));
}

std::string zsh_completion() {
  std::string out = "#compdef nabla\n# zsh completion for nabla, made from its options.\n_arguments \\\n";
  for (const OptionText& o : option_texts()) {
    const bool is_long = o.name.starts_with("--");
    out += fmt::format("  '{}{}{}[{}]", is_long ? "" : "*", o.name, is_long && !o.value.empty() ? "=" : "",
                       quoted(o.help, "[]:\\"));
    const std::string words = choices(o);
    if (!o.value.empty()) {
      out += words.empty() ? fmt::format(":{}: ", quoted(o.value, ":")) : fmt::format(":value:({})", words);
    }
    out += "' \\\n";
  }
  return out + "  '*:script:_files'\n";
}

std::string fish_completion() {
  std::string out = "# fish completion for nabla, made from its options.\n";
  for (const OptionText& o : option_texts()) {
    const bool is_long = o.name.starts_with("--");
    out += fmt::format("complete -c nabla -{} {}", is_long ? "l" : "s", o.name.substr(is_long ? 2 : 1));
    if (!o.value.empty()) out += " -x";
    if (const std::string words = choices(o); !words.empty()) out += fmt::format(" -a '{}'", words);
    out += fmt::format(" -d '{}'\n", quoted(o.help, "\\"));
  }
  return out;
}

}  // namespace nabla::program
