#include "session/tables/tabulate.h"

#include <algorithm>

#include "algebra/rules/call.h"
#include "base/stopwatch.h"
#include "calc/graph_rules.h"
#include "eval/balls/decimal_places.h"
#include "expr/build.h"
#include "expr/rewrite.h"

namespace nabla::session {

using base::Code;
using base::Error;
using eval::Variable;
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

// Fills the cell if a value and the bound of its error fix what it shows; whether they did.
bool fill_proven(Cell& cell, double value, double error, int digits, std::optional<int> places, bool truth) {
  if (truth) {
    if (error != 0 || (value != 0 && value != 1)) return false;
    cell.content = Cell::Content::boolean;
    cell.certainty = number::Certainty::exact;
    cell.decimal = value == 0 ? "false" : "true";
    return true;
  }
  std::optional<number::Decimal> found = number::proven_decimal(value, error, digits, places);
  if (!found) return false;
  cell.content = Cell::Content::number;
  cell.certainty = found->certainty;
  cell.decimal = std::move(found->text);
  return true;
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
    : in_(in), grid_(std::move(variables)), columns_(std::move(columns)), single_(width()), known_(width()) {}

Tabulator::~Tabulator() {
  for (const Variable& v : grid_.variables()) in_.unbind(v.symbol);
}

std::span<const Cell> Tabulator::row(std::size_t i, int digits) {
  in_.budget().check();
  if (reach(i, digits)) {
    const auto cells = std::span(cells_).subspan((i - first_) * width(), width());
    for (std::size_t c = 0; c < width(); ++c) known_[c] = engine_->is_settled(c, i - first_);
    complete(i, digits, cells);
    for (std::size_t c = 0; c < width(); ++c) engine_->settle(c, i - first_);
    return cells;
  }
  if (in_.budget().watch != nullptr) in_.budget().watch->count_points(1);
  std::ranges::fill(known_, std::uint8_t{0});
  complete(i, digits, single_);
  return single_;
}

// Whether row i is among those of the run, or begins the next one. Runs grow, so that the first rows appear at once.
bool Tabulator::reach(std::size_t i, int digits) {
  if (size() < kFewRows || digits > number::kMostQuickDigits) return false;
  if (digits == digits_ && i >= first_ && i < first_ + count_) return true;
  if (i == 0) {
    count_ = kFirstRun;
  } else if (digits == digits_ && i == first_ + count_) {
    count_ = std::min(2 * count_, std::max(kFirstRun, kMostCells / width()));
  } else {
    return false;
  }
  count_ = std::min(count_, size() - i);
  first_ = i;
  digits_ = digits;
  if (in_.budget().watch != nullptr) in_.budget().watch->count_points(count_);
  sweep();
  return true;
}

// Cells of the run that doubles and their error bounds prove.
void Tabulator::sweep() {
  const std::span<const eval::Column> inputs = grid_.columns(in_, first_, count_);
  if (!engine_) {
    std::vector<eval::Ending> endings;
    std::vector<Expr> symbols;
    for (std::size_t v = 0; v < inputs.size(); ++v) {
      symbols.push_back(grid_.variables()[v].symbol);
      if (const std::optional<int> places = grid_.places(v)) endings.push_back({symbols[v], *places});
    }
    std::vector<Expr> all = symbols;
    all.insert(all.end(), columns_.begin(), columns_.end());
    for (const Expr e : all) {
      places_.push_back(eval::decimal_places(in_.graph(), e, endings));
      truths_.push_back(in_.graph().is(e, expr::kTruth));
    }
    engine_ = std::make_unique<eval::Columns>(in_, std::move(all), std::move(symbols));
  }
  cells_.resize(std::max(cells_.size(), count_ * width()));
  engine_->sweep(inputs, count_, [this](const eval::Columns::Block& block, std::span<std::uint8_t> settled) {
    const std::size_t c = block.expression;
    for (std::size_t i = 0; i < settled.size(); ++i) {
      settled[i] = fill_proven(cells_[(block.first + i) * width() + c], block.values[i], block.errors[i], digits_,
                               places_[c], truths_[c]);
    }
  });
}

// Fills the cells of row i that are not known.
void Tabulator::complete(std::size_t i, int digits, std::span<Cell> cells) {
  if (std::ranges::all_of(known_, [](std::uint8_t k) { return k != 0; })) return;
  const base::Lap lap(in_.budget().watch, base::Phase::evaluate);
  const std::span<const std::size_t> at = grid_.split(i);
  bool rational = true;
  for (std::size_t v = 0; v < at.size(); ++v) {
    rational = rational && grid_.variables()[v].points.rational(in_.graph(), at[v]).has_value();
  }
  rational ? complete_bound(at, digits, cells) : complete_substituted(at, digits, cells);
}

void Tabulator::complete_bound(std::span<const std::size_t> at, int digits, std::span<Cell> cells) {
  for (std::size_t v = 0; v < at.size(); ++v) {
    const Variable& variable = grid_.variables()[v];
    const Rational x = *variable.points.rational(in_.graph(), at[v]);
    in_.bind(variable.symbol, x);
    if (known_[v] == 0) set_number(cells[v], {number::decimal(x, digits), std::nullopt}, false);
  }
  for (std::size_t c = at.size(); c < cells.size(); ++c) {
    if (known_[c] == 0) fill_value(cells[c], in_, columns_[c - at.size()], digits);
  }
}

void Tabulator::complete_substituted(std::span<const std::size_t> at, int digits, std::span<Cell> cells) {
  if (!scratch_ || scratch_->graph.size() > kScratchNodes) {
    scratch_ = std::make_unique<Scratch>(in_, grid_.variables(), columns_);
  }
  Scratch& s = *scratch_;
  std::vector<expr::Replacement> values;
  for (std::size_t v = 0; v < at.size(); ++v) {
    values.emplace_back(s.variables[v].symbol, s.variables[v].points.at(s.graph, at[v]));
    if (known_[v] == 0) fill_value(cells[v], s.in, values.back().second, digits);
  }
  for (std::size_t c = at.size(); c < cells.size(); ++c) {
    if (known_[c] != 0) continue;
    fill(cells[c],
         [&] { fill_value(cells[c], s.in, expr::substitute(s.graph, s.columns[c - at.size()], values), digits); });
  }
}

}  // namespace nabla::session
