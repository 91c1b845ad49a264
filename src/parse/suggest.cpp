#include "parse/suggest.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <tuple>
#include <vector>

namespace nabla::parse {
namespace {

struct Synonym {
  std::string_view elsewhere;
  std::string_view here;
};

// Names used by other programs and in class.
constexpr Synonym kSynonyms[] = {
    {"ceiling", "ceil"},       {"deriv", "diff"},        {"derivative", "diff"}, {"determinant", "det"},
    {"differentiate", "diff"}, {"draw", "plot"},         {"eig", "eigenvalues"}, {"fact", "factorial"},
    {"gradient", "grad"},      {"graph", "plot"},        {"int", "integrate"},   {"integral", "integrate"},
    {"inv", "inverse"},        {"length", "len"},        {"lim", "limit"},       {"load", "read"},
    {"maximise", "maximize"},  {"minimise", "minimize"}, {"product", "prod"},    {"rot", "curl"},
    {"series", "taylor"},      {"signum", "sign"},       {"summation", "sum"},   {"vars", "show"},
};
// These are offered even if the target is not among the known names.
constexpr Synonym kWaysOut[] = {{"bye", "quit"}, {"exit", "quit"}, {"logout", "quit"}};

std::string synonym_of(std::string_view name, std::span<const std::string> known) {
  for (const Synonym& s : kWaysOut) {
    if (s.elsewhere == name) return std::string(s.here);
  }
  for (const Synonym& s : kSynonyms) {
    if (s.elsewhere == name && std::ranges::find(known, s.here) != known.end()) return std::string(s.here);
  }
  return {};
}

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
  constexpr std::size_t kShort = 3;
  constexpr std::size_t kLongest = 64;
  if (name.size() < 2 || name.size() > kLongest) return {};
  if (std::string synonym = synonym_of(name, known); !synonym.empty()) return synonym;
  const std::size_t most = name.size() <= kShort ? 1 : 2;
  using Rank = std::tuple<std::size_t, std::size_t, std::size_t, std::string_view>;
  const std::string* best = nullptr;
  Rank best_rank;
  for (const std::string& k : known) {
    if (k == name || k.size() > name.size() + most || k.size() + most < name.size()) continue;
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

}  // namespace nabla::parse
