#include "terminal/keys.h"

#include <unistd.h>

// readline.h needs FILE.
#include <cstdio>
//
#include <readline/history.h>
#include <readline/readline.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <utility>

#include "terminal/editor.h"

namespace nabla::terminal {

namespace {

Editor* editor = nullptr;
int held_back = EOF;  // the key after the end of a search
// Control characters with a meaning within a search.
constexpr std::string_view kSearchKeys = "\a\b\n\r\x12\x13\x16\x17\x19";

struct Replacement {
  rl_command_func_t* of;
  rl_command_func_t* by;
};

constexpr int kDeepestKeymap = 8;

void replace_in(Keymap map, std::span<const Replacement> replacements, int depth) {
  for (int i = 0; i < KEYMAP_SIZE; ++i) {
    KEYMAP_ENTRY& entry = map[i];
    if (entry.type == ISKMAP && depth < kDeepestKeymap && entry.function != nullptr) {
      replace_in(reinterpret_cast<Keymap>(entry.function), replacements, depth + 1);
    } else if (entry.type == ISFUNC) {
      const auto found = std::ranges::find(replacements, entry.function, &Replacement::of);
      if (found != replacements.end()) entry.function = found->by;
    }
  }
}

}  // namespace

// Between readline's C functions and the editor.
struct KeyFunctions {
  static void must_draw() { editor->dirty_ = true; }
  static void take_line(char* line) {
    if (line == nullptr) {
      editor->close_line();
    } else {
      editor->entered_ = line;
      editor->end_ = Editor::End::entered;
    }
    std::free(line);
    rl_callback_handler_remove();
    editor->started_ = false;
  }
  static int forward_char(int count, int key) {
    return editor->rich() && editor->accept_suggestion(true) ? 0 : rl_forward_char(count, key);
  }
  static int end_of_line(int count, int key) {
    return editor->rich() && editor->accept_suggestion(true) ? 0 : rl_end_of_line(count, key);
  }
  static int forward_word(int count, int key) {
    return editor->rich() && editor->accept_suggestion(false) ? 0 : rl_forward_word(count, key);
  }
  static int newline(int count, int key) { return editor->rich() && !editor->enter() ? 0 : rl_newline(count, key); }
  static int complete(int, int) {
    editor->complete(1);
    return 0;
  }
  static int complete_back(int, int) {
    editor->complete(-1);
    return 0;
  }
  static int previous(int, int) {
    editor->recall(-1);
    return 0;
  }
  static int next(int, int) {
    editor->recall(1);
    return 0;
  }
  static int clear_screen(int count, int key) {
    if (!editor->rich()) return rl_clear_screen(count, key);
    editor->painter_.wipe();
    editor->dirty_ = true;
    return 0;
  }
  // Readline 8.2 executes a key that ends a search while still reading it, and crashes if the key is incomplete: so the
  // search is ended first, and the key is passed on afterwards.
  static int read_byte(std::FILE* in) {
    if (held_back != EOF) return std::exchange(held_back, EOF);
    const int byte = rl_getc(in);
    if (!RL_ISSTATE(RL_STATE_ISEARCH) || byte < 0 || byte >= ' ' ||
        kSearchKeys.find(static_cast<char>(byte)) != kSearchKeys.npos) {
      return byte;
    }
    const char* ends = rl_variable_value("isearch-terminators");
    if (ends != nullptr && *ends != '\0' && std::strchr(ends, '\n') == nullptr) return byte;
    held_back = byte;
    return '\n';
  }
  static int paste(int count, int key) {
    const auto begin = static_cast<std::size_t>(rl_point);
    const int result = rl_bracketed_paste_begin(count, key);
    editor->clean_paste(begin);
    return result;
  }
};

void Keys::bind(Editor& of) {
  editor = &of;
  rl_getc_function = KeyFunctions::read_byte;
  static constexpr Replacement kReplacements[] = {
      {rl_forward_char, KeyFunctions::forward_char},  {rl_end_of_line, KeyFunctions::end_of_line},
      {rl_forward_word, KeyFunctions::forward_word},  {rl_newline, KeyFunctions::newline},
      {rl_complete, KeyFunctions::complete},          {rl_get_previous_history, KeyFunctions::previous},
      {rl_get_next_history, KeyFunctions::next},      {rl_clear_screen, KeyFunctions::clear_screen},
      {rl_clear_display, KeyFunctions::clear_screen}, {rl_bracketed_paste_begin, KeyFunctions::paste},
  };
  for (Keymap map : {emacs_standard_keymap, vi_insertion_keymap}) {
    rl_bind_keyseq_if_unbound_in_map("\\e[1;5C", rl_forward_word, map);
    rl_bind_keyseq_if_unbound_in_map("\\e[1;5D", rl_backward_word, map);
    rl_bind_keyseq_if_unbound_in_map("\\e[1;3C", rl_forward_word, map);
    rl_bind_keyseq_if_unbound_in_map("\\e[1;3D", rl_backward_word, map);
    rl_bind_keyseq_if_unbound_in_map("\\e[3~", rl_delete, map);
    rl_bind_keyseq_if_unbound_in_map("\\e[Z", KeyFunctions::complete_back, map);
  }
  for (Keymap map : {emacs_standard_keymap, vi_insertion_keymap, vi_movement_keymap}) replace_in(map, kReplacements, 0);
}

bool Keys::pending() { return held_back != EOF || RL_ISSTATE(RL_STATE_MACROINPUT); }

void Keys::release() {
  editor = nullptr;
  rl_redisplay_function = rl_redisplay;
}

void Keys::draw_by(bool by_editor) { rl_redisplay_function = by_editor ? KeyFunctions::must_draw : rl_redisplay; }

void Keys::take_line(char* line) { KeyFunctions::take_line(line); }

bool Keys::inserts() {
  if (RL_ISSTATE(RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_NUMERICARG | RL_STATE_VIMOTION)) return false;
  return rl_editing_mode == 1 || rl_get_keymap() != vi_movement_keymap;
}

}  // namespace nabla::terminal
