#include "session/interpreter.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/diagnostic.h"
#include "base/stopwatch.h"
#include "base/text.h"
#include "session/answering.h"
#include "session/command.h"
#include "session/definition.h"
#include "session/style.h"

namespace nabla::session {

using base::Code;
using base::Error;
using base::Lap;
using base::Phase;
using base::Span;
using parse::Statement;
using parse::StatementKind;
using Piece = parse::StatementReader::Piece;

namespace {

// Sets a variable for its lifetime.
template <class T>
class Scoped {
 public:
  Scoped(T& variable, T value) : variable_(variable), before_(std::exchange(variable, value)) {}
  ~Scoped() { variable_ = before_; }
  Scoped(const Scoped&) = delete;
  Scoped& operator=(const Scoped&) = delete;

 private:
  T& variable_;
  T before_;
};

}  // namespace

void Interpreter::run(const Piece& piece, const Source& source) {
  if (options_.end && base::Budget::Clock::now() >= *options_.end) {
    finished_ = failed_ = true;
    output_.message("nabla: error: the time allowed for the whole run is over; raise --total-timeout\n");
    return;
  }
  const Scoped piece_now(piece_, &piece);
  const Scoped source_now(source_, &source);
  const Scoped offset_now(offset_, 0u);
  if (options_.echo) echo(piece);
  run_statement(piece.text);
}

void Interpreter::run_part(std::string_view text, std::uint32_t offset, base::Stopwatch* watch) {
  const Scoped offset_now(offset_, offset_ + offset);
  const Scoped watch_now(watch_, watch);
  run_statement(text);
}

void Interpreter::define_value(const std::string& name, std::string_view text, const Source& source) {
  Piece piece;
  piece.text = text;
  const Scoped<const Piece*> piece_now(piece_, &piece);
  const Scoped source_now(source_, &source);
  guarded([&] {
    Statement statement;
    statement.kind = StatementKind::value;
    statement.name = name;
    statement.text = text;
    statement.terms = std::make_shared<parse::Terms>();
    const std::vector<parse::Token> tokens = parse::tokenize(text);
    if (find_command(tokens.front().text) != nullptr) {
      throw Error(Code::syntax, tokens.front().span, "an expression is due here, not a command");
    }
    statement.body = parse::parse_expression(*statement.terms, std::span(tokens).first(tokens.size() - 1), text,
                                             session_, {}, false, statement.notes);
    answer(statement);
  });
}

void Interpreter::run_statement(std::string_view text) {
  guarded([&] {
    Statement statement;
    {
      const Lap lap(watch_, Phase::parse);
      statement = parse::parse_statement(text, session_, command_words());
    }
    answer(statement);
  });
}

template <class Work>
void Interpreter::guarded(Work work) {
  try {
    try {
      work();
    } catch (const std::bad_alloc&) {
      // To tell it takes memory too.
      workspace_.reset();
      graph_ = std::make_unique<expr::Graph>(&calc::kRules);
      throw;
    }
  } catch (const Error& e) {
    tell_error(e);
  } catch (const std::bad_alloc&) {
    tell_error(Error(Code::limit, {}, "not enough memory for this statement"));
  } catch (const std::exception& e) {
    tell_error(Error(Code::bug, {}, fmt::format("this is a bug of Nabla, not of yours: {}", e.what()),
                     "please report the statement; the session goes on"));
  }
  workspace_.reset();
}

void Interpreter::answer(Statement& statement) {
  for (const base::Note& n : statement.notes) note(n.span, n.text);
  switch (statement.kind) {
    case StatementKind::empty: return;
    case StatementKind::function:
    case StatementKind::value: return define(statement);
    case StatementKind::question: return ask(statement);
    case StatementKind::command: {
      const Command* command = find_command(statement.name);
      Invocation call{*this, session_, statement};
      command->run(call);
      return;
    }
  }
}

void Interpreter::define(Statement& statement) {
  Workspace& work = new_workspace();
  const Lap lap(watch_, Phase::expand);
  calc::Definition definition = definition_of(statement, session_, work);
  tell_notes(work);
  session_.define(std::move(definition), work.graph);
}

void Interpreter::ask(Statement& statement) {
  Workspace& work = new_workspace();
  expr::Value value;
  {
    const Lap lap(watch_, Phase::expand);
    value = work.in.elaborate(statement.body);
  }
  view::Answer found;
  {
    const Lap lap(watch_, Phase::evaluate);
    found = answer_of(work, value, session_.settings);
  }
  tell_notes(work);
  session_.record(value, work.graph);
  tell(std::move(found), session_.answers());
}

Workspace& Interpreter::new_workspace() {
  workspace_.emplace(*graph_, session_, deadline());
  workspace_->budget.watch = watch_;
  workspace_->budget.threads = options_.threads;
  return *workspace_;
}

std::optional<base::Budget::Clock::time_point> Interpreter::deadline() const {
  using Clock = base::Budget::Clock;
  if (!options_.timeout) return options_.end;
  const Clock::time_point own =
      Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(*options_.timeout));
  return options_.end ? std::min(own, *options_.end) : own;
}

void Interpreter::tell_notes(Workspace& work) {
  for (const base::Note& n : work.notes) note(n.span, n.text);
  work.notes.clear();
}

void Interpreter::say(view::Answer found) { tell(std::move(found), 0); }

void Interpreter::tell(view::Answer found, long number) {
  const view::Look& look = session_.settings.look;
  found.input = piece_->text;
  if (found.kind != view::AnswerKind::error) found.line = source_->number > 0 ? source_->number : piece_->line;
  for (const view::Spelling& c : found.conditions) note({}, c.in(look.style));
  if (look.format == view::Format::csv && found.certainty == number::Certainty::estimated) note({}, "an estimate");
  output_.answer(found, look, number);
}

view::TableHead Interpreter::table_head(std::vector<std::string> names) const {
  return {std::move(names), piece_->text, source_->number > 0 ? source_->number : piece_->line};
}

Interpreter::Place Interpreter::place_of(Span span) const {
  const std::string_view text = piece_->text;
  const auto& starts = piece_->line_starts;
  const std::size_t begin = std::min<std::size_t>(span.begin + offset_, text.size());
  const auto next = std::ranges::upper_bound(starts, begin);
  const std::size_t line_start = next == starts.begin() ? 0 : *std::prev(next);
  std::string_view line = text.substr(line_start, (next == starts.end() ? text.size() : *next) - line_start);
  while (line.ends_with('\n')) line.remove_suffix(1);
  const std::size_t end = std::clamp<std::size_t>(span.end + offset_, begin, std::max(begin, line_start + line.size()));

  const int line_in_piece = static_cast<int>(next - starts.begin());
  const std::size_t before = base::character_count(text.substr(line_start, begin - line_start));
  Place place;
  place.line = source_->number > 0 ? source_->number : piece_->line + line_in_piece;
  place.column = static_cast<int>(before) + (line_in_piece == 0 ? piece_->column : 1);
  place.excerpt.line = line;
  const Screen screen = output_.screen();
  if (screen.numbered) place.excerpt.columns = static_cast<std::size_t>(screen_width(session_.settings, screen));
  place.excerpt.mark = {static_cast<std::uint32_t>(begin - line_start), static_cast<std::uint32_t>(end - line_start)};
  if (!source_->name.empty()) place.excerpt.place = fmt::format("{}:{}:{}", source_->name, place.line, place.column);
  return place;
}

void Interpreter::note(Span span, std::string_view text) {
  const base::Excerpt excerpt = place_of(span).excerpt;
  output_.message(base::diagnostic({excerpt.place, {}, {}, excerpt.columns}, "note", text));
}

void Interpreter::tell_error(const Error& error) {
  view::Answer told;
  told.message = error.message;
  told.left = error.left;
  told.right = error.right;
  if (error.code == Code::undefined) {
    undefined_ = true;
    told.kind = view::AnswerKind::undefined;
    say(std::move(told));
    return;
  }
  failed_ = true;
  interrupted_ = error.code == Code::interrupted;
  stopped_ = !options_.keep_going || interrupted_;
  const Place place = place_of(error.span);
  told.kind = view::AnswerKind::error;
  told.code = base::name_of(error.code);
  told.suggestion = error.suggestion;
  told.line = place.line;
  told.column = place.column;
  say(std::move(told));
  output_.message(base::diagnostic(place.excerpt, "error", base::message_text(error)));
}

void Interpreter::tell_error(std::string_view where, const Error& error) {
  failed_ = true;
  stopped_ = !options_.keep_going;
  output_.message(base::harmless(fmt::format("{}: error: {}\n", where, base::message_text(error))));
}

void Interpreter::echo(const Piece& piece) const {
  const std::string inked = output_.coloured(piece.text, session_);
  std::string_view text = inked;
  std::string_view prompt = kPrompt;
  while (true) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    output_.write(fmt::format("{}{}\n", prompt, text.substr(0, end)));
    if (end == text.size()) return;
    text.remove_prefix(end + 1);
    prompt = kContinuationPrompt;
  }
}

}  // namespace nabla::session
