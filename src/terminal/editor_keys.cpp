// Editor (editor.h): the actions of its own keys.
#include <readline/history.h>
#include <readline/readline.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "assist/paste.h"
#include "base/text.h"
#include "parse/statement.h"
#include "terminal/editor.h"

namespace nabla::terminal {

namespace {

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0 || c == '_';
}

bool is_continuation_byte(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Whether the last statement of a text needs more lines.
bool is_open(std::string_view text) {
  parse::StatementReader reader;
  std::vector<parse::StatementReader::Piece> pieces;
  for (std::string_view line : assist::lines_of(text)) reader.feed(line, pieces);
  return reader.open();
}

}  // namespace

std::string Editor::line() { return {rl_line_buffer, static_cast<std::size_t>(rl_end)}; }

// Replaces text in one undo step.
void Editor::replace(std::size_t begin, std::size_t end, const std::string& text) {
  rl_begin_undo_group();
  rl_delete_text(static_cast<int>(begin), static_cast<int>(end));
  rl_point = static_cast<int>(begin);
  rl_insert_text(text.c_str());
  rl_end_undo_group();
}

// Accepts the whole suggestion or its first word. False if there is none.
bool Editor::accept_suggestion(bool whole) {
  const std::string more = suggestion();
  if (more.empty()) return false;
  std::size_t size = more.size();
  if (!whole) {
    size = 0;
    while (size < more.size() && !is_word_byte(more[size])) ++size;
    while (size < more.size() && is_word_byte(more[size])) ++size;
  }
  rl_insert_text(more.substr(0, size).c_str());
  return true;
}

// False if the statement is incomplete: then Enter begins its next line.
bool Editor::enter() {
  if (is_open(line())) {
    rl_insert_text("\n");
    return false;
  }
  if (rl_end == 0 && !invitation_.empty()) {
    painter_.erase();
    return true;
  }
  draw_last("");
  painter_.leave();
  return true;
}

bool Editor::menu_fits() const {
  return menu_ && menu_->text == line() && menu_->cursor == static_cast<std::size_t>(rl_point);
}

void Editor::open_menu(assist::Completion offers) {
  menu_ = Menu{std::move(offers), line(), static_cast<std::size_t>(rl_point), std::nullopt};
}

void Editor::complete(int direction) {
  if (menu_fits() && !menu_->offers.candidates.empty()) return select(direction);
  const auto cursor = static_cast<std::size_t>(rl_point);
  assist::Completion offers = assist::complete(line(), cursor, session_);
  const auto& all = offers.candidates;
  if (all.empty()) {
    if (offers.signature.empty() || !rich_) {
      rl_ding();
    } else {
      open_menu(std::move(offers));
    }
    return;
  }
  const std::string word = line().substr(offers.begin, cursor - offers.begin);
  const std::string common = assist::common_beginning(all);
  const bool extends = common.size() > word.size() || (common.size() == word.size() && common != word);
  if (all.size() == 1 || extends) replace(offers.begin, cursor, common);
  if (all.size() > 1) {
    if (rich_) return open_menu(std::move(offers));
    if (!extends) print_offers(offers);
  } else if (common.ends_with('(') && rich_) {
    assist::Completion arguments = assist::complete(line(), static_cast<std::size_t>(rl_point), session_);
    arguments.candidates.clear();
    open_menu(std::move(arguments));
  }
}

void Editor::select(int direction) {
  Menu menu = std::move(*menu_);
  const std::size_t count = menu.offers.candidates.size();
  const std::size_t before = menu.selected.value_or(direction > 0 ? count - 1 : 0);
  menu.selected = (before + (direction > 0 ? 1 : count - 1)) % count;
  replace(menu.offers.begin, menu.cursor, menu.offers.candidates[*menu.selected].text);
  menu.text = line();
  menu.cursor = static_cast<std::size_t>(rl_point);
  menu_ = std::move(menu);
}

// Prints candidates as lines, if nothing may be drawn below the line.
void Editor::print_offers(const assist::Completion& offers) const {
  rl_crlf();
  for (const assist::Candidate& c : offers.candidates) {
    std::fprintf(rl_outstream, "%s  %s\n", c.text.c_str(), c.help.c_str());
  }
  rl_forced_update_display();
}

// Moves a line up or down in a statement of several lines, else a step in the history among statements that begin with
// the typed text.
void Editor::recall(int direction) {
  if (move_line(direction)) return;
  const std::string now = line();
  if (recall_.recalled != now || now.empty()) recall_ = {now, now, history_length};
  for (int i = recall_.index + direction; i >= 0 && i <= history_length; i += direction) {
    const HIST_ENTRY* entry = i < history_length ? history_get(history_base + i) : nullptr;
    const std::string text = entry == nullptr ? recall_.typed : entry->line;
    if (!text.starts_with(recall_.typed) || (i < history_length && text == now)) continue;
    recall_.index = i;
    recall_.recalled = text;
    history_set_pos(i);
    replace(0, now.size(), text);
    return;
  }
  rl_ding();
}

bool Editor::move_line(int direction) {
  const std::string text = line();
  const auto cursor = static_cast<std::size_t>(rl_point);
  const auto start_of = [&](std::size_t at) { return at == 0 ? 0 : text.rfind('\n', at - 1) + 1; };
  const std::size_t start = start_of(cursor);
  const std::size_t end = std::min(text.find('\n', cursor), text.size());
  if (direction < 0 ? start == 0 : end == text.size()) return false;
  std::size_t at = direction < 0 ? start_of(start - 1) : end + 1;
  for (std::size_t left = base::character_count(std::string_view(text).substr(start, cursor - start));
       left > 0 && at < text.size() && text[at] != '\n'; --left) {
    do ++at;
    while (at < text.size() && is_continuation_byte(text[at]));
  }
  rl_point = static_cast<int>(at);
  return true;
}

// Cleans the pasted text between `begin` and the cursor.
void Editor::clean_paste(std::size_t begin) {
  const auto end = static_cast<std::size_t>(rl_point);
  if (begin >= end) return;
  const std::string pasted = line().substr(begin, end - begin);
  const std::string clean = assist::unprompted(pasted, prompt_, continuation_);
  if (clean != pasted) replace(begin, end, clean);
}

}  // namespace nabla::terminal
