#include "view/cairo/math_text.h"

#include <array>
#include <cctype>
#include <string>
#include <utility>

namespace nabla::view {
namespace {

constexpr double kRaised = 0.7;  // size of an exponent
constexpr double kRaise = 0.42;  // of it, in letters' size

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

// One pass over the formula; draws if `draw`, and measures in any case.
class Setter {
 public:
  Setter(cairo_t* cr, std::string_view formula, bool draw) : cr_(cr), text_(formula), draw_(draw) {}

  double run(double size, double x, double y) {
    const double start = x;
    x_ = x;
    set(size, y, text_.size());
    return x_ - start;
  }

 private:
  void set(double size, double y, std::size_t end) {
    while (at_ < end) {
      const char c = text_[at_];
      if (is_letter(c)) {
        word(size, y);
      } else if (c == '^') {
        ++at_;
        exponent(size, y, end);
      } else if (is_digit(c) || c == '.') {
        std::size_t stop = at_;
        while (stop < end &&
               (is_digit(text_[stop]) || (text_[stop] == '.' && stop + 1 < end && is_digit(text_[stop + 1]))))
          ++stop;
        if (stop == at_) stop = at_ + 1;
        show(text_.substr(at_, stop - at_), false, size, y);
        at_ = stop;
      } else {
        sign(size, y);
      }
    }
  }

  // Function names are upright; names of one letter are variables and slanted.
  void word(double size, double y) {
    std::size_t stop = at_;
    while (stop < text_.size() && (is_letter(text_[stop]) || is_digit(text_[stop]) || text_[stop] == '_')) ++stop;
    const std::string_view name = text_.substr(at_, stop - at_);
    at_ = stop;
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kGreek{{{"pi", "π"},
                                                                                           {"tau", "τ"},
                                                                                           {"phi", "φ"},
                                                                                           {"alpha", "α"},
                                                                                           {"beta", "β"},
                                                                                           {"gamma", "γ"},
                                                                                           {"theta", "θ"},
                                                                                           {"inf", "∞"},
                                                                                           {"sqrt", "√"},
                                                                                           {"omega", "ω"}}};
    const bool called = at_ < text_.size() && text_[at_] == '(' && name != "sqrt";
    if (called && name == "gamma") return show("Γ", false, size, y);
    for (const auto& [word, letter] : kGreek) {
      if (name == word && !called) return show(letter, false, size, y);
    }
    std::size_t letters = 0;
    for (const char c : name) letters += is_letter(c) && (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1u : 0u;
    if (letters != 1) return show(name, false, size, y);
    std::size_t split = 0;
    while (split < name.size() && is_letter(name[split])) ++split;
    show(name.substr(0, split), true, size, y);
    std::string_view index = name.substr(split);
    if (!index.empty() && index[0] == '_') index.remove_prefix(1);
    if (!index.empty()) show(index, false, size * kRaised, y + 0.18 * size);
  }

  void exponent(double size, double y, std::size_t end) {
    if (at_ >= end) return;
    std::size_t stop = at_;
    if (text_[stop] == '-' || text_[stop] == '+') ++stop;
    if (stop < end && text_[stop] == '(') {
      int depth = 0;
      std::size_t close = stop;
      for (; close < end; ++close) {
        depth += text_[close] == '(' ? 1 : text_[close] == ')' ? -1 : 0;
        if (depth == 0) break;
      }
      const bool whole = stop == at_;  // ^(…) needs no brackets when raised
      if (whole) ++at_;
      set(size * kRaised, y - kRaise * size, whole ? close : close + 1);
      at_ = close + 1;
      return;
    }
    if (stop < end && is_letter(text_[stop])) {
      while (stop < end && (is_letter(text_[stop]) || is_digit(text_[stop]) || text_[stop] == '_')) ++stop;
    } else {
      while (stop < end && (is_digit(text_[stop]) || text_[stop] == '.')) ++stop;
    }
    if (stop == at_) stop = at_ + 1;
    set(size * kRaised, y - kRaise * size, stop);
  }

  void sign(double size, double y) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kSigns{{{"**", "^"},
                                                                                          {"<=", "≤"},
                                                                                          {">=", "≥"},
                                                                                          {"!=", "≠"},
                                                                                          {"==", "="},
                                                                                          {"-", "−"},
                                                                                          {"*", "·"},
                                                                                          {"'", "′"},
                                                                                          {"..", "…"}}};
    for (const auto& [typed, shown] : kSigns) {
      if (!text_.substr(at_).starts_with(typed)) continue;
      at_ += typed.size();
      if (typed == "**") return exponent(size, y, text_.size());
      return show(shown, false, size, y);
    }
    show(text_.substr(at_, 1), false, size, y);
    ++at_;
  }

  void show(std::string_view text, bool slanted, double size, double y) {
    cairo_select_font_face(cr_, "serif", slanted ? CAIRO_FONT_SLANT_ITALIC : CAIRO_FONT_SLANT_NORMAL,
                           CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cr_, size);
    const std::string copy(text);
    cairo_text_extents_t extents;
    cairo_text_extents(cr_, copy.c_str(), &extents);
    if (draw_) {
      cairo_move_to(cr_, x_, y);
      cairo_show_text(cr_, copy.c_str());
    }
    x_ += extents.x_advance;
  }

  cairo_t* cr_;
  std::string_view text_;
  bool draw_;
  std::size_t at_ = 0;
  double x_ = 0;
};

}  // namespace

double math_width(cairo_t* cr, std::string_view formula, double size) {
  return Setter(cr, formula, false).run(size, 0, 0);
}

void show_math(cairo_t* cr, std::string_view formula, double size, double x, double y) {
  Setter(cr, formula, true).run(size, x, y);
}

}  // namespace nabla::view
