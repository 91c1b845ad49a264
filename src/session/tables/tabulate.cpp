#include "session/tables/tabulate.h"

#include <algorithm>

#include "algebra/rules/call.h"
#include "base/stopwatch.h"
#include "calc/graph_rules.h"
#include "expr/build.h"
#include "expr/rewrite.h"
#include "session/tables/swept.h"

namespace nabla::session {

using base::Code;
using base::Error;
using expr::Expr;
using expr::Graph;
using number::Rational;
using view::Cell;

namespace {

constexpr std::size_t kScratchNodes = 200'000;  // after which a scratch graph is made anew
constexpr std::size_t kFewRows = 256;           // are not worth a tape
constexpr std::size_t kFirstRun = 64;           // rows
constexpr std::size_t kMostCells = 1 << 15;     // of a run

void set_number(Cell& c, eval::Number n, bool truth) {
  c.content = Cell::Content::number;
  c.certainty = n.decimal.certainty;
  c.decimal = std::move(n.decimal.text);
  if (truth) {
    c.content = Cell::Content::boolean;
    c.decimal = (n.exact ? n.exact->is_zero() : c.decimal == "0") ? "false" : "true";
  }
}

void set_empty(Cell& c) {
  c.content = Cell::Content::nothing;
  c.certainty = number::Certainty::exact;
  c.decimal.clear();
}

// Runs `find`; an error of the expression leaves the cell empty, one of the statement goes on.
template <class Find>
void fill(Cell& c, Find find) {
  try {
    find();
  } catch (const Error& error) {
    if (error.code == Code::timeout || error.code == Code::interrupted) throw;
    set_empty(c);
  }
}

void fill_value(Cell& c, eval::Evaluator& in, Expr e, int digits) {
  const expr::Graph& g = in.graph();
  fill(c, [&] {
    eval::Number n = eval::proven_number(in, e, digits);
    const bool truth = g.is(e, expr::kTruth) && (n.exact || g.is(e, expr::kEstimate));
    set_number(c, std::move(n), truth);
  });
}

}  // namespace

// Points that are no rational numbers are put into the expressions, in a graph of their own, so that sin(π) is exact.
struct Tabulator::Scratch {
  Graph graph{&calc::kRules};
  eval::Evaluator in;
  std::vector<Variable> variables;
  std::vector<Expr> columns;

  Scratch(eval::Evaluator& from, const std::vector<Variable>& vs, const std::vector<Expr>& cs)
      : in(graph, from.budget()) {
    for (const Variable& v : vs) {
      variables.push_back({expr::copy(graph, from.graph(), v.symbol), v.points.copied(graph, from.graph())});
    }
    for (const Expr e : cs) columns.push_back(expr::copy(graph, from.graph(), e));
  }
};

Tabulator::Tabulator(eval::Evaluator& in, std::vector<Variable> variables, std::vector<Expr> columns)
    : in_(in), variables_(std::move(variables)), columns_(std::move(columns)) {
  for (const Variable& v : variables_) size_ *= v.points.size();
  at_.resize(variables_.size());
  single_.resize(width());
  single_known_.resize(width());
}

Tabulator::~Tabulator() {
  for (const Variable& v : variables_) in_.unbind(v.symbol);
}

std::span<const Cell> Tabulator::row(std::size_t i, int digits) {
  in_.budget().check();
  if (reach(i, digits)) {
    const std::size_t at = (i - first_) * width();
    const auto cells = std::span(cells_).subspan(at, width());
    complete(i, digits, cells, std::span(known_).subspan(at, width()));
    return cells;
  }
  if (in_.budget().watch != nullptr) in_.budget().watch->count_points(1);
  std::ranges::fill(single_known_, std::uint8_t{0});
  complete(i, digits, single_, single_known_);
  return single_;
}

// Whether row i is among those of the run, or begins the next one. Runs grow, so that the first rows appear at once.
bool Tabulator::reach(std::size_t i, int digits) {
  if (size_ < kFewRows || digits > number::kMostQuickDigits) return false;
  if (digits == digits_ && i >= first_ && i < first_ + count_) return true;
  if (i == 0) {
    count_ = kFirstRun;
  } else if (digits == digits_ && i == first_ + count_) {
    count_ = std::min(2 * count_, std::max(kFirstRun, kMostCells / width()));
  } else {
    return false;
  }
  count_ = std::min(count_, size_ - i);
  first_ = i;
  digits_ = digits;
  if (in_.budget().watch != nullptr) in_.budget().watch->count_points(count_);
  if (!swept_) swept_ = std::make_unique<Swept>(in_, variables_, columns_);
  cells_.resize(std::max(cells_.size(), count_ * width()));
  known_.resize(cells_.size());
  swept_->fill(first_, count_, digits, cells_, known_);
  return true;
}

void Tabulator::split(std::size_t i) {
  for (std::size_t v = variables_.size(); v-- > 0;) {
    at_[v] = i % variables_[v].points.size();
    i /= variables_[v].points.size();
  }
}

// Fills the cells of row i that are not known.
void Tabulator::complete(std::size_t i, int digits, std::span<Cell> cells, std::span<std::uint8_t> known) {
  if (std::ranges::all_of(known, [](std::uint8_t k) { return k != 0; })) return;
  const base::Lap lap(in_.budget().watch, base::Phase::evaluate);
  split(i);
  bool rational = true;
  for (std::size_t v = 0; v < at_.size(); ++v) {
    rational = rational && variables_[v].points.rational(in_.graph(), at_[v]).has_value();
  }
  rational ? complete_bound(digits, cells, known) : complete_substituted(digits, cells, known);
  std::ranges::fill(known, std::uint8_t{1});
}

void Tabulator::complete_bound(int digits, std::span<Cell> cells, std::span<const std::uint8_t> known) {
  for (std::size_t v = 0; v < at_.size(); ++v) {
    const Rational x = *variables_[v].points.rational(in_.graph(), at_[v]);
    in_.bind(variables_[v].symbol, x);
    if (known[v] == 0) set_number(cells[v], {number::decimal(x, digits), std::nullopt}, false);
  }
  for (std::size_t c = at_.size(); c < cells.size(); ++c) {
    if (known[c] == 0) fill_value(cells[c], in_, columns_[c - at_.size()], digits);
  }
}

void Tabulator::complete_substituted(int digits, std::span<Cell> cells, std::span<const std::uint8_t> known) {
  if (!scratch_ || scratch_->graph.size() > kScratchNodes) {
    scratch_ = std::make_unique<Scratch>(in_, variables_, columns_);
  }
  Scratch& s = *scratch_;
  std::vector<expr::Replacement> values;
  for (std::size_t v = 0; v < at_.size(); ++v) {
    values.emplace_back(s.variables[v].symbol, s.variables[v].points.at(s.graph, at_[v]));
    if (known[v] == 0) fill_value(cells[v], s.in, values.back().second, digits);
  }
  for (std::size_t c = at_.size(); c < cells.size(); ++c) {
    if (known[c] != 0) continue;
    fill(cells[c],
         [&] { fill_value(cells[c], s.in, expr::substitute(s.graph, s.columns[c - at_.size()], values), digits); });
  }
}

}  // namespace nabla::session
