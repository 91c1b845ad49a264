// The prompt and what stands around it, as rows of a terminal.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assist/highlight.h"

namespace nabla::terminal {

// A piece of a line in one look; `sgr` is what stands between "ESC [" and "m", empty for the terminal's own colours.
struct Segment {
  std::string text;
  std::string_view sgr;
};
using Line = std::vector<Segment>;

// Colours of 256 in the middle of the grey scale, which can be read on light and on dark; "" for the terminal's own.
std::string_view sgr_of(assist::Ink ink);
inline constexpr std::string_view kGrey = "38;5;243";
inline constexpr std::string_view kSelected = "7";

// What is to be seen.
struct Scene {
  std::string_view prompt;        // of readline: the prompt, or what it asks and searches
  std::string_view continuation;  // before the further lines of the text
  std::string_view text;
  std::size_t cursor = 0;  // a byte of the text, or its end
  std::vector<assist::Stroke> strokes;
  std::string_view suggestion;  // behind the text
  std::vector<Line> below;      // each a row, cut at the edge
};

struct Row {
  std::string bytes;
  int width = 0;         // columns taken
  bool goes_on = false;  // in the next row, to which the terminal itself wraps
};

struct Frame {
  std::vector<Row> rows;
  std::size_t cursor_row = 0;
  int cursor_column = 0;
};

// At most `height` rows, those around the cursor if there are more; what stands below goes first.
Frame lay_out(const Scene& scene, int columns, int height);

// A text with the sequences that colour it, for where nothing is laid out.
std::string in_colours(std::string_view text, std::span<const assist::Stroke> strokes);

}  // namespace nabla::terminal
