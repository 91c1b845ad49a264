#include "calc/antiderivative/undetermined.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <vector>

#include "algebra/rational/rational_function.h"
#include "calc/antiderivative/terms.h"
#include "expr/rewrite.h"

namespace nabla::calc {
namespace {

using Row = std::vector<Rational>;  // the coefficients of the unknowns, then the right side

// A solution of the equations, unknowns that nothing fixes being 0; nothing if there is none.
std::optional<std::vector<Rational>> solve(std::vector<Row> rows, std::size_t unknowns, base::Budget& budget) {
  std::vector<std::size_t> pivot_of;
  std::size_t done = 0;
  for (std::size_t column = 0; column < unknowns && done < rows.size(); ++column) {
    budget.check();
    const auto pivot = std::find_if(rows.begin() + static_cast<std::ptrdiff_t>(done), rows.end(),
                                    [column](const Row& r) { return !r[column].is_zero(); });
    if (pivot == rows.end()) continue;
    std::iter_swap(rows.begin() + static_cast<std::ptrdiff_t>(done), pivot);
    const Rational scale = Rational(1) / rows[done][column];
    for (Rational& c : rows[done]) c = c * scale;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (i == done || rows[i][column].is_zero()) continue;
      const Rational factor = rows[i][column];
      for (std::size_t j = column; j <= unknowns; ++j) {
        if (!rows[done][j].is_zero()) rows[i][j] = rows[i][j] - factor * rows[done][j];
      }
    }
    pivot_of.push_back(column);
    ++done;
  }
  for (std::size_t i = done; i < rows.size(); ++i) {
    if (!rows[i][unknowns].is_zero()) return std::nullopt;
  }
  std::vector<Rational> found(unknowns);
  for (std::size_t i = 0; i < done; ++i) found[pivot_of[i]] = rows[i][unknowns];
  return found;
}

// g^degree = value for a generator g: squares of sines and roots.
struct Relation {
  std::size_t generator;
  long degree;
  number::Polynomial value;
};

std::vector<Relation> relations(Field& field) {
  using Kind = algebra::Generator::Kind;
  std::vector<Relation> found;
  const number::PolynomialRing& ring = field.ring();
  for (std::size_t i = 0; i < field.generators().size(); ++i) {
    const algebra::Generator& generator = field.generators()[i];
    if (algebra::is_sine(generator.kind)) {
      const Rational sign = generator.kind == Kind::sine ? -1 : 1;
      std::vector<long> exponents(ring.variables());
      exponents[i + 1] = 2;
      number::Polynomial value(ring, sign, exponents);
      value += number::Polynomial(ring, -sign);
      found.push_back({i, 2, std::move(value)});
    } else if (generator.kind == Kind::root) {
      const algebra::Quotient base = field.quotient(generator.base);
      const bool whole = std::ranges::all_of(base.exponents, [](long k) { return k >= 0; }) &&
                         std::ranges::all_of(base.factors, [](const auto& f) { return f.second >= 0; });
      if (whole) found.push_back({i, generator.degree, field.expand(base)});
    }
  }
  return found;
}

// p with the powers that a relation speaks of replaced.
number::Polynomial reduced(const number::Polynomial& p, const Relation& r) {
  number::Polynomial result(p.ring());
  std::vector<long> exponents(p.ring().variables());
  for (std::size_t t = 0; t < p.length(); ++t) {
    p.exponents(t, exponents);
    const long times = exponents[r.generator] / r.degree;
    exponents[r.generator] %= r.degree;
    const number::Polynomial term(p.ring(), p.coefficient(t), exponents);
    result += times == 0 ? term : term * r.value.power(static_cast<unsigned long>(times));
  }
  return result;
}

}  // namespace

std::optional<Expr> by_undetermined_coefficients(Graph& g, Expr e, std::span<const CandidateTerm> terms,
                                                 base::Budget& budget) {
  std::vector<Expr> unknowns;
  std::vector<Expr> parts{expr::negate(g, e)};
  for (const CandidateTerm& term : terms) {
    unknowns.push_back(g.fresh_symbol());
    parts.push_back(expr::multiply(g, unknowns.back(), term.slope));
  }
  const Expr difference = expr::sum(g, parts);
  try {
    Field field(g, difference, algebra::View::circular, budget);
    algebra::Quotient q = field.quotient(difference);
    if (q.is_zero()) return std::nullopt;
    std::unordered_map<std::size_t, std::size_t> unknown_of;  // generator -> unknown
    for (std::size_t i = 0; i < field.generators().size(); ++i) {
      const auto found = std::ranges::find(unknowns, field.generators()[i].base);
      if (found != unknowns.end()) unknown_of.emplace(i, static_cast<std::size_t>(found - unknowns.begin()));
    }
    for (long& k : q.exponents) k = std::max(k, 0L);
    std::erase_if(q.factors, [](const auto& factor) { return factor.second < 0; });
    if (Field::terms_when_expanded(q) > 3'000) return std::nullopt;
    number::Polynomial numerator = field.expand(q);
    // Twice, since what a root is replaced by may hold sines and roots.
    for (const std::vector<Relation> known = relations(field); const int round : {1, 2}) {
      for (const Relation& r : known) numerator = reduced(numerator, r);
      if (round == 2 || numerator.length() > 3'000) break;
    }
    std::map<std::vector<long>, Row> equations;  // by the monomial in the other generators
    std::vector<long> exponents(field.ring().variables());
    for (std::size_t t = 0; t < numerator.length(); ++t) {
      numerator.exponents(t, exponents);
      std::size_t column = unknowns.size();
      bool negate = true;
      for (const auto& [generator, unknown] : unknown_of) {
        if (exponents[generator] == 0) continue;
        column = unknown;
        negate = false;
        exponents[generator] = 0;
      }
      Row& row = equations.try_emplace(exponents, Row(unknowns.size() + 1)).first->second;
      row[column] = row[column] + (negate ? -numerator.coefficient(t) : numerator.coefficient(t));
    }
    std::vector<Row> rows;
    for (auto& [monomial, row] : equations) rows.push_back(std::move(row));
    const std::optional<std::vector<Rational>> c = solve(std::move(rows), unknowns.size(), budget);
    if (!c) return std::nullopt;
    std::vector<Expr> sum;
    for (std::size_t i = 0; i < terms.size(); ++i) {
      if (!(*c)[i].is_zero()) sum.push_back(expr::multiply(g, g.rational((*c)[i]), terms[i].formula));
    }
    return expr::sum(g, sum);
  } catch (const algebra::TooLarge&) {
    return std::nullopt;
  }
}

}  // namespace nabla::calc
