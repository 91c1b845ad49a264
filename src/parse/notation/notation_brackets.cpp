// NotationPass (notation_pass.h): brackets, lists and their arguments; "at", "for" and equations, which end with an
// argument.
#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "parse/notation/notation_pass.h"

namespace nabla::parse {

void NotationPass::open_bracket(Bracket bracket, std::uint32_t open, Form form) {
  if (frames_.size() > kMaxDepth) {
    throw base::Error(base::Code::limit, items_[open].span, "brackets are nested more than 2,000 levels deep",
                      "define parts of it by name");
  }
  Frame f;
  f.bracket = bracket;
  f.first = form.first;
  f.open = open;
  f.close = f.inner_close = items_[open].match;
  f.begin = out_.size();
  f.prefixes = prefixes_.size();
  f.bound = bound_stack_.size();
  f.form = add_form(std::move(form));
  out_ += form_opening(f.form);
  f.arguments_begin = out_.size();
  frames_.push_back(std::move(f));
  at_ = open + 1;
}

void NotationPass::begin_argument() {
  auto& a = argument();
  a = Argument{};
  a.begin = out_.size();
  a.bound = bound_stack_.size();
  reset_starts(kArgument);
  due_ = true;
  if (has_words_) bind_variables_of_argument();
}

void NotationPass::end_body() {
  close_prefixes(kArgument);
  end_comparison();
  if (!argument().questions.empty())
    fail(items_[argument().questions.back()].span, "there is no ':' for this '?'", "a choice is written c ? a : b");
  if (argument().equation) out_ += ')';
  argument().equation = false;
}

void NotationPass::end_argument() {
  end_body();
  if (argument().at) out_ += ')';
  argument().at = false;
  unbind(argument().bound);
}

void NotationPass::group() {
  auto inner = at_;
  while (items_[inner + 1].sort == Sort::open_round && items_[inner + 1].match + 1 == items_[inner].match) ++inner;
  if (closes(items_[inner + 1].sort))
    fail(base::join(here().span, items_[here().match].span), "nothing stands in these brackets");
  Form form;
  form.first = at_;
  form.last = here().match;
  open_bracket(Bracket::round, at_, std::move(form));
  frame().inner_close = items_[inner].match;
  at_ = inner + 1;
  begin_argument();
}

void NotationPass::bars() {
  Form form;
  form.kind = Form::Kind::plain;
  form.head = Head::bars;
  form.first = at_;
  form.last = here().match;
  open_bracket(Bracket::bars, at_, std::move(form));
  begin_argument();
}

void NotationPass::list() {
  const auto close = here().match;
  const auto first = at_;
  if (close == at_ + 1) {
    Operand empty;
    empty.term = terms_.make(Head::vector, base::join(here().span, items_[close].span));
    empty.first = at_;
    empty.last = close;
    operand_item_ = at_;
    at_ += 2;
    return atom(std::move(empty), true);
  }
  const bool equations = frame().operation && (items_[at_ - 1].sort == Sort::comma || at_ - 1 == frame().open);
  Form form;
  form.kind = Form::Kind::plain;
  form.head = Head::vector;
  form.first = first;
  form.last = close;
  open_bracket(Bracket::vector, first, std::move(form));
  frame().equations = equations;
  begin_argument();
}

void NotationPass::index() {
  const auto open = at_;
  if (here().blank_before && items_[operand_item_].sort == Sort::name) {
    notes_.push_back({base::join(items_[operand_item_].span, items_[here().match].span),
                      fmt::format("{0} {1} is an element of {0}; a product is written {0}*{1}",
                                  shown(operand_item_, at_ - 1), shown(at_, here().match))});
  }
  if (items_[open + 1].sort == Sort::close_square)
    fail(base::join(here().span, items_[open + 1].span), "the number of an element is due between these brackets");
  condense_if_long(operand_begin_);
  Form form;
  form.kind = Form::Kind::plain;
  form.head = Head::index;
  form.first = operand_item_;
  form.last = here().match;
  const auto begin = operand_begin_;
  const std::string base = out_.substr(begin);
  out_.resize(begin);
  open_bracket(Bracket::index, open, std::move(form));
  out_ += base;
  out_ += ',';
  begin_argument();
}

void NotationPass::comma() {
  auto& f = frame();
  if (f.argument.at && item(at_ + 1).sort == Sort::name && item(at_ + 2).sort == Sort::assign) {
    end_body();
    return replaced_name();
  }
  if (f.bracket == Bracket::index && f.count == 2)
    fail(here().span, "an element has one number, or two in a matrix: A[1, 2]");
  if (f.bracket != Bracket::call && f.bracket != Bracket::vector && f.bracket != Bracket::index) refuse_comma();
  end_argument();
  if (is_long(f.arguments_begin)) {
    parse_from(f.arguments_begin, f.done);
  } else {
    out_ += ',';
  }
  ++f.count;
  ++at_;
  begin_argument();
}

// If the arguments are single atoms, removes them from the text without parsing and returns true.
bool NotationPass::take_atoms(std::size_t begin, std::vector<Operand>& out) {
  constexpr std::size_t kShort = 24;
  if (out_.size() - begin > kShort || out_.find_first_not_of("0123456789,", begin) != std::string::npos) return false;
  auto& atoms = lifter_.atoms;
  const auto count = std::count(out_.begin() + static_cast<std::ptrdiff_t>(begin), out_.end(), ',') + 1;
  std::move(atoms.end() - count, atoms.end(), std::back_inserter(out));
  atoms.resize(atoms.size() - static_cast<std::size_t>(count));
  out_.resize(begin);
  return true;
}

void NotationPass::close_bracket() {
  end_argument();
  auto f = std::move(frames_.back());
  frames_.pop_back();
  const auto& form = lifter_.forms[f.form];
  if (f.bracket == Bracket::comprehension && !f.dots)
    fail(items_[f.close].span, "a range is due here", "write [E for k in 1..n]");
  if (form.kind == Form::Kind::condition && (form.text == "if" ? f.count != 3 : f.count < 2)) {
    throw base::Error(base::Code::argument, {items_[f.first].span.begin, items_[f.close].span.end},
                      form.text == "if" ? "if takes three arguments" : "piecewise takes two arguments or more",
                      form.text == "if" ? "if(condition, then, otherwise)" : "piecewise(c1, v1, c2, v2, otherwise)");
  }
  at_ = f.close + 1;
  unbind(f.bound);
  const bool bare = f.done.empty() && f.bracket != Bracket::raised_exponent && take_atoms(f.arguments_begin, f.done);
  if (f.done.empty()) {
    out_ += ')';
    condense_if_long(f.begin);
  } else {
    if (!bare) parse_from(f.arguments_begin, f.done);
    out_.resize(f.begin);
    const auto taken = std::move(lifter_.forms[f.form]);
    lifter_.forms.resize(f.form);
    put(lifter_.apply(taken, f.done));
  }
  operand_item_ = f.first;
  if (f.bracket == Bracket::raised_exponent) {
    out_ += ',';
    due_ = true;
    return begin_call(f.raised_name, at_, call_form(f.raised_name, items_[f.raised_name].text, items_[at_].match));
  }
  finish_operand(f.begin, f.bracket != Bracket::bars);
}

// Words and equations

void NotationPass::assign() {
  auto& a = argument();
  if (!frame().equations || a.equation || a.at || !a.questions.empty())
    fail(here().span, "'=' stands only in a definition and where an equation is due", "did you mean ==?");
  end_body();
  condense_if_long(a.begin);
  Form form;
  form.kind = Form::Kind::plain;
  form.head = Head::equation;
  form.own_items = false;
  const auto number = add_form(std::move(form));
  out_.insert(a.begin, form_opening(number));
  out_ += ',';
  a.equation = true;
  reset_starts(kArgument);
  due_ = true;
  ++at_;
}

void NotationPass::replacement() {
  auto& a = argument();
  end_body();
  if (a.at) out_ += ')';
  condense_if_long(a.begin);
  Form form;
  form.kind = Form::Kind::plain;
  form.head = Head::at;
  form.own_items = false;
  const auto number = add_form(std::move(form));
  out_.insert(a.begin, form_opening(number));
  a.at = true;
  replaced_name();
}

// Reads NAME = VALUE at at_.
void NotationPass::replaced_name() {
  const auto& name = item(at_ + 1);
  if (name.sort != Sort::name || item(at_ + 2).sort != Sort::assign || is_reserved(name.text))
    fail(name.span, "after 'at' a name and its value are due", "write x^2 at x = 3");
  out_ += ',';
  put(terms_.make_named(Head::name, name.span, name.span, name.text), at_ + 1);
  out_ += ',';
  reset_starts(kArgument);
  due_ = true;
  at_ += 3;
}

void NotationPass::comprehension() {
  auto& f = frame();
  if (f.bracket != Bracket::vector)
    fail(here().span, "'for' stands only in a vector [E for k in 1..n] and in commands such as table and plot",
         "write table x^2 for x = 1..5");
  if (f.count != 1)
    fail(here().span, "one expression is due before 'for'", "a list of lists is written [[a, b] for k in 1..n]");
  const auto& name = item(at_ + 1);
  if (name.sort != Sort::name || item(at_ + 2).sort != Sort::in || is_reserved(name.text))
    fail(name.span, "a name and its range are due after 'for'", "write [E for k in 1..n]");
  end_argument();
  condense_if_long(f.argument.begin);
  f.bracket = Bracket::comprehension;
  lifter_.forms[f.form].head = Head::comprehension;
  out_ += ',';
  put(terms_.make_named(Head::name, name.span, name.span, name.text), at_ + 1);
  out_ += ',';
  at_ += 3;
  begin_argument();
}

void NotationPass::dots() {
  auto& f = frame();
  if (f.bracket != Bracket::comprehension || f.dots)
    fail(here().span, "a range stands only after 'for'", "write [E for k in 1..n]");
  end_argument();
  condense_if_long(f.argument.begin);
  out_ += ',';
  f.dots = true;
  ++at_;
  begin_argument();
}

}  // namespace nabla::parse
