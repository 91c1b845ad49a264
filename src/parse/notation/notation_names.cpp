// NotationPass (notation_pass.h): names, as calls or products, primes, powers of functions, and the derivatives d/dx.
#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "parse/notation/notation_pass.h"
#include "parse/phrase_book.h"
#include "parse/planned.h"

namespace nabla::parse {

namespace {

bool starts_like_name(std::string_view text) {
  if (text.empty()) return false;
  const auto c = static_cast<unsigned char>(text[0]);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= 0xC3 && !(c == 0xE2 && text.substr(0, 2) == "\xE2\x82"));
}

}  // namespace

bool NotationPass::is_bound(std::string_view name) const {
  const auto found = bound_.find(name);
  return found != bound_.end() && found->second > 0;
}

NameClass NotationPass::classify(std::string_view name) const {
  if (!bound_.empty() && is_bound(name)) return NameClass::value;
  if (!reading_.defined.empty() && name == reading_.defined) return NameClass::function;
  return reading_.names.classify(name);
}

void NotationPass::bind(std::string_view name) {
  bound_stack_.push_back(name);
  ++bound_[name];
}

void NotationPass::unbind(std::size_t size) {
  for (; bound_stack_.size() > size; bound_stack_.pop_back()) --bound_[bound_stack_.back()];
}

// Every lone name after the first argument, and every lone name in a list after it, is a variable of the call.
void NotationPass::bind_variables_of_call(const Frame& call) {
  const auto ends = [&](std::uint32_t i) { return items_[i].sort == Sort::comma || closes(items_[i].sort); };
  const auto bind_if_lone = [&](std::uint32_t i) {
    if (items_[i].sort == Sort::name && ends(i + 1)) bind(items_[i].text);
  };
  for (auto i = call.open + 1; i < call.close; i = next_item(items_, i)) {
    if (items_[i].sort != Sort::comma) continue;
    bind_if_lone(i + 1);
    if (items_[i + 1].sort != Sort::open_square || !ends(items_[i + 1].match + 1)) continue;
    bind_if_lone(i + 2);
    for (auto k = i + 2; k < items_[i + 1].match; k = next_item(items_, k))
      if (items_[k].sort == Sort::comma) bind_if_lone(k + 1);
  }
}

// Binds the names to which "at" and "for" give a value in the argument that begins here.
void NotationPass::bind_variables_of_argument() {
  bool replaced = false;
  for (auto i = at_;; i = next_item(items_, i)) {
    const auto sort = items_[i].sort;
    if (sort == Sort::end || closes(sort)) return;
    const auto& next = item(i + 1);
    if (sort == Sort::comma) {
      if (!replaced || next.sort != Sort::name || item(i + 2).sort != Sort::assign) return;
      bind(next.text);
    }
    if ((sort == Sort::at || sort == Sort::for_) && next.sort == Sort::name) {
      bind(next.text);
      replaced = replaced || sort == Sort::at;
    }
  }
}

Form NotationPass::call_form(std::uint32_t name, std::string_view text, std::uint32_t last) const {
  Form form;
  form.kind = Form::Kind::named;
  form.first = name;
  form.last = last;
  form.name = items_[name].span;
  form.text = text;
  while (item(name + 1 + static_cast<std::uint32_t>(form.order)).sort == Sort::prime) ++form.order;
  form.head = form.order > 0 ? Head::prime : Head::call;
  return form;
}

void NotationPass::begin_call(std::uint32_t name, std::uint32_t open, Form form) {
  if (items_[open + 1].sort == Sort::close_round) {
    Operand call;
    if (form.kind == Form::Kind::condition) {
      throw base::Error(base::Code::argument, base::join(form.name, items_[open + 1].span),
                        fmt::format("{} needs arguments", form.text), "if(condition, then, otherwise)");
    }
    call.term = terms_.make_named(form.head, lifter_.span(name, open + 1), form.name, form.text, {},
                                  number::Rational(form.order));
    call.first = name;
    call.last = open + 1;
    operand_item_ = name;
    at_ = open + 2;
    return atom(std::move(call), true);
  }
  const bool operation = form.head == Head::call && form.kind == Form::Kind::named &&
                         (items_[name].sort == Sort::nabla || classify(items_[name].text) == NameClass::operation);
  open_bracket(Bracket::call, open, std::move(form));
  if (operation) {
    frame().operation = frame().equations = true;
    bind_variables_of_call(frame());
  }
  begin_argument();
}

void NotationPass::name() {
  const auto i = at_;
  if (derivative()) return;
  auto text = here().text;
  std::uint32_t primes = 0;
  while (item(i + 1 + primes).sort == Sort::prime) ++primes;
  const auto after = i + 1 + primes;
  const auto next = item(after).sort;
  const bool signed_operand = (next == Sort::minus || next == Sort::plus) && item(after).blank_before &&
                              !item(after + 1).blank_before && starts_operand(item(after + 1).sort);
  if (next != Sort::caret && !starts_operand(next) && !signed_operand) return plain_name(i, primes);

  auto meaning = classify(text);
  if (meaning == NameClass::unknown && text.size() > 1) {
    if (const auto* planned = find_planned(text)) throw not_available(*planned, here().span);
    if (const auto known = name_here(text); classify(known) != NameClass::unknown) {
      text = items_[i].text = known;
      meaning = classify(known);
    }
  }
  if (meaning == NameClass::unknown) {
    if (next == Sort::open_square && !item(after).blank_before) refuse_square_call(i);
    if (text == "E" && next == Sort::caret)
      notes_.push_back({here().span, fmt::format("{} is a letter; the constant is written e", text)});
  }
  if (next == Sort::open_round && meaning != NameClass::value && primes == 0 && (text == "if" || text == "piecewise")) {
    Form form = call_form(i, text, item(after).match);
    form.kind = Form::Kind::condition;
    return begin_call(i, after, std::move(form));
  }
  if (is_callable(meaning)) {
    if (next == Sort::open_round) return begin_call(i, after, call_form(i, text, item(after).match));
    if (next == Sort::caret && arguments_after_power(after) != 0) return raised(i);
    if (signed_operand && primes == 0) function_without_brackets(i);
    if (!signed_operand && next != Sort::open_square && (next != Sort::caret || operand_after_power(after)))
      function_without_brackets(i);
  }
  if (next == Sort::open_round) {
    if (meaning == NameClass::value && primes == 0 && !is_bound(text)) refuse_open_value(i);
    if (meaning == NameClass::unknown && text != "ans") unknown_function(here());
    if (primes > 0 && !is_bound(text)) {
      fail({here().span.begin, items_[after - 1].span.end}, fmt::format("{} is a value, not a function", text),
           fmt::format("for its derivative write diff({}, x) at x = 2", text));
    }
  }
  plain_name(i, primes);
}

// y(3), where y is 2x + 1: neither a call nor, most likely, a product.
void NotationPass::refuse_open_value(std::uint32_t name) const {
  const auto letter = reading_.names.free_letter(items_[name].text);
  if (letter.empty()) return;
  const auto open = name + 1;
  const auto close = items_[open].match;
  const auto inside = open + 1 < close ? shown(open + 1, close - 1) : "3";
  const auto& text = items_[name].text;
  fail(base::join(items_[name].span, items_[close].span),
       fmt::format("{} is a value with the letter {}, not a function", text, letter),
       fmt::format("write {0} at {1} = {2}, or for a product {0}*({2})", text, letter,
                   inside.size() > 40 ? "3" : inside));
}

void NotationPass::plain_name(std::uint32_t i, std::uint32_t primes) {
  auto& it = items_[i];
  const base::Span span{it.span.begin, items_[i + primes].span.end};
  if (it.text.size() > 1 && classify(it.text) == NameClass::unknown) {
    const auto known = name_here(it.text);
    if (known == "ans" || classify(known) == NameClass::value) it.text = known;
  }
  Operand operand;
  operand.first = i;
  operand.last = i + primes;
  if (primes > 0) {
    operand.term =
        terms_.make_named(Head::prime, span, it.span, it.text, {}, number::Rational(static_cast<long>(primes)));
  } else if (it.text == "ans" && !is_bound(it.text)) {
    operand.term = terms_.make_named(Head::previous, span, span, it.text, {}, number::Rational(0));
  } else {
    operand.term = terms_.make_named(Head::name, span, span, it.text);
  }
  operand_item_ = i;
  at_ = i + primes + 1;
  atom(std::move(operand), true);
}

// After ^ and a number, a name (with a minus, perhaps) or a bracket: the next item; 0 if there is no such text here.
std::uint32_t NotationPass::after_power(std::uint32_t caret) const {
  const auto i = caret + (item(caret + 1).sort == Sort::minus ? 2 : 1);
  if (item(i).sort == Sort::open_round && i == caret + 1) return item(i).match + 1;
  return item(i).sort == Sort::number || item(i).sort == Sort::name ? i + 1 : 0;
}

// In NAME ^ EXPONENT ( … ): the item of the bracket; 0 if there is no such text here.
std::uint32_t NotationPass::arguments_after_power(std::uint32_t caret) const {
  const auto i = after_power(caret);
  return i != 0 && item(i).sort == Sort::open_round ? i : 0;
}

// sin^2 x
bool NotationPass::operand_after_power(std::uint32_t caret) const {
  const auto i = after_power(caret);
  return i != 0 && starts_operand(item(i).sort) && item(i).sort != Sort::open_square;
}

// sin^2(x) is (sin(x))^2, sin^-1(x) is asin(x).
void NotationPass::raised(std::uint32_t name) {
  const auto& function = items_[name];
  auto i = name + 1;
  while (items_[i].sort == Sort::prime) ++i;
  const auto open = arguments_after_power(i);
  ++i;
  if (items_[i].sort == Sort::open_round && items_[i].match == i + 3 && items_[i + 1].sort == Sort::minus)
    ++i;  // ^(-1)
  const bool negative = items_[i].sort == Sort::minus;
  const auto& exponent = items_[negative ? i + 1 : i];
  if (negative && exponent.text == "1") {
    const auto inverse = "a" + std::string(function.text);
    if (items_[name + 1].sort == Sort::prime || reading_.names.classify(inverse) != NameClass::function) {
      fail({function.span.begin, exponent.span.end}, fmt::format("{}^-1 is not known", function.text),
           fmt::format("for the reciprocal write 1/{}{}", function.text, shown(open, items_[open].match)));
    }
    return begin_call(name, open, call_form(name, inverse, items_[open].match));
  }
  if (items_[i - 1].sort == Sort::open_round) --i;
  Form form;
  form.kind = Form::Kind::raised;
  form.first = name;
  open_prefix(kAtOnce, std::move(form), name);
  if (items_[i].sort == Sort::open_round) {
    Form group;
    group.first = i;
    group.last = items_[i].match;
    open_bracket(Bracket::raised_exponent, i, std::move(group));
    frame().raised_name = name;
    return begin_argument();
  }
  const auto at = negative ? i + 1 : i;
  if (negative) out_ += '-';
  if (exponent.sort == Sort::name) {
    put(terms_.make_named(Head::name, exponent.span, exponent.span, exponent.text), at);
  } else {
    put(terms_.make_number(exponent.span, number::Rational::parse(exponent.text).value_or(0)), at);
  }
  out_ += ',';
  begin_call(name, open, call_form(name, function.text, items_[open].match));
}

// Derivatives

// Reads ^ N and moves i after it; 1 if there is no power, 0 if it is not a valid order.
long NotationPass::order_at(std::uint32_t& i) const {
  if (item(i).sort != Sort::caret) return 1;
  if (item(i + 1).sort != Sort::number) return 0;
  const auto n = number::Rational::parse(item(i + 1).text);
  const auto order = n ? n->to_long() : std::nullopt;
  i += 2;
  return order && *order > 0 ? *order : 0;
}

// Whether it is dx, where x is a name and dx itself has no meaning.
bool NotationPass::is_differential(const Item& it) const {
  return it.sort == Sort::name && it.text[0] == 'd' && starts_like_name(it.text.substr(1)) &&
         classify(it.text) == NameClass::unknown;
}

// d/dx E, d^2/dx^2 E, dy/dx, d^2y/dx^2. False for any other text.
bool NotationPass::derivative() {
  const auto first = at_;
  const auto& d = here();
  if (d.text[0] != 'd') return false;
  auto i = first + 1;
  const bool alone = d.text.size() == 1;
  const auto order = alone ? order_at(i) : 1;
  const auto tail = [](const Item& it) {
    return Form::Variable{std::string(it.text.substr(1)), {it.span.begin + 1, it.span.end}, 1};
  };
  Form::Variable of;
  bool quotient = false;
  if (alone && i > first + 1 && item(i).sort == Sort::name && item(i + 1).sort == Sort::slash) {  // d^2 y/dx^2
    of = {std::string(item(i).text), item(i).span, 1};
    quotient = true;
    ++i;
  } else if (!alone) {
    if (item(i).sort != Sort::slash || !is_differential(d)) return false;
    of = tail(d);
    quotient = true;
    if (!looks_like_symbol(of.text) && classify(of.text) == NameClass::unknown) return false;
  }
  if (order == 0 || item(i).sort != Sort::slash || !is_differential(item(i + 1))) return false;
  auto by = tail(item(i + 1));
  const auto last_name = i + 1;
  i += 2;
  by.order = order_at(i);
  const auto last = i - 1;
  if (by.order != order) {
    fail({d.span.begin, items_[last].span.end}, "the orders of a derivative must agree",
         fmt::format("write d^{0}/d{1}^{0}", std::max(order, by.order), by.text));
  }
  if (!quotient) {
    prefix_derivative({std::move(by)}, first, i);
    return true;
  }
  if (is_bound(of.text) && item(i).sort == Sort::assign) {  // the left side of an assignment y' = …
    Operand operand;
    operand.term =
        terms_.make_named(Head::prime, lifter_.span(first, last), of.span, of.text, {}, number::Rational(order));
    operand.first = first;
    operand.last = last;
    operand_item_ = first;
    at_ = i;
    atom(std::move(operand), false);
    return true;
  }
  if (classify(of.text) == NameClass::unknown) {
    fail({d.span.begin, items_[last_name].span.end}, fmt::format("{} in this derivative is not defined", of.text),
         fmt::format("define {0}, or write diff(E, {1}) or d/d{1} E", of.text, by.text));
  }
  derivative_call(of, by, first, last);
  return true;
}

void NotationPass::prefix_derivative(std::vector<Form::Variable> variables, std::uint32_t first, std::uint32_t body) {
  const auto sort = item(body).sort;
  if (!starts_operand(sort) && sort != Sort::minus && sort != Sort::plus && sort != Sort::unknown) {
    fail({items_[first].span.begin, items_[body - 1].span.end}, "what is to be differentiated is missing",
         fmt::format("write {} (x^2 + 3x)", shown(first, body - 1)));
  }
  Form form;
  form.kind = Form::Kind::partial;
  form.first = first;
  form.variables = std::move(variables);
  at_ = body;
  open_prefix(kProduct, std::move(form), body);
  for (auto i = first; i < body; ++i) {
    if (items_[i].sort != Sort::name) continue;
    const auto text = items_[i].text;
    for (const auto& v : lifter_.forms.back().variables)
      if (text == v.text || text.substr(1) == v.text) bind(text == v.text ? text : text.substr(1));
  }
}

// diff(of, by, order), written as a quotient.
void NotationPass::derivative_call(const Form::Variable& of, const Form::Variable& by, std::uint32_t first,
                                   std::uint32_t last) {
  const auto span = lifter_.span(first, last);
  std::vector<Term> arguments{terms_.make_named(Head::name, of.span, of.span, of.text),
                              terms_.make_named(Head::name, by.span, by.span, by.text)};
  if (by.order > 1) arguments.push_back(terms_.make_number(by.span, number::Rational(by.order)));
  Operand operand;
  operand.term = terms_.make_named(Head::call, span, span, "diff", arguments);
  operand.first = first;
  operand.last = last;
  operand.depth = 2;
  operand_item_ = first;
  at_ = last + 1;
  atom(std::move(operand), true);
}

// ∂/∂x E, ∂²/∂x∂y E, ∂f/∂x.
void NotationPass::partial() {
  const auto first = at_;
  auto i = first + 1;
  const auto bad = [&]() {
    fail({items_[first].span.begin, item(std::min(i, static_cast<std::uint32_t>(items_.size() - 1))).span.end},
         "this is no partial derivative", "write ∂/∂x E or ∂²/∂x∂y E");
  };
  const auto order = order_at(i);
  Form::Variable of;
  if (item(i).sort == Sort::name) {
    of = {std::string(item(i).text), item(i).span, 1};
    ++i;
  }
  if (order == 0 || item(i).sort != Sort::slash) bad();
  ++i;
  std::vector<Form::Variable> variables;
  long total = 0;
  while (item(i).sort == Sort::partial) {
    if (item(i + 1).sort != Sort::name) bad();
    Form::Variable v{std::string(item(i + 1).text), item(i + 1).span, 1};
    i += 2;
    v.order = order_at(i);
    if (v.order == 0) bad();
    total += v.order;
    variables.push_back(std::move(v));
  }
  if (variables.empty()) bad();
  if (total != order)
    fail({items_[first].span.begin, items_[i - 1].span.end}, "the orders of a derivative must agree",
         "write ∂²/∂x∂y E");
  if (of.text.empty()) return prefix_derivative(std::move(variables), first, i);
  if (variables.size() > 1) bad();
  if (classify(of.text) == NameClass::unknown) {
    fail(of.span, fmt::format("{} in this derivative is not defined", of.text),
         fmt::format("define it, or write ∂/∂{} E", variables[0].text));
  }
  derivative_call(of, variables[0], first, i - 1);
}

// ∇f and ∇(…) are grad(f) and grad(…).
void NotationPass::gradient() {
  const auto sign = at_;
  const auto next = item(at_ + 1).sort;
  if (next == Sort::open_round) {
    Form form = call_form(sign, "grad", item(at_ + 1).match);
    return begin_call(sign, at_ + 1, std::move(form));
  }
  if (next != Sort::name)
    fail(here().span, "∇ stands before the name of a function or a bracket", "write ∇f or ∇(x^2 y, [x, y])");
  Form form = call_form(sign, "grad", sign);
  ++at_;
  open_prefix(kPrimary, std::move(form), at_);
}

}  // namespace nabla::parse
