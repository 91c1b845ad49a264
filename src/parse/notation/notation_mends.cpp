// What to write instead of what cannot be read. A mend is read itself before it is told.
#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "parse/notation/notation_pass.h"
#include "parse/phrase_book.h"
#include "parse/planned.h"
#include "parse/suggest.h"

namespace nabla::parse {

namespace {

constexpr std::size_t kLongestMend = 60;

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

bool all_digits(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }

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

// The line of a phrase about what stands from `first` on, instead of about x^2; "" if that cannot be said.
std::string NotationPass::about_the_rest(std::string_view line, std::uint32_t first) const {
  const auto last = static_cast<std::uint32_t>(items_.size() - 2);
  if (frames_.size() > 1 || first > last || line.find("x^2") == line.npos) return {};
  const auto body = shown(first, last);
  const auto variable = likely_variable(first, last);
  auto mend = replaced(std::string(line), "x^2", body);
  mend = replaced(std::move(mend), ", x", ", " + variable);
  mend = replaced(std::move(mend), "for x ", "for " + variable + " ");
  const bool command = line.starts_with("plot ") || line.starts_with("table ") || line.starts_with("extrema ");
  return reads(body) && (command || reads(mend)) ? mend : std::string();
}

// Words

bool NotationPass::is_word(std::uint32_t i) const {
  const auto& it = item(i);
  return it.sort == Sort::name && it.text.size() > 1 && !looks_like_symbol(it.text) && it.text != "ans" &&
         name_here(it.text).empty() && classify(it.text) == NameClass::unknown;
}

// At an operand that stands beside the last one without a sign: neither may be a word without a value.
void NotationPass::refuse_word_as_factor() const {
  refuse_infix_word();
  if (operand_item_ == at_ - 1 && is_word(at_ - 1)) refuse_prose(at_ - 1);
  const bool called = item(at_ + 1).sort == Sort::open_round || item(at_ + 1).sort == Sort::prime;
  const bool quotient = item(at_ + 1).sort == Sort::slash && is_differential(here());
  if (is_word(at_) && !called && !quotient) refuse_prose(at_);
}

void NotationPass::refuse_prose(std::uint32_t word) const {
  const auto& it = items_[word];
  if (const auto* planned = find_planned(it.text)) throw not_available(*planned, it.span);
  auto end = word;  // of the words that follow each other
  while (is_word(end)) ++end;
  const Phrase* meant = nullptr;
  for (auto i = word; i < end; ++i) {
    const auto* phrase = find_phrase(items_[i].text);
    if (phrase != nullptr && (meant == nullptr || (!meant->remark.empty() && phrase->remark.empty()))) meant = phrase;
  }
  const auto said = fmt::format("'{}' has no value, and a word is no factor", it.text);
  if (meant != nullptr)
    throw base::Error(base::Code::unknown_name, it.span, said,
                      advice(*meant, reading_.names, about_the_rest(meant->line, end)));
  const auto classify_built_in = [this](std::string_view name) { return reading_.names.classify(name); };
  auto apart = run_together(it.text, classify_built_in);
  if (apart.empty()) apart = letters_apart(it.text);
  if (!apart.empty())
    throw base::Error(base::Code::unknown_name, it.span, fmt::format("unknown name '{}'", it.text),
                      fmt::format("write {}", apart));
  auto close = closest_name(it.text, reading_.names.all());
  throw base::Error(base::Code::unknown_name, it.span, said,
                    close.empty() ? fmt::format("a name gets a value by {} = 2", it.text) : std::string(),
                    std::move(close));
}

// 5 mod 3
void NotationPass::refuse_infix_word() const {
  const auto words = infix_words();
  const auto word = std::ranges::find(words, here().text, &InfixWord::word);
  if (here().sort != Sort::name || word == words.end() || is_bound(here().text)) return;
  const auto meaning = classify(here().text);
  if (meaning == NameClass::value || !starts_operand(item(at_ + 1).sort)) return;
  auto end = after_one_thing(at_ + 1);
  if (item(end).sort == Sort::open_round && item(end - 1).sort == Sort::name) end = next_item(items_, end);
  if (end == at_ + 1) return;
  const auto mend = fmt::format(fmt::runtime(word->pattern), shown(operand_item_, at_ - 1), shown(at_ + 1, end - 1));
  if (!reads(mend)) return;
  fail({items_[operand_item_].span.begin, items_[end - 1].span.end},
       fmt::format("'{}' does not stand between its operands", here().text), fmt::format("write {}", mend));
}

// Functions

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

// The call of a phrase with the arguments that stand here, if they are as many; else "".
std::string NotationPass::called_here(std::string_view line, std::uint32_t open) const {
  const auto head = line.substr(0, line.find('('));
  if (head.size() == line.size() || head.find(' ') != head.npos || !line.ends_with(')')) return {};
  const auto tokens = tokenize(line);
  const auto commas = [](auto begin, auto end, auto is_comma) { return std::count_if(begin, end, is_comma); };
  long depth = 0;
  const auto in_line = commas(tokens.begin(), tokens.end(), [&depth](const Token& t) {
    depth += t.text == "(" || t.text == "[" ? 1 : t.text == ")" || t.text == "]" ? -1 : 0;
    return depth == 1 && t.text == ",";
  });
  long here = 0;
  for (auto i = open + 1; i < items_[open].match; i = next_item(items_, i))
    here += items_[i].sort == Sort::comma ? 1 : 0;
  auto mend = fmt::format("{}{}", head, shown(open, items_[open].match));
  return here == in_line && reads(mend) ? mend : std::string();
}

void NotationPass::unknown_function(const Item& name) {
  const auto here = static_cast<std::uint32_t>(&name - items_.data());
  const auto said = fmt::format("unknown function '{}'", name.text);
  const auto open = here + 1;
  if (const auto* phrase = find_phrase(name.text); phrase != nullptr && phrase->kind == Phrase::Kind::advice)
    throw base::Error(base::Code::unknown_name, name.span, said,
                      advice(*phrase, reading_.names, called_here(phrase->line, open)));
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
  const auto close = items_[open].match;
  if (name.text == "d" && item(close + 1).sort == Sort::slash && is_differential(item(close + 2))) {
    hint = fmt::format("a derivative is written d/{} {}", item(close + 2).text, shown(open, close));
  }
  for (std::size_t k = 1; k <= 2 && k + 2 <= name.text.size(); ++k) {
    if (!is_callable(reading_.names.classify(name.text.substr(k)))) continue;
    hint = fmt::format("for a product write {} {}(…)", name.text.substr(0, k), name.text.substr(k));
    meant.clear();
  }
  throw base::Error(base::Code::unknown_name, name.span, said, std::move(hint), std::move(meant));
}

// Sin[Pi/2], D[x^2, x]
void NotationPass::refuse_square_call(std::uint32_t name) const {
  const auto& it = items_[name];
  const auto open = name + 1;
  const auto close = items_[open].match;
  if (const auto* phrase = find_phrase(it.text); phrase != nullptr && phrase->kind == Phrase::Kind::advice)
    throw base::Error(base::Code::unknown_name, it.span, fmt::format("unknown name '{}'", it.text),
                      advice(*phrase, reading_.names));
  std::string lower(it.text);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (lower == it.text || !is_callable(reading_.names.classify(lower)) || close == open + 1) return;
  const auto mend = fmt::format("{}({})", lower, shown(open + 1, close - 1));
  throw base::Error(base::Code::unknown_name, it.span, fmt::format("unknown name '{}'", it.text),
                    reads(mend) ? fmt::format("calls are written in round brackets: {}", mend)
                                : fmt::format("calls are written in round brackets: {}(x)", lower));
}

// Signs and numbers

// A sign, or two that stand together, that other programs know.
void NotationPass::refuse_sign() const {
  const auto& it = here();
  const auto& next = item(at_ + 1);
  const auto with_next = next.blank_before ? std::string_view() : source({it.span.begin, next.span.end});
  const auto with_last =
      at_ == 0 || it.blank_before ? std::string_view() : source({items_[at_ - 1].span.begin, it.span.end});
  for (const auto sign : {with_next, with_last, std::string_view(it.text), source(it.span)}) {
    const auto* phrase = find_phrase(sign);
    if (phrase == nullptr || phrase->kind != Phrase::Kind::advice || sign.empty()) continue;
    fail(it.span, fmt::format("'{}' means nothing here", sign), advice(*phrase, reading_.names));
  }
  const auto* method = it.text == "." && next.sort == Sort::name ? find_phrase(next.text) : nullptr;
  if (method != nullptr) fail(it.span, "'.' means nothing here", advice(*method, reading_.names));
}

// 20% of 150
void NotationPass::refuse_percentage() const {
  const auto end = after_one_thing(at_ + 2);
  if (item(at_ + 1).text != "of" || end == at_ + 2) return;
  const auto mend = fmt::format("{}/100*{}", shown(operand_item_, at_ - 1), shown(at_ + 2, end - 1));
  if (reads(mend)) fail(here().span, "'%' is no operator", fmt::format("write {}", mend));
}

// 2→x of calculators
void NotationPass::refuse_arrow() const {
  const auto& name = item(at_ + 1);
  const bool stores = frames_.size() == 1 && name.sort == Sort::name && item(at_ + 2).sort == Sort::end;
  fail(here().span, "an arrow stands only below lim",
       stores ? fmt::format("a value is given by {} = {}", name.text, shown(0, at_ - 1))
              : "write lim_{x → 0} sin(x)/x or limit(E, x, 0)");
}

// x^2 from -1 to 1
void NotationPass::refuse_word() const {
  std::string hint;
  const auto lower = at_ + 1;
  const auto to = after_one_thing(lower);
  const auto upper = after_one_thing(to + 1);
  if (here().text == "from" && to > lower && item(to).text == "to" && upper > to + 1) {
    hint = fmt::format("a range is written for {} = {}..{}", likely_variable(0, at_ - 1), shown(lower, to - 1),
                       shown(to + 1, upper - 1));
  }
  fail(here().span, fmt::format("'{}' is a word of the language and cannot stand here", here().text), hint);
}

// 1,000,000 and 1 000 000 and 1'000 in one piece: at_ stands at the separator, or at the second group. "" if it is
// none.
std::string NotationPass::ungrouped(bool separated) const {
  auto i = at_ - 1;
  if (items_[i].sort != Sort::number || !all_digits(items_[i].text) || items_[i].text.size() > 3) return {};
  std::string digits(items_[i].text);
  for (i = at_;; i += separated ? 2 : 1) {
    const auto& group = item(separated ? i + 1 : i);
    if (separated && item(i).sort != here().sort) break;
    if (group.sort != Sort::number || group.text.size() != 3 || !all_digits(group.text)) break;
    digits += group.text;
  }
  return digits.size() > items_[at_ - 1].text.size() ? digits : std::string();
}

void NotationPass::refuse_number_as_factor() const {
  const auto left = source(item(at_ - 1).span);
  const auto& f = frames_.back();
  std::string hint = fmt::format("a number is never the right factor of a product: write {} * {}", left, here().text);
  const bool whole = items_[at_ - 1].sort == Sort::number && all_digits(items_[at_ - 1].text);
  if (f.bracket == Bracket::vector) {
    std::string row;
    for (auto i = f.open + 1; i < f.close; ++i) {
      const bool apart = items_[i].blank_before && i > f.open + 1 && items_[i - 1].sort != Sort::comma;
      row += fmt::format("{}{}", apart ? ", " : "", source(items_[i].span));
    }
    if (reads("[" + row + "]")) hint = fmt::format("elements are separated by commas: [{}]", row);
  } else if (const auto number = ungrouped(false); !number.empty()) {
    hint = fmt::format("a number is written in one piece: {}", number);
  } else if (whole && item(at_ + 1).sort == Sort::slash && item(at_ + 2).sort == Sort::number) {
    hint = fmt::format("a mixed number is a sum: {} + {}/{}", left, here().text, item(at_ + 2).text);
  }
  fail(here().span, fmt::format("an operator is missing between '{}' and '{}'", left, here().text), hint);
}

void NotationPass::refuse_comma() const {
  const auto& f = frames_.back();
  const auto& next = item(at_ + 1);
  std::string hint = "a list is written in square brackets: [a, b]";
  const bool decimal =
      items_[at_ - 1].sort == Sort::number && next.sort == Sort::number && !here().blank_before && !next.blank_before;
  if (const auto number = ungrouped(true); !number.empty() && f.bracket != Bracket::round) {
    hint = fmt::format("a number is written in one piece: {}", number);
  } else if (f.bracket == Bracket::round) {
    const auto list = fmt::format("[{}]", shown(f.open + 1, f.close - 1));
    if (reads(list)) hint = fmt::format("a list is written in square brackets: {}", list);
    if (decimal && item(at_ + 2).sort == Sort::close_round && at_ == f.open + 2)
      hint += fmt::format(", a decimal with a point: {}.{}", items_[at_ - 1].text, next.text);
  } else if (decimal) {
    const auto point = items_[at_ - 1].text.find('.');
    auto thousands = std::string(items_[at_ - 1].text);
    if (point != std::string::npos && thousands.size() - point == 4) thousands.erase(point, 1);
    if (thousands.find('.') == std::string::npos)
      hint = fmt::format("decimals are written with a point: {}.{}", thousands, next.text);
  } else if (next.sort == Sort::name && item(at_ + 2).sort == Sort::assign) {
    const auto mend =
        fmt::format("{} at {}", shown(0, at_ - 1), shown(at_ + 1, static_cast<std::uint32_t>(items_.size() - 2)));
    if (reads(mend)) hint = fmt::format("for a value at a place write {}", mend);
  }
  fail(here().span, "a ',' stands only between the elements of a list or the arguments of a function", hint);
}

}  // namespace nabla::parse
