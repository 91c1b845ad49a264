#include "session/help/help.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>

#include "algebra/rational/identities.h"
#include "base/text.h"
#include "calc/elaborate/operation_list.h"
#include "expr/rows.h"
#include "functions/table.h"
#include "parse/planned.h"
#include "session/command.h"
#include "session/help/meanings.h"
#include "session/help/signature.h"
#include "session/help/topics.h"
#include "session/help/words.h"
#include "session/lesson.h"
#include "session/listing.h"
#include "session/question.h"

namespace nabla::session {

namespace {

constexpr std::size_t kNameColumns = 22;
constexpr std::size_t kWidestStatement = 44;  // with its meaning beside it

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
    "0.5 is exact, 0.333333333333 proven to the last digit, ≈ 0.3 an estimate.\n"
    "\n"
    "  help topics                 all there is help on\n"
    "  help sin, ?sin              meaning, domain, derivative, an example\n"
    "  help area                   looks for a word in all help\n"
    "  lesson tour                 a tour, step by step; lesson lists the others\n"
    "\n"
    "Tab completes, ↑ brings back what was typed, Ctrl-C stops, Ctrl-D leaves.\n";

bool has(std::string_view column) { return !column.empty() && column != expr::kNone; }

// "name    what it is", the names in one column.
std::string entry(std::string_view name, std::string_view what) {
  std::string line = "  " + std::string(name);
  const std::size_t width = base::display_width(line);
  line += width < kNameColumns ? std::string(kNameColumns - width, ' ') : "  ";
  return fmt::format("{}{}\n", line, what);
}

// The answer computed now, in a new session with these settings; "" if there is none.
std::string answer_now(std::string_view statement, const Settings& settings) {
  Session apart;
  apart.settings = settings;
  try {
    return answer_to(statement, apart);
  } catch (const std::exception&) {
    return {};
  }
}

// The example with the answer computed now, or else as its row has it.
std::string example(std::string_view statement, std::string_view answer, const Settings& settings) {
  if (!has(statement)) return {};
  const std::string now = answer_now(statement, settings);
  std::string out = fmt::format("\n    ∇> {}\n", statement);
  for (std::string_view rest = now.empty() ? answer : now; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    out += fmt::format("    {}\n", rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

std::string line(std::string_view what, std::string_view text) {
  return has(text) ? fmt::format("  {:<12}{}\n", what, text) : std::string();
}

std::string about(const expr::Function& f, const Settings& settings) {
  std::string out = fmt::format("{}: {}\n\n{}\n\n", call_of(f), f.title, f.help);
  out += line("domain", f.domain.text);
  out += line("derivative", by_parameter(f, f.derivative));
  out += line("integral", by_parameter(f, f.antiderivative));
  out += line("also", f.aliases);
  out += line("source", f.source);
  return out + example(f.example, f.answer, settings);
}

std::string about(const expr::Operation& o, const Settings& settings) {
  std::string out = fmt::format("{}: {}\n\n", o.name, o.title);
  for (const std::string_view form : forms_of(o)) out += fmt::format("    {}\n", form);
  return fmt::format("{}\n{}\n{}", out, o.help, line("also", o.aliases)) + example(o.example, o.answer, settings);
}

std::string about(const Word& w, const Settings& settings) {
  return fmt::format("    {}\n\n{}\n", w.signature, w.meaning) + example(w.example, w.answer, settings);
}

std::string about(const Command& c) {
  return fmt::format("    {}\n\n{}\n\n    ∇> {}\n", c.signature, c.help, c.example);
}

std::string about(const SettingRow& s, const Settings& settings) {
  const std::string values = s.choices.empty() ? fmt::format("{} to {}", s.lowest, s.highest) : std::string(s.choices);
  return fmt::format("    set {} VALUE\n\n{}; now {}; possible: {}\n", s.name, s.help, s.get(settings), values);
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
       for (const expr::Operation* o : calc::operations()) {
         if (can_be_typed(*o)) visit(forms_of(*o).front(), o->title, o->help);
       }
     }},
    {"words", "words inside of statements",
     [](const auto& visit) {
       for (const Word& w : words()) visit(w.name, fmt::format("{}: {}", w.signature, w.meaning), w.meaning);
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

// The table of identities, as a topic whose lines are no statements.
const WrittenTopic& identities_topic() {
  static const auto texts = [] {
    std::vector<std::pair<std::string, std::string>> lines;
    for (const algebra::Identity& i : algebra::identities()) {
      lines.emplace_back(fmt::format("{} = {}", i.left, i.right),
                         i.where.empty() ? "always" : fmt::format("where {}", i.where));
    }
    return lines;
  }();
  static const auto lines = [] {
    std::vector<TopicLine> all;
    for (const auto& [identity, where] : texts) all.push_back({identity, where});
    return all;
  }();
  static const WrittenTopic topic{"identities", "what simplifying and proofs of equality use", lines};
  return topic;
}

// Statements with their meanings, side by side, or on two lines if the statements are long.
std::string list(const WrittenTopic& topic) {
  std::size_t widest = 0;
  for (const TopicLine& l : topic.lines) widest = std::max(widest, base::display_width(l.statement));
  std::string out;
  for (const TopicLine& l : topic.lines) {
    const std::size_t width = base::display_width(l.statement);
    if (widest > kWidestStatement) {
      out += fmt::format("  {}\n      {}\n", l.statement, l.meaning);
    } else {
      out += fmt::format("  {}{}{}\n", l.statement, std::string(widest + 3 - width, ' '), l.meaning);
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
  return "  " + all + "\n";
}

std::string topics() {
  std::string out;
  const auto add = [&out](const WrittenTopic& t) { out += fmt::format("help {}: {}\n", t.name, t.title); };
  for (const WrittenTopic& t : written_topics()) add(t);
  add(identities_topic());
  for (const Topic& t : kTopics) out += fmt::format("help {}: {}\n{}", t.name, t.title, names(t));
  return out;
}

std::string lower(std::string_view s) {
  std::string out(s);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

std::optional<std::string> about(const Session& session, std::string_view name) {
  const Settings& settings = session.settings;
  if (const calc::Definition* d = session.find(name)) return text_of(session, *d, settings.look.style) + "\n";
  if (name == "topics") return topics();
  if (const auto t = std::ranges::find(kTopics, name, &Topic::name); t != kTopics.end()) return list(*t);
  const auto written = written_topics();
  if (const auto t = std::ranges::find(written, name, &WrittenTopic::name); t != written.end()) return list(*t);
  if (name == identities_topic().name) return list(identities_topic());
  if (const Command* c = find_command(name)) return about(*c);
  if (const expr::Operation* o = calc::find_operation(name)) return about(*o, settings);
  if (const expr::Function* f = functions::find(name)) return about(*f, settings);
  if (const Word* w = find_word(name)) return about(*w, settings);
  const auto rows = setting_rows();
  if (const auto s = std::ranges::find(rows, name, &SettingRow::name); s != rows.end()) return about(*s, settings);
  return std::nullopt;
}

// Whether a word of the text begins with `beginning`.
bool mentions(std::string_view text, std::string_view beginning) {
  const std::string in = lower(text);
  for (std::size_t at = in.find(beginning); at != in.npos; at = in.find(beginning, at + 1)) {
    if (at == 0 || std::isalnum(static_cast<unsigned char>(in[at - 1])) == 0) return true;
  }
  return false;
}

// What a word means here, a line each; the names are added to `told`.
std::string about(const Session& session, const Meaning& meaning, std::vector<std::string_view>& told) {
  std::string out = meaning.says.empty() ? std::string() : fmt::format("{}\n", meaning.says);
  for (std::string_view names = meaning.names; !names.empty();) {
    const std::size_t end = std::min(names.find(' '), names.size());
    const std::string_view wanted = names.substr(0, end);
    names.remove_prefix(std::min(end + 1, names.size()));
    told.push_back(wanted);
    const auto add = [&](std::string_view name, std::string_view title, std::string_view) {
      if (name.substr(0, name.find('(')) == wanted) out += entry(name, title);
    };
    for (const Topic& t : kTopics) {
      if (t.name == wanted) out += entry(fmt::format("help {}", t.name), t.title);
      t.for_each(add);
    }
    for (const WrittenTopic& t : written_topics()) {
      if (t.name == wanted) out += entry(fmt::format("help {}", t.name), t.title);
    }
    const parse::Planned* planned = parse::find_planned(wanted);
    if (planned != nullptr && session.classify(wanted) == parse::NameClass::unknown) {
      out += entry(wanted, fmt::format("not available yet; meanwhile: {}", planned->meanwhile));
    }
  }
  return out;
}

}  // namespace

std::string help_tour(std::size_t columns) { return base::folded(kTour, columns); }

std::vector<std::string_view> help_topics() {
  std::vector<std::string_view> out{"topics"};
  for (const WrittenTopic& t : written_topics()) out.push_back(t.name);
  out.push_back(identities_topic().name);
  for (const Topic& t : kTopics) out.push_back(t.name);
  return out;
}

std::optional<std::string> help_on(const Session& session, std::string_view name, std::size_t columns) {
  std::optional<std::string> text = about(session, name);
  if (text) text = base::folded(*text, columns);
  return text;
}

std::string help_search(const Session& session, std::string_view words, std::size_t columns) {
  const std::string wanted = lower(words);
  std::string out;
  std::vector<std::string_view> told;
  if (const Meaning* meaning = find_meaning(wanted)) out += about(session, *meaning, told);
  for (const Topic& t : kTopics) {
    t.for_each([&](std::string_view name, std::string_view title, std::string_view text) {
      if (std::ranges::find(told, name.substr(0, name.find('('))) != told.end()) return;
      if (mentions(name, wanted) || mentions(title, wanted) || mentions(text, wanted)) out += entry(name, title);
    });
  }
  for (const WrittenTopic& t : written_topics()) {
    for (const TopicLine& l : t.lines) {
      if (mentions(l.meaning, wanted)) out += entry(l.statement, fmt::format("{} (help {})", l.meaning, t.name));
    }
  }
  return base::folded(out, columns);
}

}  // namespace nabla::session
