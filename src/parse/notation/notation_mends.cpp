// Mends of names: a function without brackets, a name that is no function. What is said is read first.
#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "parse/notation/notation_pass.h"
#include "parse/planned.h"
#include "parse/suggest.h"

namespace nabla::parse {

namespace {

constexpr std::size_t kLongestMend = 60;

}  // namespace

bool NotationPass::reads(std::string_view line) const {
  if (reading_.is_mend || line.size() > kLongestMend) return false;
  std::vector<std::string> bound;
  for (const auto& [name, count] : bound_)
    if (count > 0) bound.emplace_back(name);
  Terms terms;
  std::vector<base::Note> notes;
  const Reading reading{reading_.names, bound, reading_.defined, true, true};
  try {
    read_expression(terms, tokenize(line), line, reading, notes);
  } catch (const base::Error&) {
    return false;
  }
  return true;
}

// The first letter in these items that has no value: what a form of calculus is most likely about.
std::string NotationPass::likely_variable(std::uint32_t first, std::uint32_t last) const {
  for (auto i = first; i <= last; ++i) {
    const auto& it = items_[i];
    if (it.sort == Sort::name && looks_like_symbol(it.text) && classify(it.text) == NameClass::unknown)
      return std::string(it.text);
  }
  return "x";
}

// sin x, sin -x, sin² 30°, diff x^2
void NotationPass::function_without_brackets(std::uint32_t name) {
  auto i = name + 1;
  while (items_[i].sort == Sort::prime) ++i;
  if (items_[i].sort == Sort::caret) i = after_power(i);
  const auto first = i;
  if (items_[i].sort == Sort::minus || items_[i].sort == Sort::plus) ++i;
  const auto is_call = [&](std::uint32_t k) {
    return items_[k].sort == Sort::name && is_callable(classify(items_[k].text));
  };
  const auto belongs = [&](std::uint32_t k) {
    const auto sort = items_[k].sort;
    if (sort == Sort::minus) return items_[k - 1].sort == Sort::caret;
    return starts_operand(sort) || sort == Sort::caret || sort == Sort::bang || sort == Sort::degree ||
           sort == Sort::prime;
  };
  const bool call_first = is_call(i);
  while (belongs(i) && (i == first || !is_call(i) || items_[i - 1].sort == Sort::minus)) {
    i = next_item(items_, i);
    if (call_first && items_[i - 1].sort == Sort::close_round) break;
  }
  const auto function = shown(name, first - 1);
  const auto argument = shown(first, i - 1);
  auto mend = fmt::format("{}({})", function, argument);
  if (classify(items_[name].text) == NameClass::operation && items_[first].sort != Sort::open_square) {
    mend = fmt::format("{}({}, {})", function, argument, likely_variable(first, i - 1));
  }
  if (items_[first].sort == Sort::open_round || !reads(mend)) mend = fmt::format("{}(x)", function);
  fail({items_[name].span.begin, items_[i - 1].span.end},
       fmt::format("{} needs brackets around its argument", function), fmt::format("write {}", mend));
}

void NotationPass::unknown_function(const Item& name) {
  std::vector<std::string> candidates;
  for (auto& known : reading_.names.all())
    if (is_callable(reading_.names.classify(known))) candidates.push_back(std::move(known));
  candidates.insert(candidates.end(), {"if", "piecewise"});
  if (!reading_.defined.empty()) candidates.emplace_back(reading_.defined);
  auto meant = closest_name(name.text, candidates);
  std::string hint;
  if (meant.empty()) {
    hint = fmt::format("a function is defined by {}({}) = …", name.text, name.text == "x" ? "t" : "x");
    if (looks_like_symbol(name.text)) hint = fmt::format("for a product write {} * (…); {}", name.text, hint);
  }
  for (std::size_t k = 1; k <= 2 && k + 2 <= name.text.size(); ++k) {
    if (!is_callable(reading_.names.classify(name.text.substr(k)))) continue;
    hint = fmt::format("for a product write {} {}(…)", name.text.substr(0, k), name.text.substr(k));
    meant.clear();
  }
  throw base::Error(base::Code::unknown_name, name.span, fmt::format("unknown function '{}'", name.text),
                    std::move(hint), std::move(meant));
}

}  // namespace nabla::parse
