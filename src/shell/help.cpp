#include "shell/help.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "base/text.h"
#include "calc/operations.h"
#include "expr/rows.h"
#include "functions/table.h"
#include "shell/command.h"
#include "shell/lesson.h"
#include "shell/listing.h"
#include "shell/signature.h"
#include "shell/topics.h"
#include "shell/words.h"

namespace nabla::shell {

namespace {

constexpr std::size_t kWidth = 78;
constexpr std::size_t kNameColumns = 22;

constexpr std::string_view kTour =
    "  2 pi r^2 at r = 3           a question, and what a name in it stands for\n"
    "  f(x) = x^2 sin(x)           a function: then f(2), f'(2), f'(x)\n"
    "  a = sqrt(2)                 a value, kept exact: a^2 answers 2\n"
    "  (x + 1)^2 - x^2             a name without a value is a symbol\n"
    "  [k^2 for k in 1..5]         a vector; [[1, 2], [3, 4]] is a matrix\n"
    "  diff(x^3, x)                calculus\n"
    "  table f(x) for x = 0..5     a command; plot f(x) for x = -5..5 is another\n"
    "  ans, %3                     the last answer, the third\n"
    "\n"
    "0.5 is exact; 0.333333333333 is proven to the last digit; ≈ 0.3 is an estimate.\n"
    "\n"
    "  help topics                 all there is help on\n"
    "  help sin, ?sin              meaning, domain, derivative, an example\n"
    "  help area                   looks for a word in all help\n"
    "  lesson tour                 a tour, step by step; lesson lists the others\n"
    "\n"
    "Tab completes, ↑ brings back what was typed, Ctrl-C stops, Ctrl-D leaves.\n";

bool has(std::string_view column) { return !column.empty() && column != expr::kNone; }

// The text in lines of at most kWidth columns, the further ones indented.
std::string wrapped(std::string_view text, std::size_t indent = 0) {
  std::string out;
  std::size_t column = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    const std::size_t width = base::display_width(word);
    if (column > 0 && column + 1 + width > kWidth) {
      out += '\n' + std::string(indent, ' ');
      column = indent;
    } else if (begin > 0) {
      out += ' ';
      ++column;
    }
    out += word;
    column += width;
    begin = end + 1;
  }
  return out + "\n";
}

// "name    what it is", the names in one column.
std::string entry(std::string_view name, std::string_view what) {
  std::string line = "  " + std::string(name);
  const std::size_t width = base::display_width(line);
  line += width < kNameColumns ? std::string(kNameColumns - width, ' ') : "  ";
  line += what;
  return wrapped(line, kNameColumns);
}

std::string example(std::string_view statement, std::string_view answer) {
  return has(statement) ? fmt::format("\n    ∇> {}\n    {}\n", statement, answer) : std::string();
}

std::string line(std::string_view what, std::string_view text) {
  return has(text) ? wrapped(fmt::format("  {:<12}{}", what, text), 14) : std::string();
}

std::string about(const expr::Function& f) {
  std::string out = fmt::format("{}: {}\n\n", call_of(f), f.title) + wrapped(f.help) + "\n";
  out += line("domain", f.domain.text);
  out += line("derivative", by_parameter(f, f.derivative));
  out += line("integral", by_parameter(f, f.antiderivative));
  out += line("also", f.aliases);
  out += line("source", f.source);
  return out + example(f.example, f.answer);
}

std::string about(const expr::Operation& o) {
  std::string out = fmt::format("{}: {}\n\n", o.name, o.title);
  for (const std::string_view form : forms_of(o)) out += fmt::format("    {}\n", form);
  return out + "\n" + wrapped(o.help) + line("also", o.aliases) + example(o.example, o.answer);
}

std::string about(const Word& w) {
  return fmt::format("{}\n\n{}", w.signature, wrapped("  " + std::string(w.meaning), 2)) + example(w.example, w.answer);
}

std::string about(const Command& c) {
  return fmt::format("{}\n{}\n    ∇> {}\n", wrapped(c.signature, 4), wrapped(c.help), c.example);
}

std::string about(const SettingRow& s, const Settings& settings) {
  const std::string values = s.choices.empty() ? fmt::format("{} to {}", s.lowest, s.highest) : std::string(s.choices);
  return wrapped(fmt::format("set {} VALUE: {}", s.name, s.help), 4) +
         fmt::format("\n  now {}; possible: {}\n", s.get(settings), values);
}

struct Topic {
  std::string_view name;
  std::string_view title;
  // Calls visit(name as listed, title, help) for each row.
  void (*for_each)(const std::function<void(std::string_view, std::string_view, std::string_view)>& visit);
};

constexpr auto kTopics = std::to_array<Topic>({
    {"functions", "mathematical functions",
     [](const auto& visit) {
       for (const expr::Function& f : functions::table()) {
         if (!f.parameters.empty()) visit(call_of(f), f.title, f.help);
       }
     }},
    {"constants", "constants",
     [](const auto& visit) {
       for (const expr::Function& f : functions::table()) {
         if (f.parameters.empty()) visit(f.name, f.title, f.help);
       }
     }},
    {"calculus", "forms of calculus, vectors and matrices",
     [](const auto& visit) {
       for (const expr::Operation& o : calc::operations()) {
         if (can_be_typed(o)) visit(forms_of(o).front(), o.title, o.help);
       }
     }},
    {"words", "words inside of statements",
     [](const auto& visit) {
       for (const Word& w : words()) visit(w.signature, w.meaning, w.meaning);
     }},
    {"commands", "words at the start of a statement",
     [](const auto& visit) {
       for (const Command* c : commands()) visit(c->name, c->help.substr(0, c->help.find_first_of(".;:")), c->help);
     }},
    {"settings", "what `set` changes",
     [](const auto& visit) {
       for (const SettingRow& s : setting_rows()) visit(s.name, s.help, s.help);
     }},
    {"lessons", "what `lesson` plays",
     [](const auto& visit) {
       for (const Lesson& l : shipped_lessons()) visit(l.name, l.title, l.title);
     }},
});

std::string list(const Topic& topic) {
  std::string out;
  topic.for_each([&](std::string_view name, std::string_view title, std::string_view) { out += entry(name, title); });
  return out;
}

// The statement first, then what it means; below each other where the statements are long.
std::string list(const WrittenTopic& topic) {
  std::size_t widest = 0;
  for (const TopicLine& l : topic.lines) widest = std::max(widest, base::display_width(l.statement));
  std::string out;
  for (const TopicLine& l : topic.lines) {
    const std::size_t width = base::display_width(l.statement);
    if (widest > kWidth / 2) {
      out += fmt::format("  {}\n      {}\n", l.statement, l.meaning);
    } else {
      out += wrapped(fmt::format("  {}{}{}", l.statement, std::string(widest + 3 - width, ' '), l.meaning), widest + 5);
    }
  }
  return out;
}

// The first names of a topic, on lines of their own.
std::string names(const Topic& topic) {
  std::string all;
  topic.for_each([&](std::string_view name, std::string_view, std::string_view) {
    all += (all.empty() ? "" : " ") + std::string(name.substr(0, name.find('(')));
  });
  return wrapped("  " + all, 2);
}

std::string topics() {
  std::string out;
  for (const WrittenTopic& t : written_topics()) out += fmt::format("help {}: {}\n", t.name, t.title);
  for (const Topic& t : kTopics) out += fmt::format("help {}: {}\n{}", t.name, t.title, names(t));
  return out;
}

std::string lower(std::string_view s) {
  std::string out(s);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

}  // namespace

std::string help_tour() { return std::string(kTour); }

std::vector<std::string_view> help_topics() {
  std::vector<std::string_view> out{"topics"};
  for (const WrittenTopic& t : written_topics()) out.push_back(t.name);
  for (const Topic& t : kTopics) out.push_back(t.name);
  return out;
}

std::optional<std::string> help_on(const Session& session, std::string_view name) {
  if (const calc::Definition* d = session.find(name)) return text_of(session, *d, session.settings.look.style) + "\n";
  if (name == "topics") return topics();
  if (const auto t = std::ranges::find(kTopics, name, &Topic::name); t != kTopics.end()) return list(*t);
  const auto written = written_topics();
  if (const auto t = std::ranges::find(written, name, &WrittenTopic::name); t != written.end()) return list(*t);
  if (const Command* c = find_command(name)) return about(*c);
  if (const expr::Operation* o = calc::find_operation(name)) return about(*o);
  if (const expr::Function* f = functions::find(name)) return about(*f);
  if (const Word* w = find_word(name)) return about(*w);
  const auto rows = setting_rows();
  if (const auto s = std::ranges::find(rows, name, &SettingRow::name); s != rows.end()) {
    return about(*s, session.settings);
  }
  return std::nullopt;
}

std::string help_search(std::string_view words) {
  const std::string wanted = lower(words);
  std::string out;
  for (const Topic& t : kTopics) {
    t.for_each([&](std::string_view name, std::string_view title, std::string_view text) {
      const bool found = lower(name).find(wanted) != std::string::npos ||
                         lower(title).find(wanted) != std::string::npos ||
                         lower(text).find(wanted) != std::string::npos;
      if (found) out += entry(name, title);
    });
  }
  for (const WrittenTopic& t : written_topics()) {
    for (const TopicLine& l : t.lines) {
      const std::string where = fmt::format("{} (help {})", l.meaning, t.name);
      if (lower(l.meaning).find(wanted) != std::string::npos) out += entry(l.statement, where);
    }
  }
  return out;
}

}  // namespace nabla::shell
