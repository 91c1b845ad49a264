// Signs with bounds: ∫_a^b E dx, lim_{x → a} E, Σ_{k=1}^n E and Π_{k=1}^n E become calls.
#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "parse/notation/notation_pass.h"
#include "parse/planned.h"

namespace nabla::parse {

namespace {

constexpr int kDeepestBounds = 20;

}  // namespace

NotationPass::NotationPass(const NotationPass& outer, std::uint32_t first, std::uint32_t last)
    : terms_(outer.terms_),
      text_(outer.text_),
      reading_(outer.reading_),
      notes_(outer.notes_),
      items_(outer.items_.begin() + first, outer.items_.begin() + last),
      lifter_(terms_, items_),
      bound_(outer.bound_),
      has_words_(outer.has_words_),
      nesting_(outer.nesting_ + 1) {
  for (auto& it : items_) it.match -= first;
  const auto end = outer.items_[last].span.begin;
  items_.push_back({Sort::end, false, 0, {end, end}, {}});
}

Operand NotationPass::part(std::uint32_t first, std::uint32_t last) {
  if (first >= last) fail(items_[first].span, "nothing stands in these brackets");
  if (nesting_ == kDeepestBounds)
    throw base::Error(base::Code::limit, items_[first].span, "bounds are nested too deep",
                      "define parts of it by name");
  auto operand = NotationPass(*this, first, last).whole();
  operand.first = first;
  operand.last = last - 1;
  return operand;
}

Operand NotationPass::name_operand(std::uint32_t i, std::string_view text) {
  const auto span = items_[i].span;
  Operand operand;
  operand.term = terms_.make_named(Head::name, span, span, text);
  operand.first = operand.last = i;
  return operand;
}

// A number, a name, or brackets, with a sign before it perhaps.
std::uint32_t NotationPass::after_one_thing(std::uint32_t i) const {
  if (item(i).sort == Sort::plus || item(i).sort == Sort::minus) ++i;
  const bool one = item(i).sort == Sort::number || item(i).sort == Sort::name || item(i).sort == Sort::open_round;
  return one ? next_item(items_, i) : i;
}

// _0, _a, _{…}
Operand NotationPass::bound_below(std::uint32_t& i, std::string_view example) {
  const auto& it = item(i);
  const auto first = it.text.size() > 1 ? i : i + 1;
  const auto end = it.text.size() > 1 ? i + 1 : after_one_thing(first);
  if (first == end || item(end).sort != Sort::caret)
    fail(it.span, "the bounds cannot be read", fmt::format("write {}; longer bounds stand in braces", example));
  i = end;
  if (it.text.size() == 1) return part(first, end);
  const auto text = it.text.substr(1);
  if (text.find_first_not_of("0123456789") != std::string_view::npos) return name_operand(first, text);
  Operand number;
  number.term = terms_.make_number(it.span, number::Rational::parse(text).value_or(0));
  number.first = number.last = first;
  return number;
}

Operand NotationPass::bound_above(std::uint32_t& i, std::string_view example) {
  const auto first = i + 1;
  const auto end = item(i).sort == Sort::caret ? after_one_thing(first) : first;
  if (first == end) fail(item(i).span, "the upper bound is missing", fmt::format("write {}", example));
  i = end;
  return part(first, end);
}

void NotationPass::require_operation(std::string_view name, base::Span place) const {
  if (reading_.names.classify(name) != NameClass::unknown) return;
  if (const auto* planned = find_planned(name)) throw not_available(*planned, place);
  throw base::Error(base::Code::unknown_name, place, fmt::format("unknown function '{}'", name));
}

void NotationPass::integral() {
  const auto sign = at_;
  const auto close = here().match;
  require_operation(here().text, here().span);
  Form form = call_form(sign, here().text, close);
  auto body = sign + 1;
  std::vector<Operand> bounds;
  if (item(body).sort == Sort::name && item(body).text[0] == '_' && !item(body).blank_before) {
    bounds.push_back(bound_below(body, "∫_0^1 x^2 dx"));
    bounds.push_back(bound_above(body, "∫_0^1 x^2 dx"));
  }
  const auto variable = items_[close].text.substr(1);
  form.further.push_back(name_operand(close, variable));
  std::ranges::move(bounds, std::back_inserter(form.further));
  if (body == close) {
    if (item(close + 1).sort == Sort::slash)
      fail(items_[close].span, "what is to be integrated stands before the differential",
           fmt::format("write ∫ 1/{} d{}", variable, variable));
    Operand one;
    one.term = terms_.make_number(items_[close].span, 1);
    one.first = one.last = close;
    operand_item_ = sign;
    at_ = close + 1;
    return atom(lifter_.apply(form, {&one, 1}), false);
  }
  open_bracket(Bracket::integral, sign, std::move(form));
  at_ = body;
  bind(variable);
  begin_argument();
}

void NotationPass::big() {
  const auto sign = at_;
  const auto operation = here().text;
  const bool limit = operation == "limit";
  const std::string_view example = limit                ? "lim_{x → 0} sin(x)/x"
                                   : operation == "sum" ? "Σ_{k=1}^n k^2"
                                                        : "Π_{k=1}^n k";
  require_operation(operation, here().span);
  Form form = call_form(sign, operation, sign);
  const bool below = item(sign + 1).text == "_";
  const auto name = below ? sign + 3 : sign + 1;
  auto body = below ? items_[sign + 2].match + 1 : after_one_thing(name + 2);
  if (item(name).sort != Sort::name || item(name + 1).sort != (limit ? Sort::arrow : Sort::assign))
    fail(item(name).span,
         fmt::format("below {} a name and its {} are due", source(items_[sign].span), limit ? "limit" : "first value"),
         fmt::format("write {}", example));
  auto end = below ? body - 1 : body;  // of the value below
  form.further.push_back(name_operand(name, items_[name].text));
  Operand side;
  if (limit) {
    const bool marked = !below && item(end).sort == Sort::caret &&
                        (item(end + 1).sort == Sort::plus || item(end + 1).sort == Sort::minus);
    if (marked) body = end += 2;
    const auto last = items_[end - 1].sort;
    if (last == Sort::plus || last == Sort::minus) {
      side = name_operand(end - 1, last == Sort::plus ? "right" : "left");
      end -= items_[end - 2].sort == Sort::caret ? 2 : 1;
    }
    form.further.push_back(part(name + 2, end));
    if (side.term) form.further.push_back(std::move(side));
  } else {
    form.further.push_back(part(name + 2, end));
    form.further.push_back(bound_above(body, example));
  }
  const auto first = item(body).sort;
  if (!starts_operand(first) && first != Sort::minus && first != Sort::plus)
    fail({items_[sign].span.begin, items_[body - 1].span.end},
         fmt::format("what belongs to this {} is missing", operation == "prod" ? "product" : operation),
         fmt::format("write {}", example));
  at_ = body;
  open_prefix(kProduct, std::move(form), body);
  bind(items_[name].text);
}

}  // namespace nabla::parse
