#include "calc/antiderivative/candidates.h"

#include <algorithm>
#include <set>

#include "algebra/derivative/derivative.h"
#include "algebra/rules/call.h"
#include "algebra/rules/rules.h"
#include "algebra/simplify/simplify.h"
#include "calc/antiderivative/terms.h"
#include "functions/table.h"

namespace nabla::calc {
namespace {

using algebra::Quotient;
using Kind = Generator::Kind;

constexpr long kMostSteps = 12;  // exponents of one generator

class Candidates {
 public:
  Candidates(Graph& g, Expr e, Expr x, base::Budget& budget)
      : g_(g),
        x_(x),
        budget_(budget),
        root_(with_derivatives(e)),
        field_(g, root_, algebra::View::circular, budget),
        integrand_(field_.factored(field_.quotient(e))) {}

  std::vector<CandidateTerm> run() {
    products();
    for (const auto& [p, k] : integrand_.factors) {
      if (k < 0) denominator(p);
    }
    for (Expr part : derivatives_) {
      for (const auto& [p, k] : field_.factored(field_.quotient(part)).factors) {
        if (k < 0) denominator(p);
      }
    }
    for (std::size_t i = 0; i < field_.generators().size(); ++i) of_generator(i);
    if (terms_.size() > kMostCandidates) return {};
    return std::move(terms_);
  }

 private:
  // The integrand beside the derivatives of the functions in it: their generators may occur in the answer.
  Expr with_derivatives(Expr e) {
    std::vector<Expr> all{e, expr::multiply(g_, g_.fresh_symbol(), x_)};
    for (Expr part : expr::reachable(g_, std::span(&e, 1))) {
      if (part == x_ || !expr::depends_on(g_, part, x_) || g_.kind(part) != expr::Kind::call) continue;
      all.push_back(expr::multiply(g_, g_.fresh_symbol(), part));
      const Expr d = algebra::derivative(g_, part, x_, budget_);
      derivatives_.push_back(d);
      all.push_back(expr::multiply(g_, g_.fresh_symbol(), d));
    }
    return expr::sum(g_, all);
  }

  bool moves(const Generator& generator) const {
    const bool has_base = generator.kind != Kind::exponential;
    const bool has_exponent = generator.kind == Kind::exponential || generator.kind == Kind::scaled;
    return (has_base && expr::depends_on(g_, generator.base, x_)) ||
           (has_exponent && expr::depends_on(g_, generator.exponent, x_));
  }

  void offer(Expr e) {
    if (!expr::depends_on(g_, e, x_) || std::ranges::find(terms_, e, &CandidateTerm::formula) != terms_.end()) return;
    terms_.push_back({e, algebra::derivative(g_, e, x_, budget_)});
  }
  // The same of a function of the integrand's functions: in the derivative's shortest form its radicals and
  // exponentials are those of the integrand.
  void offer_function(Expr e) {
    offer(e);
    if (!terms_.empty() && terms_.back().formula == e) {
      terms_.back().slope = algebra::simplify(g_, terms_.back().slope, budget_).expression;
    }
  }

  // Products of powers of the generators within bounds that differentiation sets.
  void products() {
    const std::size_t n = field_.generators().size();
    std::vector<std::set<long>> powers(n, std::set<long>{0});
    Quotient over = integrand_;
    const Quotient whole = integrand_;
    for (long& k : over.exponents) k = 0;
    std::erase_if(over.factors, [](const auto& f) { return f.second < 0; });
    const number::Polynomial numerator = field_.expand(over);
    std::vector<long> exponents(field_.ring().variables());
    for (std::size_t t = 0; t < numerator.length(); ++t) {
      numerator.exponents(t, exponents);
      std::vector<Expr> exponential{g_.rational(0)};
      for (std::size_t i = 0; i < n; ++i) {
        const long k = exponents[i] + (i < whole.exponents.size() ? whole.exponents[i] : 0);
        powers[i].insert(k);
        const Generator& generator = field_.generators()[i];
        if (generator.kind != Kind::exponential || k == 0) continue;
        exponential.push_back(expr::multiply(g_, g_.rational(generator.unit * Rational(k)), generator.exponent));
      }
      exponential_terms(expr::sum(g_, exponential));
    }
    // Of sin⁴·cos⁻⁴ the degree 0 bounds the powers of each, and 8 those of both together.
    const long circular = circular_degree(numerator, whole, [](long k) { return std::abs(k); });
    const long signed_degree = circular_degree(numerator, whole, [](long k) { return k; });
    for (std::size_t i = 0; i < n; ++i) widen(powers[i], field_.generators()[i], signed_degree);
    std::vector<std::vector<long>> monomials{{}};
    for (std::size_t i = 0; i < n; ++i) {
      std::vector<std::vector<long>> longer;
      for (const std::vector<long>& m : monomials) {
        for (long k : powers[i]) {
          longer.push_back(m);
          longer.back().push_back(k);
        }
      }
      monomials = std::move(longer);
      if (monomials.size() > 16 * kMostCandidates) return;
      budget_.check();
    }
    Expr under = g_.rational(1);
    for (const auto& [p, k] : integrand_.factors) {
      if (k < -1) under = expr::multiply(g_, under, expr::power(g_, expression_of(field_, p), k + 1));
    }
    for (const std::vector<long>& m : monomials) {
      long degree = 0;
      std::vector<Expr> factors;
      for (std::size_t i = 0; i < n; ++i) {
        if (is_circular(field_.generators()[i].kind)) degree += std::abs(m[i]);
        if (m[i] != 0) factors.push_back(expression_of(g_, field_.generators()[i], m[i]));
      }
      if (degree > circular) continue;
      const Expr product = expr::product(g_, factors);
      offer(product);
      if (!g_.is_one(under)) offer(expr::multiply(g_, product, under));
    }
  }

  static bool is_circular(Kind kind) {
    return algebra::is_sine(kind) || kind == Kind::cosine || kind == Kind::hyperbolic_cosine;
  }

  // The greatest sum over a term of what its powers of circular functions count.
  template <class Count>
  long circular_degree(const number::Polynomial& numerator, const Quotient& whole, Count count) const {
    long most = 0;
    std::vector<long> exponents(field_.ring().variables());
    for (std::size_t t = 0; t < numerator.length(); ++t) {
      numerator.exponents(t, exponents);
      long degree = 0;
      for (std::size_t i = 0; i < field_.generators().size(); ++i) {
        if (!is_circular(field_.generators()[i].kind)) continue;
        degree += count(exponents[i] + (i < whole.exponents.size() ? whole.exponents[i] : 0));
      }
      most = std::max(most, degree);
    }
    return most;
  }

  void widen(std::set<long>& powers, const Generator& generator, long circular) const {
    if (!moves(generator)) return;
    const long lo = *powers.begin();
    const long hi = *powers.rbegin();
    const auto fill = [&powers](long from, long to) {
      for (long k = from; k <= to && k - from <= kMostSteps; ++k) powers.insert(k);
    };
    switch (generator.kind) {
      case Kind::power: {
        const std::optional<long> steps = (Rational(1) / generator.unit).to_long();
        const long one = steps && *steps > 0 ? *steps : 1;
        fill(std::min(lo + (lo < 0 ? one : 0), 0L), std::max(hi, 0L) + one);
        return;
      }
      case Kind::root: fill(std::min(lo, 0L), std::max(hi, 1L)); return;
      case Kind::sine:
      case Kind::cosine:
      case Kind::hyperbolic_sine:
      case Kind::hyperbolic_cosine: fill(std::min(lo, 0L), std::max({hi, circular, -lo - 1, 1L})); return;
      case Kind::exponential: fill(std::min(lo, 0L), std::max(hi, 0L)); return;
      case Kind::scaled:
      case Kind::absolute:
      case Kind::sign:
      case Kind::number_root: return;
    }
  }

  // A factor of a denominator: its logarithm; of a quadratic in one generator also the arctangent or the logarithm that
  // belongs to its roots.
  void denominator(const number::Polynomial& p) {
    const Expr whole = expression_of(field_, p);
    if (!expr::depends_on(g_, whole, x_)) return;
    std::vector<long> exponents(field_.ring().variables());
    std::set<std::size_t> present;
    long highest = 0;
    for (std::size_t t = 0; t < p.length(); ++t) {
      p.exponents(t, exponents);
      for (std::size_t i = 0; i < exponents.size(); ++i) {
        if (exponents[i] == 0) continue;
        present.insert(i);
        highest = std::max(highest, exponents[i]);
      }
    }
    const std::size_t variable = present.empty() ? 0 : *present.begin();
    const long step = highest / 2;
    Rational c[3];
    bool is_quadratic = present.size() == 1 && (highest == 2 || highest == 4);
    for (std::size_t t = 0; is_quadratic && t < p.length(); ++t) {
      p.exponents(t, exponents);
      is_quadratic = exponents[variable] % step == 0;
      if (is_quadratic) c[exponents[variable] / step] = p.coefficient(t);
    }
    const bool is_positive = is_quadratic && c[1] * c[1] < Rational(4) * c[0] * c[2] && c[2].sign() > 0;
    offer(is_positive ? call_of(g_, "ln", whole) : logarithm_of_size(g_, whole));
    if (present.size() != 1) return;
    const Generator& generator = field_.generators()[variable];
    if (is_circular(generator.kind)) return of_period(p, variable);
    if (is_quadratic) quadratic(c[2], c[1], c[0], expression_of(g_, generator, step));
  }

  void quadratic(const Rational& a, const Rational& b, const Rational& c, Expr theta) {
    const Rational discriminant = b * b - Rational(4) * a * c;
    const Expr inner = expr::add(g_, expr::multiply(g_, g_.rational(Rational(2) * a), theta), g_.rational(b));
    if (discriminant.sign() < 0) {
      const Expr root = expr::square_root(g_, g_.rational(-discriminant));
      offer(expr::divide(g_, call_of(g_, "atan", expr::divide(g_, inner, root)), root));
    } else if (discriminant.sign() > 0) {
      const Expr root = expr::square_root(g_, g_.rational(discriminant));
      const Expr ratio = expr::divide(g_, expr::subtract(g_, inner, root), expr::add(g_, inner, root));
      offer(expr::divide(g_, logarithm_of_size(g_, ratio), root));
    }
  }

  // a + b·cos(u) or a + b·sin(u) with a² > b²: u and an arctangent without jumps (Jeffrey and Rich, The evaluation of
  // trigonometric integrals avoiding spurious discontinuities, ACM TOMS 20 (1994) 124-135).
  void of_period(const number::Polynomial& p, std::size_t variable) {
    const Generator& generator = field_.generators()[variable];
    if (generator.kind != Kind::sine && generator.kind != Kind::cosine) return;
    Rational a;
    Rational b;
    std::vector<long> exponents(field_.ring().variables());
    for (std::size_t t = 0; t < p.length(); ++t) {
      p.exponents(t, exponents);
      if (exponents[variable] > 1) return;
      (exponents[variable] == 1 ? b : a) = p.coefficient(t);
    }
    if (a.sign() < 0) {
      a = -a;
      b = -b;
    }
    const Rational square = a * a - b * b;
    const bool is_cosine = generator.kind == Kind::cosine;
    if (square.is_zero()) {
      offer(expr::divide(g_, call_of(g_, is_cosine ? "sin" : "cos", generator.base), expression_of(field_, p)));
    }
    if (square.sign() <= 0) return;
    const Expr s = expr::square_root(g_, g_.rational(square));
    const Expr over =
        expr::multiply(g_, g_.rational(is_cosine ? b : -b), call_of(g_, is_cosine ? "sin" : "cos", generator.base));
    const Expr wave = expr::multiply(g_, g_.rational(b), call_of(g_, is_cosine ? "cos" : "sin", generator.base));
    const Expr terms[] = {g_.rational(a), s, wave};
    offer(expr::divide(g_, generator.base, s));
    offer(expr::divide(g_, call_of(g_, "atan", expr::divide(g_, over, expr::sum(g_, terms))), s));
  }

  void of_generator(std::size_t i) {
    const Generator& generator = field_.generators()[i];
    if (!moves(generator)) return;
    const long k = i < integrand_.exponents.size() ? integrand_.exponents[i] : 0;
    const Expr itself = expression_of(g_, generator, 1);
    switch (generator.kind) {
      case Kind::power:
        if (k < 0) offer(logarithm_of_size(g_, generator.base));
        if (k < 0 && generator.base == x_) integral_functions();
        if (k < 0 && algebra::is_call(g_, generator.base, algebra::kernel().ln)) {
          offer(call_of(g_, "li", g_.arg(generator.base, 0)));
        }
        return;
      case Kind::root: return radicand(generator, itself);
      case Kind::exponential:
      case Kind::sine:
      case Kind::hyperbolic_sine:
        if (generator.kind == Kind::sine) fresnel(generator.base);
        if (k < 0) offer(logarithm_of_size(g_, itself));
        if (k < 0 && generator.kind == Kind::sine) {
          const Expr cosine = call_of(g_, "cos", generator.base);
          offer(logarithm_of_size(g_, expr::divide(g_, expr::subtract(g_, g_.rational(1), cosine), itself)));
        }
        return;
      case Kind::cosine:
      case Kind::hyperbolic_cosine:
        if (k < 0) offer(logarithm_of_size(g_, itself));
        if (k < 0 && generator.kind == Kind::cosine) {
          const Expr sine = call_of(g_, "sin", generator.base);
          offer(logarithm_of_size(g_, expr::divide(g_, expr::add(g_, g_.rational(1), sine), itself)));
        }
        return;
      case Kind::number_root:
      case Kind::absolute:
      case Kind::sign:
      case Kind::scaled: return;
    }
  }

  // √(a·x² + b·x + c)
  void radicand(const Generator& generator, Expr root) {
    if (generator.degree != 2) return;
    const auto q = as_polynomial(g_, generator.base, x_, 2, budget_);
    if (!q || q->size() != 3) return;
    const Rational& a = (*q)[2];
    const Rational& b = (*q)[1];
    const Rational& c = (*q)[0];
    const Rational discriminant = b * b - Rational(4) * a * c;
    const Expr slope = expr::add(g_, expr::multiply(g_, g_.rational(Rational(2) * a), x_), g_.rational(b));
    const Expr s = expr::square_root(g_, g_.rational(a.sign() < 0 ? -a : a));
    if (a.sign() > 0) {
      const Expr inner = expr::add(g_, slope, expr::multiply(g_, g_.rational(2), expr::multiply(g_, s, root)));
      offer_function(
          expr::divide(g_, discriminant.sign() < 0 ? call_of(g_, "ln", inner) : logarithm_of_size(g_, inner), s));
      if (discriminant.sign() < 0) {
        const Expr d = expr::square_root(g_, g_.rational(-discriminant));
        offer_function(expr::divide(g_, call_of(g_, "asinh", expr::divide(g_, slope, d)), s));
      }
    } else if (discriminant.sign() > 0) {
      const Expr d = expr::square_root(g_, g_.rational(discriminant));
      offer_function(expr::divide(g_, call_of(g_, "asin", expr::divide(g_, expr::negate(g_, slope), d)), s));
    }
    if (!b.is_zero() || c.is_zero()) return;
    // Beside 1/x: √Q tends to √c there.
    const Expr middle = expr::square_root(g_, g_.rational(c.sign() < 0 ? -c : c));
    if (c.sign() < 0) {
      offer_function(expr::divide(g_, call_of(g_, "atan", expr::divide(g_, root, middle)), middle));
    } else {
      const Expr ratio = expr::divide(g_, expr::subtract(g_, root, middle), x_);
      offer_function(expr::divide(g_, logarithm_of_size(g_, ratio), middle));
    }
  }

  // e^u: error functions for quadratic u, exponential integrals beside denominators of degree 1.
  void exponential_terms(Expr u) {
    const auto q = as_polynomial(g_, u, x_, 2, budget_);
    if (!q) return;
    if (q->size() == 3) {
      const Rational& a = (*q)[2];
      const Rational middle = (*q)[1] / (Rational(2) * a);
      const Expr s = expr::square_root(g_, g_.rational(a.sign() < 0 ? -a : a));
      const Expr argument = expr::multiply(g_, s, expr::add(g_, x_, g_.rational(middle)));
      const std::string_view name = a.sign() < 0 ? "erf" : "erfi";
      if (functions::find(name) == nullptr) return;
      const Expr factors[] = {
          g_.rational(Rational(1, 2)), call_of(g_, "exp", g_.rational((*q)[0] - a * middle * middle)),
          expr::square_root(g_, algebra::built_in(g_, "pi")), expr::power(g_, s, -1), call_of(g_, name, argument)};
      offer(expr::product(g_, factors));
      if (!terms_.empty()) terms_.back().slope = call_of(g_, "exp", u);
    } else if (q->size() == 2) {
      for (const Rational& pole : linear_poles()) {
        const Expr argument = expr::multiply(g_, g_.rational((*q)[1]), expr::subtract(g_, x_, g_.rational(pole)));
        const Expr factor = call_of(g_, "exp", g_.rational((*q)[0] + (*q)[1] * pole));
        offer_function(expr::multiply(g_, factor, call_of(g_, "Ei", argument)));
      }
    }
  }

  // sin(a·x²) and cos(a·x²): S(z) and C(z) are the integrals of those of π·z²/2.
  void fresnel(Expr u) {
    const auto q = as_polynomial(g_, u, x_, 2, budget_);
    if (!q || q->size() != 3 || !(*q)[0].is_zero() || !(*q)[1].is_zero() || (*q)[2].sign() < 0) return;
    if (functions::find("fresnels") == nullptr) return;
    const Expr ratio = expr::divide(g_, g_.rational(Rational(2) * (*q)[2]), algebra::built_in(g_, "pi"));
    const Expr scale = expr::square_root(g_, ratio);
    for (const auto& [integral, wave] : {std::pair("fresnels", "sin"), std::pair("fresnelc", "cos")}) {
      offer(expr::divide(g_, call_of(g_, integral, expr::multiply(g_, scale, x_)), scale));
      if (!terms_.empty()) terms_.back().slope = call_of(g_, wave, u);
    }
  }

  // Si and Ci of the arguments of sines and cosines beside 1/x.
  void integral_functions() {
    for (std::size_t i = 0; i < field_.generators().size(); ++i) {
      const Generator& generator = field_.generators()[i];
      if (generator.kind != Kind::sine) continue;
      const auto q = as_polynomial(g_, generator.base, x_, 1, budget_);
      if (!q || q->size() != 2 || !(*q)[0].is_zero()) continue;
      offer(call_of(g_, "Si", generator.base));
      offer(call_of(g_, "Ci",
                    expr::multiply(g_, g_.rational((*q)[1].sign() < 0 ? Rational(-1) : Rational(1)), generator.base)));
    }
  }

  // The zeros of the denominators of degree 1 in x.
  std::vector<Rational> linear_poles() {
    std::vector<Rational> poles;
    for (std::size_t i = 0; i < integrand_.exponents.size() && i < field_.generators().size(); ++i) {
      if (field_.generators()[i].base == x_ && integrand_.exponents[i] < 0) poles.emplace_back(0);
    }
    for (const auto& [p, k] : integrand_.factors) {
      if (k >= 0) continue;
      const auto q = as_polynomial(g_, expression_of(field_, p), x_, 1, budget_);
      if (q && q->size() == 2) poles.push_back(-(*q)[0] / (*q)[1]);
    }
    return poles;
  }

  Graph& g_;
  Expr x_;
  base::Budget& budget_;
  std::vector<Expr> derivatives_;
  Expr root_;
  Field field_;
  Quotient integrand_;
  std::vector<CandidateTerm> terms_;
};

}  // namespace

std::vector<CandidateTerm> candidate_terms(Graph& g, Expr e, Expr x, base::Budget& budget) {
  return Candidates(g, e, x, budget).run();
}

}  // namespace nabla::calc
