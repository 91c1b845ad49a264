#include "parse/notation/notation.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "parse/notation/notation_pass.h"

namespace nabla::parse {

namespace {

// Canonical text longer than this is parsed as soon as it is complete. A smaller limit applies when many brackets are
// open: each may hold as much unparsed text before the next opens, and muparser's names for atoms are limited.
constexpr std::size_t kPiece = 500;
constexpr std::size_t kDeepPiece = 60;
constexpr std::size_t kDeep = 100;  // open brackets

const char* hint_for_number(std::string_view text) {
  const bool marked = text.size() > 1 && text[0] == '0' && text[1] != '_';
  if (marked && (text[1] == 'X' || text[1] == 'B' || text[1] == 'O')) return "write 0x1F, 0o17 or 0b101";
  if (text.find("__") != text.npos || text.ends_with('_') || !marked)
    return "a single _ may stand between digits: 1_000";
  if (text[1] == 'b') return "binary digits are 0 and 1: 0b101";
  return text[1] == 'o' ? "octal digits are 0 to 7: 0o17" : "hexadecimal digits are 0 to 9 and A to F: 0x1F";
}

// What a prefix that takes the product behind it is called.
std::string_view kind_of(const Form& form) {
  if (form.kind == Form::Kind::partial) return "derivative";
  return form.text == "prod" ? "product" : std::string_view(form.text);
}

const char* hint_for(std::string_view sign) {
  if (sign == "{" || sign == "}") return "round brackets group: (x + 1); square brackets list: [1, 2]";
  if (sign == ";") return "one statement only is due here";
  if (sign == "&") return "write and";
  if (sign == "=<") return "write <=";
  if (sign == "=>") return "write >=";
  if (sign == ".") return "a number never ends in '.': write a digit after it, or leave it out";
  if (sign == "~") return "write not";
  return "";
}

}  // namespace

NotationPass::NotationPass(Terms& terms, std::span<const Token> tokens, std::string_view text, const Reading& reading,
                           std::vector<base::Note>& notes)
    : terms_(terms), text_(text), reading_(reading), notes_(notes), items_(sort_out(tokens)), lifter_(terms, items_) {
  for (const auto& it : items_) has_words_ = has_words_ || it.sort == Sort::at || it.sort == Sort::for_;
  for (const auto& name : reading.bound) ++bound_[name];
}

Operand NotationPass::whole() {
  if (items_.size() == 1) {
    const auto end = static_cast<std::uint32_t>(text_.size());
    fail(items_[0].span.end == 0 ? base::Span{end, end} : items_[0].span, "an expression is due here");
  }
  frames_.emplace_back();
  frame().equations = reading_.allow_equation;
  begin_argument();
  while (due_ || here().sort != Sort::end) due_ ? operand() : follow();
  end_argument();
  std::vector<Operand> results;
  parse_from(0, results);
  lifter_.finish(results.front());
  return std::move(results.front());
}

void NotationPass::operand() {
  if (out_.size() == argument().starts[kProduct]) argument().product = at_;
  switch (here().sort) {
    case Sort::number: return number();
    case Sort::name: return name();
    case Sort::plus:
    case Sort::minus: return sign_run();
    case Sort::open_round: return group();
    case Sort::open_square: return list();
    case Sort::open_bar: return bars();
    case Sort::not_: return negation();
    case Sort::root: return root();
    case Sort::integral: return integral();
    case Sort::big: return big();
    case Sort::nabla: return gradient();
    case Sort::partial: return partial();
    case Sort::percent: return previous();
    case Sort::text: fail(here().span, "a text in quotes stands only in print and as a file name");
    default: missing_operand();  // NOLINT: nothing else begins an operand
  }
}

void NotationPass::missing_operand() {
  const auto& it = here();
  if (it.sort == Sort::unknown || it.sort == Sort::slash) refuse_sign();
  if (it.sort == Sort::unknown)
    fail(it.span, fmt::format("'{}' means nothing here", source(it.span)), hint_for(it.text));
  if (it.sort == Sort::bang) fail(it.span, "'!' stands after what it belongs to: n!", "for a negation write not");
  if (it.sort == Sort::word || it.sort == Sort::in || it.sort == Sort::for_)
    fail(it.span, fmt::format("'{}' is a word of the language and cannot be a name", it.text));
  const bool at_end = it.sort == Sort::end || it.sort == Sort::comma || closes(it.sort) || it.sort == Sort::dots;
  if (at_ == 0 || !(at_end || opens(item(at_ - 1).sort)))
    fail(it.span, fmt::format("something is missing before '{}'", source(it.span)));
  fail(it.span, fmt::format("something is missing after '{}'", source(item(at_ - 1).span)));
}

void NotationPass::number() {
  const auto& it = here();
  try {
    auto value = number::Rational::parse(it.text);
    if (!value) fail(it.span, fmt::format("'{}' is no number", it.text), hint_for_number(it.text));
    operand_item_ = at_++;
    put(terms_.make_number(it.span, std::move(*value)), operand_item_);
  } catch (base::Error& e) {
    e.span = it.span;
    throw;
  }
  finish_operand(operand_begin_, false);
}

void NotationPass::previous() {
  const auto& digits = item(at_ + 1);
  const auto span = base::join(here().span, digits.span);
  if (digits.sort != Sort::number || digits.text.find_first_not_of("0123456789") != std::string_view::npos)
    refuse_sign();
  if (digits.sort != Sort::number || digits.text.find_first_not_of("0123456789") != std::string_view::npos)
    fail(here().span, "'%' stands before the number of an answer: %3", "the last answer is ans");
  auto n = number::Rational::parse(digits.text);
  Operand operand;
  operand.term = terms_.make_named(Head::previous, span, span, "%", {}, std::move(*n));
  operand.first = at_;
  operand.last = at_ + 1;
  operand_item_ = at_;
  at_ += 2;
  atom(std::move(operand), true);
}

void NotationPass::sign_run() {
  bool negative = false;
  for (; here().sort == Sort::plus || here().sort == Sort::minus; ++at_) negative ^= here().sort == Sort::minus;
  if (negative) out_ += '-';
}

void NotationPass::negation() {
  if (out_.size() != argument().starts[kComparison])
    fail(here().span, "'not' applies to what follows up to the next 'and' or 'or'", "put brackets around it: (not …)");
  Form form;
  form.kind = Form::Kind::plain;
  form.head = Head::not_;
  form.first = at_++;
  open_prefix(kComparison, std::move(form), at_);
}

void NotationPass::root() {
  const auto sign = here();
  Form form;
  form.kind = Form::Kind::named;
  form.head = Head::call;
  form.first = at_;
  form.name = sign.span;
  form.text = sign.text == "√" ? "sqrt" : sign.text == "∛" ? "cbrt" : "root";
  ++at_;
  if (sign.text == "∜") {
    Operand four;
    four.term = terms_.make_number(sign.span, 4);
    form.further.push_back(std::move(four));
  } else if (form.text == "root") {
    form.further.push_back(part(at_ + 1, here().match));
    at_ = here().match + 1;
  }
  if (here().sort == Sort::minus || here().sort == Sort::plus) {
    fail(sign.span, fmt::format("{} takes the one thing after it", source(sign.span)),
         fmt::format("put brackets around it: {}(-x)", source(sign.span)));
  }
  open_prefix(kPrimary, std::move(form), at_);
}

// √x^2, √16!
void NotationPass::note_root(std::string_view postfix) {
  if (prefixes_.size() == frame().prefixes || prefixes_.back().holds != kPrimary) return;
  const auto first = lifter_.forms[prefixes_.back().form].first;
  if (items_[first].sort != Sort::root || items_[prefixes_.back().body].sort == Sort::open_round) return;
  notes_.push_back(
      {{items_[first].span.begin, here().span.end},
       fmt::format("{0}{1} is read as ({0}){1}; √ takes the one thing after it", shown(first, at_ - 1), postfix)});
}

// 9^1/2: who writes the exponent 1 means a root.
void NotationPass::note_root_as_quotient() {
  const auto& one = items_[at_ - 1];
  const auto& below = item(at_ + 1);
  if (at_ < 3 || one.text != "1" || one.sort != Sort::number || here().blank_before) return;
  if (below.sort != Sort::number || below.blank_before) return;
  const auto caret = items_[at_ - 2].sort == Sort::minus ? at_ - 3 : at_ - 2;
  if (items_[caret].sort != Sort::caret || items_[caret].span == one.span || caret == 0) return;
  const auto& base = items_[caret - 1];
  const auto first = closes(base.sort) ? base.match : caret - 1;
  notes_.push_back({{items_[first].span.begin, below.span.end},
                    fmt::format("{0}/{1} is read as ({0})/{1}; a root is written {2}({3}/{1})", shown(first, at_ - 1),
                                below.text, shown(first, caret), shown(caret + 1, at_ - 1))});
}

// x <- 5
void NotationPass::note_arrow_of_r() {
  const auto& minus = item(at_ + 1);
  if (minus.sort != Sort::minus || minus.blank_before || !item(at_ + 2).blank_before || at_ != 1) return;
  notes_.push_back({base::join(items_[0].span, item(at_ + 2).span),
                    fmt::format("a comparison with a negative number; a value is given by {} = …", items_[0].text)});
}

// 20 °C
void NotationPass::note_degree() {
  const auto& next = item(at_ + 1);
  if (next.sort != Sort::name || next.blank_before) return;
  notes_.push_back(
      {base::join(here().span, next.span), fmt::format("° stands for π/180, and {} is a factor", next.text)});
}

void NotationPass::follow() {
  const auto sort = here().sort;
  if (sort != Sort::open_square || !indexable_) {
    if (sort == Sort::caret) note_root("^…");
    if (sort == Sort::bang) note_root("!");
    close_prefixes(kPower);
  }
  switch (sort) {
    case Sort::plus: return binary(kSum, '+');
    case Sort::minus: return binary(kSum, '-');
    case Sort::star: return binary(kProduct, '*');
    case Sort::slash: note_root_as_quotient(); return binary(kProduct, '/');
    case Sort::caret: return power();
    case Sort::and_: return logic(kAnd, "&&");
    case Sort::or_: return logic(kOr, "||");
    case Sort::less: note_arrow_of_r(); return comparison(Head::less, "<");
    case Sort::less_equal: return comparison(Head::less_equal, "<=");
    case Sort::greater: return comparison(Head::greater, ">");
    case Sort::greater_equal: return comparison(Head::greater_equal, ">=");
    case Sort::equal: return comparison(Head::equal, "==");
    case Sort::not_equal: return comparison(Head::not_equal, "!=");
    case Sort::bang: return factorial();
    case Sort::degree: {
      note_degree();
      Form form;
      form.kind = Form::Kind::degrees;
      return postfix(std::move(form));
    }
    case Sort::question: return question();
    case Sort::colon: return colon();
    case Sort::comma: return comma();
    case Sort::assign: return assign();
    case Sort::at: return replacement();
    case Sort::for_: return comprehension();
    case Sort::dots: return dots();
    case Sort::close_round:
    case Sort::close_square:
    case Sort::close_bar:
    case Sort::differential: return close_bracket();
    case Sort::open_square:
      if (indexable_) return index();
      return implicit_product();
    case Sort::open_round:
    case Sort::open_bar:
    case Sort::name:
    case Sort::root:
    case Sort::integral:
    case Sort::big:
    case Sort::nabla:
    case Sort::partial:
    case Sort::number: return implicit_product();
    case Sort::arrow: refuse_arrow();
    case Sort::prime:
      if (const auto number = ungrouped(true); !number.empty())
        fail(here().span, "a prime stands after the name of a function",
             fmt::format("a number is written in one piece: {}", number));
      fail(here().span, "a prime stands after the name of a function: f'(x)", "for a derivative write diff(E, x)");
    case Sort::percent:
      refuse_percentage();
      fail(here().span, "'%' is no operator", "write mod(a, n) for a remainder, a/100 for per cent");
    case Sort::not_: fail(here().span, "an operator is missing before 'not'");
    case Sort::text: fail(here().span, "a text in quotes stands only in print and as a file name");
    case Sort::word:
    case Sort::in: refuse_word();
    case Sort::unknown:
      refuse_sign();
      fail(here().span, fmt::format("'{}' means nothing here", source(here().span)),
           here().text == "." && items_[at_ - 1].sort != Sort::number ? "" : hint_for(here().text));
    case Sort::end: break;
  }
}

// Operators

void NotationPass::operate(Level level, char sign) {
  close_prefixes(level);
  condense_if_long(argument().starts[level]);
  out_ += sign;
  reset_starts(level);
  due_ = true;
}

void NotationPass::binary(Level level, char sign) {
  operate(level, sign);
  ++at_;
}

void NotationPass::logic(Level level, std::string_view sign) {
  close_prefixes(level);
  end_comparison();
  condense_if_long(argument().starts[level]);
  out_ += sign;
  reset_starts(level);
  due_ = true;
  ++at_;
}

void NotationPass::power() {
  if (ends_superscript()) fail(here().span, "a power of a power needs brackets", "write (x²)^3 or x^(2^3)");
  close_prefixes(kPower);
  out_ += '^';
  due_ = true;
  ++at_;
}

bool NotationPass::ends_superscript() const {
  const auto& last = items_[at_ - 1];
  return at_ > 1 && last.span == items_[at_ - 2].span && last.sort != Sort::prime;
}

void NotationPass::comparison(Head head, std::string_view sign) {
  close_prefixes(kComparison);
  auto& a = argument();
  if (a.comparisons == 0) {
    condense_if_long(a.starts[kComparison]);
    a.comparison_sign = out_.size();
    a.first_comparison = head;
    out_ += sign;
  } else {
    condense_if_long(a.starts[kSum]);
    if (a.comparisons == 1) {  // a < b < c: both in one form
      Form form;
      form.kind = Form::Kind::comparison;
      form.own_items = false;
      form.signs = {a.first_comparison};
      a.chain = add_form(std::move(form));
      out_.replace(a.comparison_sign, a.starts[kSum] - a.comparison_sign, ",");
      out_.insert(a.starts[kComparison], form_opening(a.chain));
    }
    lifter_.forms[a.chain].signs.push_back(head);
    out_ += ',';
  }
  ++a.comparisons;
  reset_starts(kComparison);
  due_ = true;
  ++at_;
}

void NotationPass::end_comparison() {
  if (argument().comparisons > 1) out_ += ')';
  argument().comparisons = 0;
}

void NotationPass::implicit_product() {
  if (here().sort == Sort::number) refuse_number_as_factor();
  refuse_word_as_factor();
  note_product();
  operate(kProduct, '*');
}

void NotationPass::note_product() {
  if (here().blank_before || operand_item_ == 0) return;
  const auto before = items_[operand_item_ - 1].sort;
  const auto end = opens(here().sort)                                                    ? here().match
                   : here().sort == Sort::name && item(at_ + 1).sort == Sort::open_round ? item(at_ + 1).match
                                                                                         : at_;
  const auto first = argument().product;
  if (items_[end].span.end - items_[first].span.begin > 60) return;
  const auto left = shown(first, at_ - 1);
  const auto right = shown(at_, end);
  const auto last_factor = shown(operand_item_, at_ - 1);
  const bool quotient = before == Sort::slash;
  const bool exponent = before == Sort::caret && here().sort == Sort::name && items_[at_ - 1].sort == Sort::number &&
                        items_[operand_item_].span != items_[operand_item_ - 1].span;
  if (!quotient && !exponent) return;
  const auto other = fmt::format("{}({}{})", shown(first, operand_item_ - 1), last_factor, right);
  notes_.push_back(
      {{items_[first].span.begin, items_[end].span.end},
       fmt::format("{}{} is read as ({}) {}; the other reading is written {}", left, right, left, right, other)});
}

void NotationPass::factorial() {
  if (items_[at_ - 1].sort == Sort::bang)
    fail(here().span, "'!!' is not known", "write (n!)! for the factorial of a factorial");
  if (ends_superscript()) fail(here().span, "a factorial of a power needs brackets", "write (x²)! or x^(2!)");
  Form form;
  form.kind = Form::Kind::plain;
  form.head = Head::factorial;
  postfix(std::move(form));
}

void NotationPass::postfix(Form form) {
  form.first = operand_item_;
  form.last = at_++;
  const auto begin = operand_begin_;
  condense_if_long(begin);
  const auto number = add_form(std::move(form));
  out_.insert(begin, form_opening(number));
  out_ += ')';
  finish_operand(begin, false);
}

void NotationPass::question() {
  close_prefixes(kArgument);
  end_comparison();
  condense_if_long(argument().starts[kOr]);
  out_ += '?';
  argument().questions.push_back(at_++);
  reset_starts(kArgument);
  due_ = true;
}

void NotationPass::colon() {
  if (argument().questions.empty()) {
    const bool value = at_ == 1 && items_[0].sort == Sort::name && frames_.size() == 1;
    fail(here().span, "there is no '?' before this ':'",
         value ? fmt::format("a value is given by {} = …", items_[0].text)
         : frames_.size() == 1 && items_[at_ - 1].sort == Sort::number
             ? "numbers in equal steps are written [k/10 for k in 0..10]"
             : "a choice is written c ? a : b, a range 1..3");
  }
  close_prefixes(kArgument);
  end_comparison();
  condense_if_long(argument().starts[kOr]);
  out_ += ':';
  argument().questions.pop_back();
  reset_starts(kArgument);
  due_ = true;
  ++at_;
}

void NotationPass::open_prefix(Level holds, Form form, std::uint32_t body) {
  Prefix prefix;
  prefix.holds = holds;
  prefix.begin = out_.size();
  prefix.form = add_form(std::move(form));
  prefix.bound = bound_stack_.size();
  prefix.body = body;
  std::copy(std::begin(argument().starts), std::end(argument().starts), prefix.starts);
  if (prefixes_.size() > kMaxDepth) {
    throw base::Error(base::Code::limit, here().span, "this is nested more than 2,000 levels deep",
                      "define parts of it by name");
  }
  prefixes_.push_back(prefix);
  out_ += form_opening(prefix.form);
  reset_starts(kArgument);
  due_ = true;
}

void NotationPass::close_prefixes(Level level) {
  while (prefixes_.size() > frame().prefixes && prefixes_.back().holds > level) {
    const auto& prefix = prefixes_.back();
    const auto& form = lifter_.forms[prefix.form];
    const bool sum_follows = here().sort == Sort::plus || here().sort == Sort::minus;
    const auto& body = items_[prefix.body];
    if (prefix.holds == kProduct && sum_follows && !(body.sort == Sort::open_round && body.match == at_ - 1)) {
      notes_.push_back({{items_[form.first].span.begin, items_[at_ - 1].span.end},
                        fmt::format("the {} ends before '{}'; for more, put brackets: {} (…)", kind_of(form),
                                    here().text, shown(form.first, prefix.body - 1))});
    }
    close_prefix();
  }
}

void NotationPass::close_prefix() {
  const auto prefix = prefixes_.back();
  if (prefix.holds == kComparison) end_comparison();
  prefixes_.pop_back();
  out_ += ')';
  auto& form = lifter_.forms[prefix.form];
  form.last = at_ - 1;
  operand_item_ = form.first;
  unbind(prefix.bound);
  std::copy(std::begin(prefix.starts), std::end(prefix.starts), argument().starts);
  condense_if_long(prefix.begin);
  finish_operand(prefix.begin, false);
}

// The canonical text

void NotationPass::finish_operand(std::size_t begin, bool indexable) {
  operand_begin_ = begin;
  indexable_ = indexable;
  due_ = false;
  if (prefixes_.size() > frame().prefixes && prefixes_.back().holds == kAtOnce) close_prefix();
}

void NotationPass::reset_starts(int above) {
  for (int level = above + 1; level <= kProduct; ++level) argument().starts[level] = out_.size();
}

std::uint32_t NotationPass::add_form(Form form) {
  if (lifter_.forms.size() >= kMaxNames || lifter_.atoms.size() >= kMaxNames)
    throw base::Error(base::Code::limit, here().span, "this expression is too long", "define parts of it by name");
  lifter_.forms.push_back(std::move(form));
  return static_cast<std::uint32_t>(lifter_.forms.size() - 1);
}

void NotationPass::put(Operand operand) {
  operand_begin_ = out_.size();
  out_ += std::to_string(lifter_.atoms.size());
  lifter_.atoms.push_back(std::move(operand));
  if (lifter_.atoms.size() >= kMaxNames)
    throw base::Error(base::Code::limit, here().span, "this expression is too long", "define parts of it by name");
}

void NotationPass::put(Term term, std::uint32_t i) {
  Operand operand;
  operand.term = term;
  operand.first = operand.last = i;
  put(std::move(operand));
}

void NotationPass::atom(Operand operand, bool indexable) {
  put(std::move(operand));
  finish_operand(operand_begin_, indexable);
}

void NotationPass::parse_from(std::size_t begin, std::vector<Operand>& out) {
  const auto piece = out_.substr(begin);
  if (piece.size() > kMaxCanonicalText)
    throw base::Error(base::Code::limit, here().span, "this expression is too long", "define parts of it by name");
  lifter_.lift(piece, out);
  out_.resize(begin);
}

void NotationPass::condense(std::size_t begin) {
  std::vector<Operand> results;
  parse_from(begin, results);
  put(std::move(results.front()));
}

bool NotationPass::is_long(std::size_t begin) const {
  return out_.size() - begin > (frames_.size() < kDeep ? kPiece : kDeepPiece);
}

void NotationPass::condense_if_long(std::size_t begin) {
  if (is_long(begin)) condense(begin);
}

std::string_view NotationPass::source(base::Span span) const { return text_.substr(span.begin, span.size()); }

std::string NotationPass::shown(std::uint32_t first, std::uint32_t last) const {
  return std::string(source({items_[first].span.begin, items_[last].span.end}));
}

void NotationPass::fail(base::Span span, std::string message, std::string hint) const {
  throw base::Error(base::Code::syntax, span, std::move(message), std::move(hint));
}

Term read_expression(Terms& terms, std::span<const Token> tokens, std::string_view text, const Reading& reading,
                     std::vector<base::Note>& notes) {
  return NotationPass(terms, tokens, text, reading, notes).run();
}

}  // namespace nabla::parse
