#include "calc/elaborate/range.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "expr/rewrite.h"
#include "expr/write/print.h"
#include "parse/statement.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;
using Part = RangeText::Part;

constexpr std::string_view kExample =
    "write a range as x = 0..5, x = 0..5 step 0.5, x = 0..5 parts 10, x in [1, 2, 5] or n in 1..20";
constexpr long kLongestStride = 20;  // between integers that a table takes one by one

bool is_word(const parse::Token& t, std::string_view word) {
  return t.kind == parse::TokenKind::name && t.text == word;
}
bool is_sign(const parse::Token& t, std::string_view sign) {
  return t.kind == parse::TokenKind::sign && t.text == sign;
}

Span span_of(Part part) { return part.empty() ? Span{} : base::join(part.front().span, part.back().span); }

[[noreturn]] void malformed(Span span, std::string message) {
  throw Error(Code::syntax, span, std::move(message), std::string(kExample));
}

RangeText split_range(Part tokens) {
  RangeText out;
  out.span = span_of(tokens);
  if (tokens.size() < 3 || tokens[0].kind != parse::TokenKind::name)
    malformed(out.span, "a range is due here: a name and where it runs");
  out.name = tokens[0].text;
  out.name_span = tokens[0].span;
  const bool in = is_word(tokens[1], "in");
  if (!in && !is_sign(tokens[1], "="))
    malformed(tokens[1].span, fmt::format("'=' or 'in' is due after '{}'", out.name));
  Part body = tokens.subspan(2);
  if (const auto at = parse::find_top_level(body, "step"); !at.empty()) {
    out.step = body.subspan(at[0] + 1);
    if (out.step.empty()) malformed(body[at[0]].span, "a number is due after 'step'");
    body = body.first(at[0]);
  } else if (const auto at_parts = parse::find_top_level(body, "parts"); !at_parts.empty()) {
    out.parts = body.subspan(at_parts[0] + 1);
    if (out.parts.empty()) malformed(body[at_parts[0]].span, "a number is due after 'parts'");
    body = body.first(at_parts[0]);
  }
  const auto dots = parse::find_top_level(body, "..");
  if (dots.empty()) {
    if (!in || !out.step.empty() || !out.parts.empty())
      malformed(out.span, fmt::format("'..' is missing in the range of '{}'", out.name));
    out.list = body;
    return out;
  }
  out.whole = in;
  out.lo = body.first(dots[0]);
  out.hi = body.subspan(dots[0] + 1);
  if (out.lo.empty() || out.hi.empty()) malformed(body[dots[0]].span, "a bound is missing beside '..'");
  return out;
}

// A bound or step of a range, with its value as a double.
struct Bound {
  Expr value;
  double number = 0;
  std::optional<Rational> exact;
};

class Reader {
 public:
  Reader(Elaborator& in, const RangeText& text, const std::function<Term(Part)>& parse)
      : in_(in), g_(in.graph()), text_(text), parse_(parse) {}

  Range run() {
    range_.name = text_.name;
    range_.span = text_.span;
    range_.discrete = text_.whole || !text_.list.empty();
    if (!text_.list.empty()) {
      read_list();
      return std::move(range_);
    }
    const Bound lo = bound(text_.lo);
    const Bound hi = bound(text_.hi);
    range_.lo = lo.value;
    range_.hi = hi.value;
    range_.low = std::min(lo.number, hi.number);
    range_.high = std::max(lo.number, hi.number);
    if (text_.whole) require_whole(lo, text_.lo), require_whole(hi, text_.hi);
    if (!text_.step.empty()) {
      read_step(lo, hi);
    } else if (hi.number < lo.number) {
      throw Error(Code::range, text_.span, fmt::format("the range of {} runs backwards", text_.name),
                  fmt::format("write {0} = 1..5, or {0} = 5..1 step -1", text_.name));
    } else if (!text_.parts.empty()) {
      read_parts(lo, hi);
    } else if (text_.whole) {
      set_points(lo, expr::integer(g_, 1), hi.number - lo.number);
    }
    return std::move(range_);
  }

 private:
  Bound bound(Part part) {
    const Term term = parse_(part);
    return constant(in_.scalar(term), term.span());
  }

  Bound constant(Expr e, Span span) {
    if (!g_.is_constant(e)) {
      throw Error(Code::argument, span,
                  fmt::format("'{}' has no value, so the range of {} is not known",
                              expr::print(g_, e, expr::Style::unicode), text_.name),
                  "give its letters values first, as in: b = 2");
    }
    const eval::Outcome found = in_.evaluator().refine(
        e, [](const eval::Outcome& o) { return o.ball.accuracy_bits() > 60 || o.ball.is_exact(); });
    if (found.state == eval::Outcome::State::undefined) {
      Error reason = *found.reason;
      if (reason.span.empty()) reason.span = span;
      throw reason;
    }
    const double number = found.ball.mid();
    if (!found.has_value() || !std::isfinite(number)) {
      throw Error(Code::range, span, fmt::format("the range of {} is endless or too long", text_.name),
                  "choose finite bounds, as in x = 0..100");
    }
    if (found.exact) return {g_.rational(*found.exact), number, found.exact};
    return {e, number, std::nullopt};
  }

  void require_whole(const Bound& b, Part part) {
    if (b.exact && b.exact->is_integer()) return;
    throw Error(Code::range, span_of(part), fmt::format("{} in … counts whole numbers", text_.name),
                "write x = 0.5..3 step 0.5 for others");
  }

  void read_list() {
    const Term term = parse_(text_.list);
    const Value v = in_.vector(term);
    if (v.elements.empty())
      throw Error(Code::range, text_.span, fmt::format("the range of {} is empty", text_.name), std::string(kExample));
    std::vector<Expr> list;
    range_.low = std::numeric_limits<double>::infinity();
    range_.high = -range_.low;
    for (Expr e : v.elements) {
      const Bound b = constant(e, term.span());
      list.push_back(b.value);
      if (b.number < range_.low) range_.low = b.number, range_.lo = b.value;
      if (b.number > range_.high) range_.high = b.number, range_.hi = b.value;
    }
    range_.points.emplace(std::move(list));
  }

  void read_step(const Bound& lo, const Bound& hi) {
    const Bound step = bound(text_.step);
    const Span span = span_of(text_.step);
    if (text_.whole) require_whole(step, text_.step);
    if (step.number == 0)
      throw Error(Code::range, span, "the step must not be 0", fmt::format("write {} = 0..1 step 0.1", text_.name));
    if ((hi.number - lo.number) * step.number < 0) {
      throw Error(Code::range, span, fmt::format("this step leads away from the end of the range of {}", text_.name),
                  step.number < 0
                      ? fmt::format("write {} = 5..1 step -1 to count down", text_.name)
                      : fmt::format("the range runs backwards: write {0} = 1..5, or {0} = 5..1 step -1", text_.name));
    }
    range_.reversed = step.number < 0;
    set_points(lo, step.value, steps_between(lo, hi, step));
  }

  // How many steps fit between the bounds.
  double steps_between(const Bound& lo, const Bound& hi, const Bound& step) {
    if (lo.exact && hi.exact && step.exact) return ((*hi.exact - *lo.exact) / *step.exact).floor().to_double();
    const double quotient = (hi.number - lo.number) / step.number;
    const double nearest = std::round(quotient);
    return std::abs(quotient - nearest) <= 1e-12 * std::max(1.0, nearest) ? nearest : std::floor(quotient);
  }

  void read_parts(const Bound& lo, const Bound& hi) {
    const Term term = parse_(text_.parts);
    const long parts = in_.integer(term, 1, static_cast<long>(kMostPoints), "the number of parts");
    const Expr whole = expr::subtract(g_, hi.value, lo.value);
    set_points(lo, expr::multiply(g_, g_.rational(Rational(1, parts)), whole), static_cast<double>(parts));
  }

  void set_points(const Bound& lo, Expr step, double steps) {
    if (steps >= kMostPoints) {
      throw Error(Code::range, text_.span, fmt::format("the range of {} has more than a billion points", text_.name),
                  "choose a larger step");
    }
    range_.points.emplace(g_, lo.value, step, static_cast<std::size_t>(steps) + 1);
  }

  Elaborator& in_;
  Graph& g_;
  const RangeText& text_;
  const std::function<Term(Part)>& parse_;
  Range range_;
};

// 1, 2 or 5 times a power of ten, about a tenth of the length.
Rational round_stride(double length) {
  const double tenth = length / 10;
  const auto exponent = static_cast<long>(std::floor(std::log10(tenth)));
  Rational best;
  double least = std::numeric_limits<double>::infinity();
  for (long k : {exponent, exponent + 1}) {
    for (long m : {1L, 2L, 5L}) {
      const Rational stride = Rational(m) * Rational::power(Rational(10), k);
      const double badness = std::abs(std::log(stride.to_double() / tenth));
      if (badness < least) least = badness, best = stride;
    }
  }
  return best;
}

}  // namespace

std::vector<RangeText> split_ranges(std::span<const parse::Token> tokens) {
  if (tokens.empty()) malformed({}, "a range is due after 'for'");
  std::vector<RangeText> out;
  std::size_t first = 0;
  std::vector<std::size_t> commas = parse::find_top_level(tokens, ",");
  commas.push_back(tokens.size());
  for (std::size_t comma : commas) {
    if (comma == first)
      malformed(comma < tokens.size() ? tokens[comma].span : tokens.back().span, "a range is missing here");
    out.push_back(split_range(tokens.subspan(first, comma - first)));
    first = comma + 1;
  }
  return out;
}

Points Range::points_or_default(Graph& graph) const {
  if (points) return *points;
  if (low == high) return Points(std::vector<Expr>{lo});
  const double length = high - low;
  const bool integers =
      graph.is_number(lo) && graph.is_number(hi) && graph.number(lo).is_integer() && graph.number(hi).is_integer();
  const Rational stride = integers && length <= kLongestStride ? Rational(1) : round_stride(length);
  const double steps = length / stride.to_double();
  const double nearest = std::round(steps);
  const double count = std::abs(steps - nearest) <= 1e-9 ? nearest : std::floor(steps);
  return {graph, lo, graph.rational(stride), static_cast<std::size_t>(count) + 1};
}

Range elaborate_range(Elaborator& in, const RangeText& text, const std::function<Term(Part)>& parse) {
  return Reader(in, text, parse).run();
}

}  // namespace nabla::calc
