#include "parse/names.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>

namespace nabla::parse {

namespace {

bool is_digit(utf8proc_int32_t c) { return (c >= '0' && c <= '9') || (c >= 0x2080 && c <= 0x2089); }
bool is_greek(utf8proc_int32_t c) { return c >= 0x0370 && c <= 0x03FF; }

std::vector<utf8proc_int32_t> characters_of(std::string_view name) {
  std::vector<utf8proc_int32_t> characters;
  for (std::size_t i = 0; i < name.size();) {
    utf8proc_int32_t c = 0;
    const auto n = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(name.data()) + i,
                                    static_cast<utf8proc_ssize_t>(name.size() - i), &c);
    i += n > 0 ? static_cast<std::size_t>(n) : 1;
    characters.push_back(c);
  }
  return characters;
}

}  // namespace

bool looks_like_symbol(std::string_view name) {
  static constexpr auto kGreekNames = std::to_array<std::string_view>(
      {"alpha", "beta", "gamma",   "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu",
       "nu",    "xi",   "omicron", "rho",   "sigma",   "tau",  "phi", "chi",   "psi",  "omega", "upsilon"});
  if (name.size() == 1) return true;
  if (std::ranges::find(kGreekNames, name) != kGreekNames.end()) return true;
  const auto characters = characters_of(name);
  if (std::ranges::all_of(characters, [](auto c) { return is_greek(c) || is_digit(c); })) return true;
  if (characters.size() == 1) return true;
  if (characters[1] == '_') return characters.size() > 2;
  return std::all_of(characters.begin() + 1, characters.end(), is_digit);
}

}  // namespace nabla::parse
