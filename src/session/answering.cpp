#include "session/answering.h"

#include <algorithm>
#include <unordered_set>

#include "algebra/derivative/derivative_node.h"
#include "algebra/rules/call.h"
#include "algebra/simplify/closed_form.h"
#include "algebra/simplify/conditions.h"
#include "algebra/simplify/simplify.h"
#include "base/running.h"
#include "base/text.h"
#include "calc/elaborate/kink_conditions.h"
#include "expr/write/print.h"
#include "functions/table.h"

namespace nabla::session {

using base::Code;
using base::Error;
using expr::Expr;
using expr::Graph;
using expr::Kind;
using expr::Style;
using expr::Value;
using number::Certainty;
using view::Answer;
using view::AnswerKind;
using view::Cell;

namespace {

constexpr base::Bits kBitsOfACheck = 64;

class Builder {
 public:
  Builder(Workspace& work, const Settings& settings, const Value& value)
      : work_(work), graph_(work.graph), settings_(settings), simplification_(graph_, value.elements, work.budget) {}

  Answer build(const Value& value) {
    Answer answer;
    answer.rows = value.rows;
    answer.columns = value.columns;
    for (const Expr e : value.elements) {
      base::check_running_closely();
      answer.cells.push_back(cell(e));
      answer.certainty = std::max(answer.certainty, answer.cells.back().certainty);
    }
    answer.kind = kind(value, answer);
    std::ranges::sort(conditions_);
    conditions_.erase(std::unique(conditions_.begin(), conditions_.end()), conditions_.end());
    answer.conditions = std::move(conditions_);
    return answer;
  }

 private:
  AnswerKind kind(const Value& value, const Answer& answer) const {
    if (value.is_vector()) return AnswerKind::vector;
    if (value.is_matrix()) return AnswerKind::matrix;
    switch (answer.cells.front().content) {
      case Cell::Content::number:
      case Cell::Content::nothing: return AnswerKind::number;
      case Cell::Content::boolean: return AnswerKind::boolean;
      case Cell::Content::expression:
        return graph_.is(value.scalar(), expr::kTruth) ? AnswerKind::condition : AnswerKind::expression;
    }
    return AnswerKind::number;
  }

  Cell cell(Expr e) {
    if (!graph_.is_constant(e)) return expression(e);
    if (graph_.is(e, expr::kTruth)) return truth(e);
    return number(e);
  }

  // Throws if a part without symbols has no value (x + 1/0) and is certain to be needed; then the whole has neither a
  // value nor a derivative.
  void check_constant_parts(Expr root, Expr written) {
    std::vector<Expr> open{root};
    std::unordered_set<std::uint32_t> seen;
    while (!open.empty()) {
      const Expr e = open.back();
      open.pop_back();
      const Kind kind = graph_.kind(e);
      const bool is_needed = kind == Kind::sum || kind == Kind::product || kind == Kind::power || kind == Kind::call ||
                             kind == Kind::compare || algebra::is_derivative(graph_, e);
      if (!is_needed || !seen.insert(e.id).second) continue;
      if (!graph_.is_constant(e)) {
        const auto args = graph_.args(e);
        open.insert(open.end(), args.begin(), args.end());
        continue;
      }
      const eval::Outcome found = work_.in.evaluator().evaluate(e, kBitsOfACheck);
      if (found.state != eval::Outcome::State::undefined) continue;
      Error error = *found.reason;
      if (error.span.empty()) error.span = work_.in.place_of(found.where);
      if (error.span.empty()) error.span = work_.in.place_of(written);
      throw error;
    }
  }

  Cell expression(Expr e) {
    check_constant_parts(e, e);
    algebra::Simplified simple = simplification_.of(e);
    for (const Expr c : calc::kink_conditions(work_.in, e, simple.expression)) {
      if (std::ranges::find(simple.conditions, c) == simple.conditions.end()) simple.conditions.push_back(c);
    }
    algebra::drop_weaker(graph_, simple.conditions);
    for (const Expr c : simple.conditions) {
      conditions_.push_back({expr::print(graph_, c, Style::unicode), expr::print(graph_, c, Style::plain)});
    }
    if (graph_.is_constant(simple.expression)) return cell(simple.expression);
    check_constant_parts(simple.expression, e);
    Cell c = spelled(simple.expression);
    c.content = Cell::Content::expression;
    if (graph_.is(e, expr::kEstimate)) c.certainty = Certainty::estimated;
    return c;
  }

  Cell truth(Expr e) {
    const eval::Number n = work_.in.number(e, settings_.digits);
    const bool estimated = n.decimal.certainty == Certainty::estimated && graph_.is(e, expr::kEstimate);
    if (!n.exact && !estimated) {
      throw Error(Code::undecided, work_.in.place_of(e),
                  "neither proven nor refuted within the limits of one statement");
    }
    Cell c;
    c.content = Cell::Content::boolean;
    c.decimal = (n.exact ? n.exact->is_zero() : n.decimal.text == "0") ? "false" : "true";
    c.certainty = n.decimal.certainty;
    return c;
  }

  Cell number(Expr e) {
    const eval::Number n = work_.in.number(e, settings_.digits);
    Cell c;
    if (n.decimal.certainty == Certainty::proven) c = closed_form(n.exact ? graph_.rational(*n.exact) : e);
    c.decimal = n.decimal.text;
    c.certainty = n.decimal.certainty;
    return c;
  }

  // A number in fractions, roots, π, e and logarithms, if that is short.
  Cell closed_form(Expr e) {
    const std::optional<Expr> form = algebra::closed_form(graph_, e, work_.budget);
    return form ? spelled(*form) : Cell{};
  }

  Cell spelled(Expr e) const {
    Cell c;
    c.unicode = expr::print(graph_, e, Style::unicode);
    c.plain = expr::print(graph_, e, Style::plain);
    c.latex = expr::latex(graph_, e);
    return c;
  }

  Workspace& work_;
  Graph& graph_;
  const Settings& settings_;
  algebra::Simplification simplification_;
  std::vector<view::Spelling> conditions_;
};

}  // namespace

Answer answer_of(Workspace& work, const Value& value, const Settings& settings) {
  return Builder(work, settings, value).build(value);
}

}  // namespace nabla::session
