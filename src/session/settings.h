// The settings, which `set` changes.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "view/answers/answer.h"

namespace nabla::session {

enum class Color : std::uint8_t { automatic, always, never };

struct Settings {
  int digits = 12;
  view::Look look;
  Color color = Color::automatic;
  int width = 0;  // columns; 0: of the terminal, 80 without one
  int height = 0;
  int size = 640;  // of a picture, in pixels
  int dpi = 96;
  bool preview = true;
};

// One setting: its text form and how it is changed. `choices` is blank-separated, empty for a whole number.
struct SettingRow {
  std::string_view name;
  std::string_view choices;
  std::string_view help;
  long lowest;
  long highest;
  std::string (*get)(const Settings& settings);
  void (*set)(Settings& settings, std::string_view value, long number);
};

std::span<const SettingRow> setting_rows();

// Throws Error (argument): an unknown setting or value, its span left empty.
void change_setting(Settings& settings, std::string_view name, std::string_view value);

}  // namespace nabla::session
