#include "parse/suggest.h"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <numeric>
#include <tuple>
#include <vector>

namespace nabla::parse {
namespace {

// Insertions, deletions, replacements and swaps of neighbours, in bytes.
std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> now(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(now);
  }
  return last[b.size()];
}

bool same_but_for_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

std::size_t common_start(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

}  // namespace

std::string closest_name(std::string_view name, std::span<const std::string> known) {
  constexpr std::size_t kShort = 4;
  constexpr std::size_t kLongest = 64;
  if (name.size() < 2 || name.size() > kLongest) return {};
  const std::size_t most = name.size() <= kShort ? 1 : name.size() / 3;
  using Rank = std::tuple<std::size_t, std::size_t, std::size_t, std::string_view>;
  const std::string* best = nullptr;
  Rank best_rank;
  for (const std::string& k : known) {
    if (k == name || k.size() > name.size() + most || k.size() + most < name.size()) continue;
    if (!same_but_for_case(name.substr(0, 1), std::string_view(k).substr(0, 1))) continue;
    const std::size_t distance = same_but_for_case(name, k) ? 0 : edits(name, k);
    if (distance > most || distance >= name.size() - (k.size() < name.size() ? 1 : 0)) continue;
    const Rank rank{distance, name.size() - common_start(name, k), k.size(), k};
    if (best == nullptr || rank < best_rank) {
      best = &k;
      best_rank = rank;
    }
  }
  return best == nullptr ? std::string() : *best;
}

std::string run_together(std::string_view name, const std::function<NameClass(std::string_view)>& classify) {
  for (std::size_t length = name.size() - 1; length >= 2; --length) {
    const std::size_t rest = name.size() - length;
    if (rest > 3) break;
    for (const bool front : {true, false}) {
      const std::string_view word = front ? name.substr(0, length) : name.substr(rest);
      const NameClass meaning = classify(word);
      if (meaning == NameClass::unknown) continue;
      if (front && meaning != NameClass::value && std::isdigit(static_cast<unsigned char>(name[length])) != 0)
        return fmt::format("{}({})", word, name.substr(length));
      const std::string apart = letters_apart(front ? name.substr(length) : name.substr(0, rest));
      if (apart.empty()) return {};
      if (meaning == NameClass::value)
        return front ? fmt::format("{} {}", word, apart) : fmt::format("{} {}", apart, word);
      return front ? fmt::format("{}({})", word, apart) : fmt::format("{} {}(…)", apart, word);
    }
  }
  return {};
}

std::string letters_apart(std::string_view name) {
  constexpr std::size_t kMost = 3;
  std::string apart;
  std::size_t letters = 0;
  for (std::size_t i = 0; i < name.size();) {
    std::size_t end = i + 1;
    while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) ++end;
    const std::string_view letter = name.substr(i, end - i);
    if (letter.size() == 1 && std::isalpha(static_cast<unsigned char>(letter[0])) == 0) return {};
    apart += letters++ == 0 ? std::string(letter) : fmt::format(" {}", letter);
    i = end;
  }
  return letters <= kMost ? apart : std::string();
}

}  // namespace nabla::parse
