// The prompt and the lines around it, laid out as rows of a terminal.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assist/highlight.h"

namespace nabla::terminal {

// A piece of a line in one style; `sgr` is the text between "ESC [" and "m", empty for the default.
struct Segment {
  std::string text;
  std::string_view sgr;
};
using Line = std::vector<Segment>;

// Colours of the 256-colour palette of medium brightness, readable on light and dark; "" for the terminal's default.
std::string_view sgr_of(assist::Ink ink);
inline constexpr std::string_view kGrey = "38;5;243";
inline constexpr std::string_view kSelected = "7";

// The content to be laid out.
struct Scene {
  std::string_view prompt;        // the prompt, or readline's own question or search
  std::string_view continuation;  // precedes the further lines of the text
  std::string_view text;
  std::size_t cursor = 0;  // a byte of the text, or its end
  std::vector<assist::Stroke> strokes;
  std::string_view suggestion;  // follows the text
  std::vector<Line> below;      // each a row, cut at the edge
};

struct Row {
  std::string bytes;
  int width = 0;         // columns taken
  bool goes_on = false;  // continues in the next row, to which the terminal itself wraps
};

struct Frame {
  std::vector<Row> rows;
  std::size_t cursor_row = 0;
  int cursor_column = 0;
};

// At most `height` rows, those around the cursor if there are more; the lines below are dropped first.
Frame lay_out(const Scene& scene, int columns, int height);

// A text with its colour sequences, for output without layout.
std::string in_colours(std::string_view text, std::span<const assist::Stroke> strokes);

}  // namespace nabla::terminal
