#include "assist/completion.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "assist/loose_tokens.h"
#include "assist/signs.h"
#include "calc/elaborate/operation_list.h"
#include "functions/table.h"
#include "session/command.h"
#include "session/files.h"
#include "session/help/help.h"
#include "session/help/signature.h"
#include "session/help/words.h"
#include "session/lesson.h"
#include "session/session.h"

namespace nabla::assist {

namespace {

using parse::Token;
using parse::TokenKind;

constexpr std::string_view kSmallLetters = "abcdefghijklmnopqrstuvwxyz_";

bool is_ascii_word(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; });
}

bool begins_ignoring_case(std::string_view text, std::string_view beginning) {
  const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  return text.size() >= beginning.size() &&
         std::ranges::equal(text.substr(0, beginning.size()), beginning, {}, lower, lower);
}

// The first sentence.
std::string_view first_sentence(std::string_view text) { return text.substr(0, text.find(". ")); }

bool has(std::string_view column) { return !column.empty() && column != expr::kNone; }

template <class Visit>
void each_word(std::string_view list, Visit visit) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    if (end > 0) visit(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

bool by_text(const Candidate& a, const Candidate& b) {
  const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  const auto order = std::lexicographical_compare_three_way(a.text.begin(), a.text.end(), b.text.begin(), b.text.end(),
                                                            [&](char x, char y) { return lower(x) <=> lower(y); });
  return order != 0 ? order < 0 : a.text < b.text;
}

class Completer {
 public:
  Completer(std::string_view text, std::size_t cursor, const session::Session& session)
      : text_(text.substr(0, cursor)), rest_(text.substr(cursor)), session_(session), loose_(loose_tokens(text_)) {}

  std::string signature() {
    find_statement();
    find_call();
    return std::move(out_.signature);
  }

  Completion run() {
    if (sign_by_name()) return std::move(out_);
    find_statement();
    find_call();
    locate_word();
    if (const session::Command* command = command_at_start()) {
      arguments_of(*command);
    } else {
      names();
      if (word_first_ == first_) command_names();
    }
    choose();
    // At the start of an argument anything could be meant: the signature is more useful than a list.
    if (word().empty() && !out_.signature.empty()) out_.candidates.clear();
    return std::move(out_);
  }

 private:
  std::size_t size() const { return loose_.tokens.size(); }
  const Token& token(std::size_t i) const { return loose_.tokens[i]; }
  bool is_sign(std::size_t i, std::string_view sign) const {
    return i < size() && token(i).kind == TokenKind::sign && token(i).text == sign;
  }

  void offer(std::string text, std::string_view help) {
    out_.candidates.push_back({std::move(text), std::string(help)});
  }

  // "\alp": signs by their names after a backslash.
  bool sign_by_name() {
    const std::size_t slash = text_.rfind('\\');
    if (slash == std::string_view::npos) return false;
    const std::string_view name = text_.substr(slash + 1);
    if (!is_ascii_word(name.starts_with('^') || name.starts_with('_') ? name.substr(1, name.find('-') - 1) : name)) {
      return false;
    }
    out_.begin = slash;
    for (const Sign& s : signs()) {
      if (s.name == name) {
        out_.candidates = {{std::string(s.sign), fmt::format("\\{}", s.name)}};
        return true;
      }
      if (s.name.starts_with(name)) offer(std::string(s.sign), fmt::format("\\{}", s.name));
    }
    return true;
  }

  // The statement at the cursor begins after the last ";" or line end outside brackets.
  void find_statement() {
    int depth = 0;
    for (std::size_t i = 0; i < size(); ++i) {
      if (is_sign(i, "(") || is_sign(i, "[")) ++depth;
      if (is_sign(i, ")") || is_sign(i, "]")) --depth;
      if (depth > 0) continue;
      const std::size_t next = i + 1 < size() ? token(i + 1).span.begin : text_.size();
      const std::string_view gap =
          text_.substr(token(i).span.end, next - std::min<std::size_t>(next, token(i).span.end));
      if (is_sign(i, ";") || gap.find('\n') != std::string_view::npos) first_ = i + 1;
    }
  }

  void find_call() {
    std::vector<std::size_t> open;
    for (std::size_t i = first_; i < size(); ++i) {
      if (is_sign(i, "(") || is_sign(i, "[")) open.push_back(i);
      if ((is_sign(i, ")") || is_sign(i, "]")) && !open.empty()) open.pop_back();
    }
    for (; !open.empty(); open.pop_back()) {
      const std::size_t at = open.back();
      if (at == first_ || !is_sign(at, "(") || token(at - 1).kind != TokenKind::name) continue;
      call_ = token(at - 1).text;
      out_.signature = described(call_);
      if (!out_.signature.empty()) return;
    }
  }

  std::string described(std::string_view name) const {
    if (const calc::Definition* d = session_.find(name)) return d->is_function ? d->source : std::string();
    if (const auto* o = calc::find_operation(name)) return fmt::format("{}   {}", o->signature, o->title);
    if (const auto* f = functions::find(name)) return fmt::format("{}   {}", session::call_of(*f), f->title);
    if (const session::Word* w = session::find_word(name); w != nullptr && w->is_call) {
      return fmt::format("{}   {}", w->signature, w->meaning);
    }
    return {};
  }

  // The name that ends at the cursor.
  void locate_word() {
    word_first_ = size();
    out_.begin = text_.size();
    if (size() == 0) return;
    const Token& last = token(size() - 1);
    const std::string_view written = text_.substr(last.span.begin, last.span.size());
    const bool spelled = last.text == written || static_cast<unsigned char>(written.front()) >= 0x80;
    const bool is_sign_of_operation = std::ranges::any_of(signs(), [&](const Sign& s) { return s.sign == written; });
    if (last.kind == TokenKind::name && last.span.end == text_.size() && spelled && !is_sign_of_operation) {
      word_first_ = size() - 1;
      out_.begin = last.span.begin;
    }
  }
  std::string_view word() const { return text_.substr(out_.begin); }

  // The command that the statement begins with, if the cursor is behind it.
  const session::Command* command_at_start() const {
    if (is_sign(first_, "?")) return session::find_command("help");
    if (first_ >= word_first_ || token(first_).kind != TokenKind::name) return nullptr;
    return session::find_command(token(first_).text);
  }

  void arguments_of(const session::Command& command) {
    const std::string_view signature = command.signature;
    const auto takes = [&](std::string_view what) { return signature.find(what) != std::string_view::npos; };
    const std::size_t before = word_first_ > 0 ? word_first_ - 1 : 0;
    if (command.name == "lesson") return lessons();
    const bool file_due = takes("as FILE") ? follows_as() : takes(" FILE");
    if (file_due) return file_names("");
    if (takes("VALUE")) return before == first_ ? setting_names() : setting_values(token(before).text);
    if (takes("NAME")) {
      names_are_bare_ = true;
      definitions();
      if (command.name == "help") {
        topics();
        own_ = out_.candidates.size();
        rows_with_help();
        built_in();
      }
      return;
    }
    if (signature == command.name || takes("[N]")) return;
    words_of(command);
    own_ = out_.candidates.size();
    names();
  }

  // Whether the file name of "… as FILE" is expected.
  bool follows_as() const {
    for (std::size_t i = size(); i-- > first_;) {
      if (token(i).kind == TokenKind::name && token(i).text == "as") return token(i).span.end < text_.size();
    }
    return false;
  }

  // The words that may follow a command besides expressions: its own, those of ranges, and the lower-case words of its
  // signature, except quoted texts and the ends of a range.
  void words_of(const session::Command& command) {
    std::vector<std::string_view> more;
    if (command.signature.find("RANGE") != std::string_view::npos) more = {"in", "step", "parts"};
    bool quoted = false;
    for (std::size_t at = command.name.size(); at < command.signature.size();) {
      const std::size_t end =
          std::min(command.signature.find_first_not_of(kSmallLetters, at), command.signature.size());
      const char before = command.signature[at - 1];
      const bool is_word = end > at + 1 && !quoted && before != '.' && !command.signature.substr(end).starts_with('.');
      if (is_word) more.push_back(command.signature.substr(at, end - at));
      if (end < command.signature.size() && command.signature[end] == '"') quoted = !quoted;
      at = end + 1;
    }
    for (const session::ArgumentWord& w : session::argument_words()) {
      if (w.of != command.name) continue;
      offer(std::string(w.name) + " ", w.meaning);
      std::erase(more, w.name);
    }
    for (const std::string_view word : more) {
      const session::Word* known = session::find_word(word);
      offer(std::string(word) + " ", known != nullptr ? known->signature : form_with(word, command.signature));
    }
  }

  // The one of several forms in which a word occurs.
  static std::string_view form_with(std::string_view word, std::string_view forms) {
    while (true) {
      const std::size_t end = std::min(forms.find(" | "), forms.size());
      const std::string_view form = forms.substr(0, end);
      if (end == forms.size() || form.find(word) != std::string_view::npos) return form;
      forms.remove_prefix(end + 3);
    }
  }

  void command_names() {
    for (const session::Command* c : session::commands()) {
      const bool alone = c->signature == c->name;
      offer(std::string(c->name) + (alone ? "" : " "), first_sentence(c->help));
    }
  }

  void lessons() {
    for (const session::Lesson& l : session::shipped_lessons()) offer(l.name, l.title);
    offer("stop", "ends the lesson that is being played");
    file_names(".nabla");
  }

  void topics() {
    for (const std::string_view t : session::help_topics()) offer(std::string(t), "a topic");
  }
  void rows_with_help() {
    for (const session::Command* c : session::commands()) offer(std::string(c->name), first_sentence(c->help));
    for (const session::SettingRow& s : session::setting_rows()) offer(std::string(s.name), s.help);
  }

  void setting_names() {
    for (const session::SettingRow& s : session::setting_rows()) {
      offer(std::string(s.name) + " ", fmt::format("{} (now {})", s.help, s.get(session_.settings)));
    }
  }

  void setting_values(std::string_view name) {
    for (const session::SettingRow& s : session::setting_rows()) {
      if (s.name != name) continue;
      const std::string now = s.get(session_.settings);
      each_word(s.choices,
                [&](std::string_view choice) { offer(std::string(choice), choice == now ? "as it is" : ""); });
      if (s.choices.empty()) out_.signature = fmt::format("{} {}..{} (now {})", s.name, s.lowest, s.highest, now);
    }
  }

  void definitions() {
    for (const calc::Definition* d : session_.definitions()) offer(called(d->name, d->is_function), d->source);
  }

  void names() {
    for (const session::ArgumentWord& w : session::argument_words()) {
      if (w.of == call_) offer(std::string(w.name), w.meaning);
    }
    definitions();
    built_in();
    for (const Sign& s : signs()) {
      if (s.word == word() && !word().empty()) also_.push_back({std::string(s.sign), fmt::format("\\{}", s.name)});
    }
  }

  void built_in() {
    for (const expr::Function& f : functions::table()) {
      const bool constant = f.parameters.empty();
      offer_with_aliases(
          f.name, f.aliases, !constant,
          constant ? std::string(first_sentence(f.help)) : fmt::format("{}   {}", session::call_of(f), f.title));
    }
    for (const expr::Operation* o : calc::operations()) {
      if (!session::can_be_typed(*o)) continue;
      offer_with_aliases(o->name, o->aliases, true, fmt::format("{}   {}", session::forms_of(*o).front(), o->title));
    }
    for (const session::Word& w : session::words())
      offer(called(w.name, w.is_call), fmt::format("{}   {}", w.signature, w.meaning));
  }

  // Aliases are offered only if the word begins like them.
  void offer_with_aliases(std::string_view name, std::string_view aliases, bool function, std::string_view help) {
    offer(called(name, function), help);
    if (word().empty() || !has(aliases) || name.starts_with(word())) return;
    each_word(aliases, [&](std::string_view alias) { offer(called(alias, function), help); });
  }

  std::string called(std::string_view name, bool function) const {
    return std::string(name) + (function && !names_are_bare_ && !rest_.starts_with('(') ? "(" : "");
  }

  // Files with this extension, and folders; in quotes where needed.
  void file_names(std::string_view ending) {
    std::size_t begin = text_.find_last_of(" \t\"") + 1;
    const std::size_t quote = text_.rfind('"');
    const bool quoted = quote != std::string_view::npos && !loose_.open_text.empty();
    if (quoted) begin = quote + 1;
    out_.begin = begin;
    out_.signature.clear();
    for (const session::FileEntry& entry : session::files_beginning(std::string(text_.substr(begin)))) {
      const bool is_folder = entry.path.ends_with('/');
      if (!is_folder && !entry.path.ends_with(ending)) continue;
      const bool needs_quotes = entry.path.find_first_of(" \t\"#;") != std::string::npos;
      const bool ends_quote = (quoted || needs_quotes) && !is_folder && !rest_.starts_with('"');
      const std::string_view opening = needs_quotes && !quoted ? "\"" : "";
      also_.push_back({fmt::format("{}{}{}", opening, entry.path, ends_quote ? "\"" : ""), entry.help});
    }
  }

  // Keeps the candidates that begin with the word, those of the command itself first.
  void choose() {
    auto& all = out_.candidates;
    const auto in_own = all.begin() + static_cast<std::ptrdiff_t>(own_);
    std::sort(all.begin(), in_own, by_text);
    std::stable_sort(in_own, all.end(), by_text);
    const auto keep = [&](auto begins) {
      std::vector<Candidate> kept;
      for (const Candidate& c : all) {
        if (begins(c.text) && (kept.empty() || kept.back().text != c.text)) kept.push_back(c);
      }
      return kept;
    };
    auto chosen = keep([&](std::string_view c) { return c.starts_with(word()); });
    if (chosen.empty()) chosen = keep([&](std::string_view c) { return begins_ignoring_case(c, word()); });
    chosen.insert(chosen.end(), also_.begin(), also_.end());
    all = std::move(chosen);
  }

  std::string_view text_;  // up to the cursor
  std::string_view rest_;
  const session::Session& session_;
  LooseTokens loose_;
  std::size_t first_ = 0;        // token of the statement
  std::size_t word_first_ = 0;   // token that is completed; size() if a new one begins
  std::string call_;             // the name of the call that the cursor is in
  std::size_t own_ = 0;          // candidates that are words of the command
  bool names_are_bare_ = false;  // no bracket is added to function names
  std::vector<Candidate> also_;
  Completion out_;
};

}  // namespace

Completion complete(std::string_view text, std::size_t cursor, const session::Session& session) {
  return Completer(text, std::min(cursor, text.size()), session).run();
}

std::string signature_at(std::string_view text, std::size_t cursor, const session::Session& session) {
  return Completer(text, std::min(cursor, text.size()), session).signature();
}

std::string common_beginning(const std::vector<Candidate>& candidates) {
  if (candidates.empty()) return {};
  const std::string& first = candidates.front().text;
  std::size_t size = first.size();
  for (const Candidate& c : candidates) {
    const auto differs = std::ranges::mismatch(first, c.text).in1;
    size = std::min(size, static_cast<std::size_t>(differs - first.begin()));
  }
  // Do not split a character.
  while (size > 0 && size < first.size() && (static_cast<unsigned char>(first[size]) & 0xC0) == 0x80) --size;
  return first.substr(0, size);
}

}  // namespace nabla::assist
