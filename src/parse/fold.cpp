#include "parse/fold.h"

#include <fmt/core.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>

namespace nabla::parse {

namespace {

constexpr std::int32_t kOrdinalSign = 0xBA;  // º, which is typed for °

constexpr auto kCompatible = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT);

bool is_invisible(std::int32_t c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) ||
         c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F);
}

// A full stop or comma of a Chinese or Japanese keyboard.
char ideographic_sign(std::int32_t c) {
  return c == 0x3002 || c == 0xFF61 ? '.' : c == 0x3001 || c == 0xFF64 ? ',' : '\0';
}

bool looks_differ_only(std::int32_t c) {
  if (c < 0x80) return false;
  const auto* property = utf8proc_get_property(c);
  switch (property->decomp_type) {
    case UTF8PROC_DECOMP_TYPE_FONT:
    case UTF8PROC_DECOMP_TYPE_WIDE:
    case UTF8PROC_DECOMP_TYPE_NARROW:
    case UTF8PROC_DECOMP_TYPE_SMALL: return true;
    case UTF8PROC_DECOMP_TYPE_COMPAT: {
      const auto category = utf8proc_category(c);
      return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
    }
    default: return false;
  }
}

// The character at the front of `text`, and its length; 0 and 1 where it is no text.
std::pair<std::int32_t, std::size_t> front(std::string_view text) {
  std::int32_t c = 0;
  const auto n = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                  static_cast<utf8proc_ssize_t>(text.size()), &c);
  return n > 0 ? std::pair{c, static_cast<std::size_t>(n)} : std::pair{std::int32_t{0}, std::size_t{1}};
}

// The compatible decomposition of one character.
std::vector<std::int32_t> compatible(std::int32_t c) {
  std::array<std::int32_t, 32> out{};
  int boundary = 0;
  const auto n = utf8proc_decompose_char(c, out.data(), out.size(), kCompatible, &boundary);
  if (n <= 0 || static_cast<std::size_t>(n) > out.size()) return {c};
  return {out.begin(), out.begin() + n};
}

void append(std::string& text, std::int32_t c) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto n = utf8proc_encode_char(c, bytes.data());
  text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(n));
}

}  // namespace

bool needs_folding(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    const auto [c, length] = front(text.substr(i));
    if (looks_differ_only(c) || is_invisible(c) || ideographic_sign(c) != 0) return true;
    i += length;
  }
  return false;
}

Folded folded(std::string_view text) {
  Folded out;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size();) {
    const auto [c, length] = front(text.substr(i));
    if (c == '"' || c == 0x201C || c == 0x201D) quoted = !quoted;
    if (!quoted && is_invisible(c)) {
      const base::Span place{static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i + length)};
      out.notes.push_back({place, fmt::format("the invisible character U+{:04X} is left out", c)});
    } else if (!quoted && ideographic_sign(c) != 0) {
      out.text += ideographic_sign(c);
    } else if (!quoted && looks_differ_only(c)) {
      for (const auto plain : compatible(c)) append(out.text, plain);
    } else {
      out.text += text.substr(i, length);
    }
    out.places.resize(out.text.size(), static_cast<std::uint32_t>(i));
    i += length;
  }
  out.places.push_back(static_cast<std::uint32_t>(text.size()));
  return out;
}

std::int32_t raised_character(std::int32_t c) {
  if (c < 0x80 || c == kOrdinalSign) return 0;
  if (utf8proc_get_property(c)->decomp_type != UTF8PROC_DECOMP_TYPE_SUPER) return 0;
  const auto plain = compatible(c);
  if (plain.size() != 1) return 0;
  if (plain[0] == 0x2212) return '-';
  const auto category = utf8proc_category(plain[0]);
  const bool letter = category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LL;
  const bool sign = plain[0] == '+' || plain[0] == '(' || plain[0] == ')';
  return letter || sign || (plain[0] >= '0' && plain[0] <= '9') ? plain[0] : 0;
}

std::string latin_twin(std::string_view name) {
  struct Twin {
    std::int32_t cyrillic;
    char latin;
  };
  static constexpr auto kTwins = std::to_array<Twin>({
      {0x430, 'a'}, {0x441, 'c'}, {0x435, 'e'}, {0x456, 'i'}, {0x458, 'j'}, {0x43E, 'o'}, {0x440, 'p'}, {0x455, 's'},
      {0x445, 'x'}, {0x443, 'y'}, {0x410, 'A'}, {0x412, 'B'}, {0x421, 'C'}, {0x415, 'E'}, {0x41D, 'H'}, {0x406, 'I'},
      {0x41A, 'K'}, {0x41C, 'M'}, {0x41E, 'O'}, {0x420, 'P'}, {0x405, 'S'}, {0x422, 'T'}, {0x425, 'X'}, {0x423, 'Y'},
  });
  std::string twin;
  bool differs = false;
  for (std::size_t i = 0; i < name.size();) {
    const auto [c, length] = front(name.substr(i));
    const auto* const found = std::ranges::find(kTwins, c, &Twin::cyrillic);
    if (found != kTwins.end()) {
      twin += found->latin;
      differs = true;
    } else {
      twin += name.substr(i, length);
    }
    i += length;
  }
  return differs ? twin : std::string();
}

}  // namespace nabla::parse
