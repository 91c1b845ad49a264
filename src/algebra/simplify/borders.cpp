#include "algebra/simplify/borders.h"

#include <algorithm>
#include <unordered_set>

#include "algebra/derivative/derivative_node.h"
#include "algebra/rational/rational_function.h"
#include "algebra/rules/call.h"
#include "algebra/rules/rules.h"
#include "expr/rewrite.h"
#include "number/real_roots.h"

namespace nabla::algebra {

using expr::Kind;

namespace {

class Borders {
 public:
  explicit Borders(Graph& g) : g_(g) {}

  // false: they cannot be told.
  bool add_of(Expr root) {
    std::vector<Expr> open{root};
    while (!open.empty()) {
      const Expr e = open.back();
      open.pop_back();
      if (!seen_.insert(e.id).second) continue;
      if (found_.size() > kMostBorders || !add_of_node(e, open)) return false;
      if (g_.kind(e) == Kind::operation) continue;
      open.insert(open.end(), g_.args(e).begin(), g_.args(e).end());
    }
    return true;
  }

  std::vector<Expr> found() && { return std::move(found_); }

 private:
  bool add_of_node(Expr e, std::vector<Expr>& open) {
    switch (g_.kind(e)) {
      case Kind::compare: return add(expr::subtract(g_, g_.arg(e, 0), g_.arg(e, 1)));
      case Kind::select: return g_.is(g_.arg(e, 0), expr::kTruth) || add(g_.arg(e, 0));
      case Kind::logic:
        return std::ranges::all_of(g_.args(e), [&](Expr a) { return g_.is(a, expr::kTruth) || add(a); });
      case Kind::call: return !is_piecewise(g_.function(e)) || add_of_call(e, open);
      case Kind::operation: {
        if (!is_derivative(g_, e)) return !g_.is(e, expr::kHasSymbol);
        const DerivativeParts d = parts_of_derivative(g_, e);
        const expr::Replacement put{d.variable, d.point};
        open.push_back(expr::substitute(g_, d.body, std::span(&put, 1)));
        open.push_back(d.point);
        return true;
      }
      case Kind::apply: return false;
      default: return true;
    }
  }

  bool add_of_call(Expr e, std::vector<Expr>& open) {
    if (is_call(g_, e, kernel().floor)) return add(expr::subtract(g_, g_.arg(e, 0), e));
    if (is_call(g_, e, kernel().abs) || is_call(g_, e, kernel().sign)) return add(g_.arg(e, 0));
    const std::optional<Expr> written = expanded(g_, e);
    if (written) open.push_back(*written);
    return written.has_value();
  }

  bool add(Expr difference) {
    if (g_.is(difference, expr::kHasBound)) return false;
    if (!g_.is_constant(difference) && std::ranges::find(found_, difference) == found_.end()) {
      found_.push_back(difference);
    }
    return true;
  }

  Graph& g_;
  std::vector<Expr> found_;
  std::unordered_set<std::uint32_t> seen_;
};

// The zeros of a polynomial in the generator `variable` alone.
void add_zeros(const Field& field, const Polynomial& p, std::size_t variable, RationalZeros& zeros) {
  constexpr long kMostDegree = 16;
  constexpr number::Bits kBits = 64;
  for (std::size_t i = 0; i < field.generators().size(); ++i) {
    if (i != variable && p.degree(i) > 0) return void(zeros.all = false);
  }
  if (p.degree(variable) > kMostDegree) return void(zeros.all = false);
  std::vector<Rational> coefficients(static_cast<std::size_t>(p.degree(variable)) + 1);
  std::vector<long> e(field.ring().variables());
  for (std::size_t i = 0; i < p.length(); ++i) {
    p.exponents(i, e);
    coefficients[static_cast<std::size_t>(e[variable])] = p.coefficient(i);
  }
  for (const number::RealRoot& r : number::real_roots(coefficients, kBits).roots) {
    if (r.exact) zeros.at.push_back(*r.exact);
    zeros.all = zeros.all && r.exact;
  }
}

}  // namespace

std::optional<std::vector<Expr>> borders(Graph& g, Expr e) {
  Borders all(g);
  return all.add_of(e) ? std::optional(std::move(all).found()) : std::nullopt;
}

RationalZeros rational_zeros(Graph& g, Expr e, Expr x, base::Budget& budget) {
  RationalZeros zeros;
  try {
    Field field(g, e, View::as_written, budget);
    const Quotient q = field.factored(field.quotient(e));
    if (q.is_zero()) return zeros;
    zeros.all = true;
    std::optional<std::size_t> variable;
    for (std::size_t i = 0; i < field.generators().size(); ++i) {
      const Generator& of = field.generators()[i];
      if (of.kind == Generator::Kind::power && of.base == x && of.unit.is_one()) variable = i;
      if (q.exponents[i] <= 0 || of.kind == Generator::Kind::exponential) continue;
      if (of.kind == Generator::Kind::number_root) continue;
      if (of.base == x) {
        zeros.at.emplace_back(0);
      } else {
        zeros.all = false;
      }
    }
    for (const auto& [p, k] : q.factors) {
      if (k < 0) continue;
      if (variable) {
        add_zeros(field, p, *variable, zeros);
      } else {
        zeros.all = false;
      }
    }
  } catch (const TooLarge&) {
    zeros.all = false;
  }
  std::ranges::sort(zeros.at);
  zeros.at.erase(std::unique(zeros.at.begin(), zeros.at.end()), zeros.at.end());
  return zeros;
}

bool has_choices(const Graph& g, Expr e) {
  return std::ranges::any_of(expr::reachable(g, std::span(&e, 1)), [&g](Expr n) {
    const Kind kind = g.kind(n);
    return kind == Kind::select || kind == Kind::component || kind == Kind::apply || kind == Kind::logic;
  });
}

}  // namespace nabla::algebra
