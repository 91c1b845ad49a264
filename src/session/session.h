// What lasts from one statement to the next: definitions, answers, settings.
#pragma once

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "calc/elaborate/elaborate.h"
#include "parse/names.h"
#include "session/settings.h"

namespace nabla::session {

class Session final : public calc::Environment, public parse::Names {
 public:
  static constexpr std::size_t kAnswersKept = 1000;
  static constexpr std::size_t kChangesKept = 100;

  Settings settings;
  Settings usual_settings;  // those the session began with
  bool sandbox = false;     // statements read and write no file
  // Set by any thread or by a signal, it ends the statement being run with the error `interrupted`. Sessions of one
  // person may share theirs.
  std::shared_ptr<std::atomic<bool>> stop = std::make_shared<std::atomic<bool>>(false);
  // What was typed at the prompt, now and in earlier sessions: statements that are all different, oldest first.
  std::vector<std::string> typed;

  // calc::Environment
  const calc::Definition* find(std::string_view name) const override;
  const expr::Graph& graph() const override { return *graph_; }
  const expr::Value* answer(long n) const override;
  std::vector<std::string> names() const override;

  // parse::Names
  parse::NameClass classify(std::string_view name) const override;
  std::vector<std::string> all() const override;
  std::string free_letter(std::string_view name) const override;

  // Keeps a definition; its value, if it is no function, is one of `from`.
  void define(calc::Definition definition, const expr::Graph& from);
  // Whether there was such a definition.
  bool clear(std::string_view name);
  void clear();
  // In the order in which they were made.
  std::vector<const calc::Definition*> definitions() const;
  // Takes back the last definition or clear that has not been taken back; gives the names it was about, none if there
  // is no such change.
  std::vector<std::string> undo();
  // Grows with every change of a definition.
  long version() const { return version_; }

  // Keeps the value of a question as the next answer.
  void record(const expr::Value& value, const expr::Graph& from);
  // The number of answers so far, which is that of the last one.
  long answers() const { return first_answer_ + static_cast<long>(answers_.size()) - 1; }

 private:
  struct Entry {
    long order;
    calc::Definition definition;
  };

  // What stood under these names before a change.
  using Change = std::vector<std::pair<std::string, std::optional<Entry>>>;

  void remember(Change change);
  expr::Value kept(const expr::Value& value, const expr::Graph& from);
  void compact();

  std::map<std::string, Entry, std::less<>> definitions_;
  long definitions_made_ = 0;
  std::deque<Change> changes_;
  long version_ = 0;
  std::deque<expr::Value> answers_;
  long first_answer_ = 1;
  std::unique_ptr<expr::Graph> graph_ = std::make_unique<expr::Graph>();
  std::size_t compact_beyond_ = 1 << 14;  // nodes
};

}  // namespace nabla::session
