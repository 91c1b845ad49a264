#include "parse/notation/lift.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/error.h"
#include "base/small_vector.h"

namespace nabla::parse {

namespace {

Head head_of(Step::Kind kind) {
  switch (kind) {
    case Step::Kind::add: return Head::add;
    case Step::Kind::subtract: return Head::subtract;
    case Step::Kind::multiply: return Head::multiply;
    case Step::Kind::divide: return Head::divide;
    case Step::Kind::power: return Head::power;
    case Step::Kind::less: return Head::less;
    case Step::Kind::less_equal: return Head::less_equal;
    case Step::Kind::greater: return Head::greater;
    case Step::Kind::greater_equal: return Head::greater_equal;
    case Step::Kind::equal: return Head::equal;
    case Step::Kind::not_equal: return Head::not_equal;
    case Step::Kind::and_: return Head::and_;
    case Step::Kind::or_: return Head::or_;
    case Step::Kind::select: return Head::select;
    case Step::Kind::negate: return Head::negate;
    case Step::Kind::atom:
    case Step::Kind::form: break;
  }
  return Head::name;
}

bool is_open(const Operand& operand) { return !operand.parts.empty(); }

std::uint32_t deepest(std::span<const Operand> operands) {
  std::uint32_t depth = 0;
  for (const auto& o : operands) depth = std::max(depth, o.depth);
  return depth;
}

}  // namespace

Term Lifter::finish(Operand& operand) {
  if (operand.depth > kMaxDepth) {
    throw base::Error(base::Code::limit, span(operand.first, operand.last),
                      "this is nested more than 2,000 levels deep", "define parts of it by name");
  }
  if (is_open(operand)) {
    operand.term = terms_.make(operand.chain, span(operand.first, operand.last), operand.parts);
    operand.parts.clear();
  }
  return operand.term;
}

Operand Lifter::closed(Head head, std::span<Operand> operands, std::uint32_t first, std::uint32_t last) {
  base::SmallVector<Term, 4> children;
  for (auto& o : operands) children.push_back(finish(o));
  Operand result;
  result.term = terms_.make(head, span(first, last), children);
  result.first = first;
  result.last = last;
  result.depth = deepest(operands) + 1;
  return result;
}

Operand Lifter::negated(Operand& operand) {
  return closed(Head::negate, {&operand, 1}, minus_before(operand), operand.last);
}

std::uint32_t Lifter::minus_before(const Operand& operand) const {
  auto sign = operand.first;
  while (sign > 0 && items_[--sign].sort != Sort::minus) {
  }
  return sign;
}

Operand Lifter::chained(Head head, Operand& left, Operand& right) {
  Operand result;
  const auto last = right.last;
  const bool product = head == Head::multiply;
  const bool extends = is_open(left) && product == (left.chain == Head::multiply);
  const auto depth = std::max(extends ? left.depth : left.depth + 1, right.depth + (head == Head::subtract ? 2u : 1u));
  if (extends) {
    result = std::move(left);
    if (result.chain == Head::subtract) {  // a - b becomes the sum of a and -b
      result.parts[1] = terms_.make(Head::negate, span(result.sign, result.last), {result.parts[1]});
    }
    result.chain = product ? Head::multiply : Head::add;
    if (head == Head::subtract) right = negated(right);
    result.parts.push_back(finish(right));
  } else {
    result.first = left.first;
    result.chain = head;
    if (head == Head::subtract) result.sign = minus_before(right);
    result.parts = {finish(left), finish(right)};
  }
  result.last = last;
  result.depth = depth;
  return result;
}

Operand Lifter::binary(Step::Kind kind, Operand& left, Operand& right) {
  if (kind == Step::Kind::add || kind == Step::Kind::subtract || kind == Step::Kind::multiply)
    return chained(head_of(kind), left, right);
  Operand pair[] = {std::move(left), std::move(right)};
  return closed(head_of(kind), pair, pair[0].first, pair[1].last);
}

Term Lifter::comparison(const Form& form, std::span<Operand> arguments) {
  Term all;
  for (std::size_t i = 0; i < form.signs.size(); ++i) {
    const auto place = span(arguments[i].first, arguments[i + 1].last);
    const auto one = terms_.make(form.signs[i], place, {finish(arguments[i]), finish(arguments[i + 1])});
    all = all ? terms_.make(Head::and_, span(arguments[0].first, arguments[i + 1].last), {all, one}) : one;
  }
  return all;
}

Term Lifter::condition(std::span<Operand> arguments, base::Span place) {
  auto left = arguments.size();
  Term otherwise;
  if (left % 2 == 1) otherwise = finish(arguments[--left]);
  for (; left > 0; left -= 2) {
    std::vector<Term> children{finish(arguments[left - 2]), finish(arguments[left - 1])};
    if (otherwise) children.push_back(otherwise);
    otherwise = terms_.make(Head::select, place, children);
  }
  return otherwise;
}

Operand Lifter::apply(const Form& form, std::span<Operand> arguments) {
  auto first = form.first;
  auto last = form.last;
  if (!form.own_items) {
    first = arguments.front().first;
    last = arguments.back().last;
  }
  const auto place = span(first, last);
  Operand result;
  result.first = first;
  result.last = last;
  result.depth = deepest(arguments) + 1;
  switch (form.kind) {
    case Form::Kind::group:
      result.term = finish(arguments.front());
      --result.depth;
      break;
    case Form::Kind::plain: return closed(form.head, arguments, first, last);
    case Form::Kind::named: {
      base::SmallVector<Term, 4> children;
      for (auto& a : arguments) children.push_back(finish(a));
      for (const auto& f : form.further) children.push_back(f.term);
      result.depth = std::max(result.depth, deepest(form.further) + 1);
      result.term = terms_.make_named(form.head, place, form.name, form.text, children, number::Rational(form.order));
      break;
    }
    case Form::Kind::comparison:
      result.term = comparison(form, arguments);
      result.depth += static_cast<std::uint32_t>(form.signs.size());
      break;
    case Form::Kind::partial: {
      std::vector<Term> children{finish(arguments.front())};
      for (const auto& v : form.variables) {
        children.push_back(terms_.make_named(Head::name, v.span, v.span, v.text));
        children.push_back(terms_.make_number(v.span, number::Rational(v.order)));
      }
      result.last = arguments.back().last;
      result.term = terms_.make(Head::partial, span(first, result.last), children);
      break;
    }
    case Form::Kind::condition:
      result.term = condition(arguments, place);
      result.depth += static_cast<std::uint32_t>(arguments.size() / 2);
      break;
    case Form::Kind::degrees: {
      const auto sign = items_[last].span;
      const auto pi = terms_.make_named(Head::name, sign, sign, "pi");
      const auto factor = terms_.make(Head::divide, sign, {pi, terms_.make_number(sign, 180)});
      result.term = terms_.make(Head::multiply, place, {finish(arguments.front()), factor});
      break;
    }
    case Form::Kind::raised: {
      const auto exponent = finish(arguments[0]);
      result.last = arguments[1].last;
      result.term = terms_.make(Head::power, span(first, result.last), {finish(arguments[1]), exponent});
      break;
    }
  }
  return result;
}

void Lifter::lift(const std::string& text, std::vector<Operand>& out) {
  const auto results = run_muparser(text, static_cast<std::uint32_t>(forms.size()), steps_);
  stack_.clear();
  auto first_atom = atoms.size();
  auto first_form = forms.size();
  for (const auto& step : steps_) {
    switch (step.kind) {
      case Step::Kind::atom:
        first_atom = std::min<std::size_t>(first_atom, step.index);
        stack_.push_back(std::move(atoms[step.index]));
        break;
      case Step::Kind::form: {
        first_form = std::min<std::size_t>(first_form, step.index);
        const std::span<Operand> arguments(stack_.data() + (stack_.size() - step.operands), step.operands);
        auto made = apply(forms[step.index], arguments);
        stack_.resize(stack_.size() - step.operands);
        stack_.push_back(std::move(made));
        break;
      }
      case Step::Kind::negate: stack_.back() = negated(stack_.back()); break;
      case Step::Kind::select: {
        const std::span<Operand> arguments(stack_.data() + (stack_.size() - 3), 3);
        auto made = closed(Head::select, arguments, arguments[0].first, arguments[2].last);
        stack_.resize(stack_.size() - 3);
        stack_.push_back(std::move(made));
        break;
      }
      default: {  // NOLINT: all others take two operands
        auto made = binary(step.kind, stack_[stack_.size() - 2], stack_.back());
        stack_.pop_back();
        stack_.back() = std::move(made);
      }
    }
  }
  if (stack_.size() != results) throw base::Error(base::Code::syntax, {}, "this cannot be read as an expression");
  atoms.resize(first_atom);
  forms.resize(first_form);
  std::move(stack_.begin(), stack_.end(), std::back_inserter(out));
}

}  // namespace nabla::parse
