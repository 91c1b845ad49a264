#include "terminal/screen.h"

#include <utf8proc.h>

#include <algorithm>

namespace nabla::terminal {

namespace {

constexpr int kTabWidth = 4;

// One character as it is shown.
struct Glyph {
  std::size_t bytes = 1;  // in the text
  std::string shown;
  int width = 1;
  bool strange = false;  // shown by a replacement character
};

Glyph glyph_at(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte == '\t') return {1, std::string(kTabWidth, ' '), kTabWidth, false};
  if (byte < 0x20 || byte == 0x7F) return {1, {'^', static_cast<char>(byte ^ 0x40)}, 2, true};
  if (byte < 0x80) return {1, std::string(1, text[at]), 1, false};
  utf8proc_int32_t c = 0;
  const auto n = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                                  static_cast<utf8proc_ssize_t>(text.size() - at), &c);
  if (n <= 0) return {1, "�", 1, true};
  const auto bytes = static_cast<std::size_t>(n);
  const auto category = utf8proc_category(c);
  // Invisible characters, such as marks that change the direction of text, are not sent to the terminal.
  const bool invisible = category == UTF8PROC_CATEGORY_CF || category == UTF8PROC_CATEGORY_CC ||
                         category == UTF8PROC_CATEGORY_CN || category == UTF8PROC_CATEGORY_CO ||
                         category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
  if (invisible) return {bytes, "�", 1, true};
  return {bytes, std::string(text.substr(at, bytes)), utf8proc_charwidth(c), false};
}

class Typesetter {
 public:
  explicit Typesetter(int columns) : columns_(columns) { frame_.rows.emplace_back(); }

  void put(const Glyph& glyph, std::string_view sgr) {
    if (frame_.rows.back().width + glyph.width > columns_) {
      frame_.rows.back().goes_on = true;
      next_row();
    }
    set(glyph.strange ? kSelected : sgr);
    frame_.rows.back().bytes += glyph.shown;
    frame_.rows.back().width += glyph.width;
  }

  void put(std::string_view text, std::string_view sgr) {
    for (std::size_t at = 0; at < text.size();) {
      const Glyph glyph = glyph_at(text, at);
      put(glyph, sgr);
      at += glyph.bytes;
    }
  }

  void new_line() { next_row(); }

  // Places the cursor before the next glyph.
  void mark_cursor(int next_width) {
    frame_.cursor_row = frame_.rows.size() - 1;
    frame_.cursor_column = frame_.rows.back().width;
    if (frame_.cursor_column + next_width > columns_) {
      ++frame_.cursor_row;
      frame_.cursor_column = 0;
    }
  }

  // Puts a line in a row of its own, cut before the edge.
  void put_below(const Line& line) {
    next_row();
    for (const Segment& piece : line) {
      for (std::size_t at = 0; at < piece.text.size();) {
        const Glyph glyph = glyph_at(piece.text, at);
        if (frame_.rows.back().width + glyph.width > columns_ - 2) {
          put("…", piece.sgr);
          return;
        }
        put(glyph, piece.sgr);
        at += glyph.bytes;
      }
    }
  }

  std::size_t rows() const { return frame_.rows.size(); }
  // After a full last row terminals defer the wrap and erase differently, so a new row is begun.
  void end_text() {
    if (frame_.rows.back().width >= columns_ || frame_.cursor_row >= frame_.rows.size()) next_row();
  }

  Frame finish() {
    set("");
    return std::move(frame_);
  }

 private:
  void set(std::string_view sgr) {
    if (sgr == sgr_) return;
    if (!sgr_.empty()) frame_.rows.back().bytes += "\x1b[m";
    if (!sgr.empty()) frame_.rows.back().bytes.append("\x1b[").append(sgr).append("m");
    sgr_ = sgr;
  }

  // Each row begins and ends without attributes.
  void next_row() {
    set("");
    frame_.rows.emplace_back();
  }

  int columns_;
  Frame frame_;
  std::string_view sgr_;
};

// Keeps the rows around the cursor.
void crop(Frame& frame, std::size_t height) {
  if (frame.rows.size() <= height) return;
  std::size_t first = frame.cursor_row >= height / 2 ? frame.cursor_row - height / 2 : 0;
  first = std::min(first, frame.rows.size() - height);
  frame.rows.erase(frame.rows.begin(), frame.rows.begin() + static_cast<std::ptrdiff_t>(first));
  frame.rows.resize(height);
  frame.rows.back().goes_on = false;
  frame.cursor_row -= first;
}

}  // namespace

std::string_view sgr_of(assist::Ink ink) {
  switch (ink) {
    case assist::Ink::plain: return "";
    case assist::Ink::number: return "38;5;30";
    case assist::Ink::function: return "38;5;32";
    case assist::Ink::op: return "38;5;130";
    case assist::Ink::bound: return "38;5;28";
    case assist::Ink::unknown: return "38;5;160";
    case assist::Ink::comment: return kGrey;
    case assist::Ink::text: return "38;5;64";
    case assist::Ink::keyword: return "38;5;133";
    case assist::Ink::match: return "1;4";
    case assist::Ink::unbalanced: return "1;38;5;160";
  }
  return "";
}

std::string in_colours(std::string_view text, std::span<const assist::Stroke> strokes) {
  std::string out;
  std::size_t at = 0;
  for (const assist::Stroke& s : strokes) {
    out += text.substr(at, s.span.begin - at);
    out.append("\x1b[").append(sgr_of(s.ink)).append("m");
    out += text.substr(s.span.begin, s.span.size());
    out += "\x1b[m";
    at = s.span.end;
  }
  out += text.substr(at);
  return out;
}

Frame lay_out(const Scene& scene, int columns, int height) {
  columns = std::max(columns, 4);
  const auto most = static_cast<std::size_t>(std::max(height, 1));
  Typesetter out(columns);
  out.put(scene.prompt, sgr_of(assist::Ink::function));
  auto stroke = scene.strokes.begin();
  for (std::size_t at = 0; at < scene.text.size();) {
    while (stroke != scene.strokes.end() && stroke->span.end <= at) ++stroke;
    if (scene.text[at] == '\n') {
      if (at == scene.cursor) out.mark_cursor(0);
      out.new_line();
      out.put(scene.continuation, kGrey);
      ++at;
      continue;
    }
    const Glyph glyph = glyph_at(scene.text, at);
    if (scene.cursor >= at && scene.cursor < at + glyph.bytes) out.mark_cursor(glyph.width);
    const bool inked = stroke != scene.strokes.end() && stroke->span.begin <= at;
    out.put(glyph, inked ? sgr_of(stroke->ink) : std::string_view());
    at += glyph.bytes;
  }
  if (scene.cursor >= scene.text.size()) out.mark_cursor(1);
  for (std::string_view rest = scene.suggestion; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    out.put(rest.substr(0, end), kGrey);
    if (end == rest.size()) break;
    out.new_line();
    out.put(scene.continuation, kGrey);
    rest.remove_prefix(end + 1);
  }
  out.end_text();
  const std::size_t text_rows = out.rows();
  for (std::size_t i = 0; i < scene.below.size() && text_rows + i < most; ++i) out.put_below(scene.below[i]);
  Frame frame = out.finish();
  crop(frame, most);
  return frame;
}

}  // namespace nabla::terminal
