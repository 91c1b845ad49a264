#include "eval/quadrature/end_integral.h"

#include <algorithm>
#include <cmath>

#include "eval/quadrature/elementary.h"
#include "eval/quadrature/end_germ.h"
#include "eval/quadrature/log_germ.h"

namespace nabla::eval {
namespace {

using State = EndIntegral::State;

// Halvings of the distance from the end.
constexpr int kHalvings[] = {2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 28, 36, 46, 60, 78, 100, 130, 170};
constexpr int kMostWaves = 13;  // … at infinity, of an oscillating integrand: the waves before the cut are integrated
constexpr double kPoor = 1e-6;  // width of an enclosure that is of no use
constexpr int kMostFailures = 6;  // without an enclosure, after which smaller distances are not tried
constexpr long kMostParts = 200;  // of an integration by parts

// What is known of the integral of one part over (0, h0].
struct Verdict {
  State state = State::unknown;
  Ball value;
};

bool is_nonzero(const Ball& b) { return b.is_positive() || b.is_negative(); }

// ∫ h^e L^k over (0, h0], for e > -1.
std::optional<Ball> power_integral(const LogGerms& near, const Rational& e, const Rational& k) {
  const Bits bits = near.bits();
  const Ball grow = number::mul(near.at_end(e + Rational(1)), Ball((e + Rational(1)).reciprocal(), bits), bits);
  if (k.is_zero()) return grow;
  const std::optional<long> n = k.to_long();
  if (n && *n > 0 && *n <= 20) {
    // by parts: I(k) = h0^(e+1) L^k/(e+1) + k/(e+1)·I(k-1)
    const Ball slope((e + Rational(1)).reciprocal(), bits);
    Ball sum = grow;
    for (long j = 1; j <= *n; ++j) {
      const Ball first = number::mul(grow, number::power(near.logarithm(), j, bits), bits);
      sum = number::add(first, number::mul(number::mul(Ball(j), slope, bits), sum, bits), bits);
    }
    return sum;
  }
  const Ball logs = number::power(near.logarithm(), k, bits);
  if (k.sign() < 0) return number::mul(Ball::hull(Ball(), grow, bits), logs, bits);
  // L^k <= L0^k (h/h0)^(-k/L0)
  const Ball room = number::sub(Ball(e + Rational(1), bits), number::div(Ball(k, bits), near.logarithm(), bits), bits);
  if (!room.is_positive()) return std::nullopt;
  const Ball most = number::div(number::mul(near.at_end(e + Rational(1)), logs, bits), room, bits);
  return Ball::hull(Ball(), most, bits);
}

Ball both_signs(const Ball& b, Bits bits) { return Ball::hull(number::neg(b), b, bits); }

// ∫ h^e wave(w h^-s) over (0, h0]: u = h^-s, by parts from U = h0^-s on; the last integral is bounded, the power of u
// being monotone.
std::optional<Ball> wave_integral(const LogGerms& near, const Rational& e, const PolePart& phase, Wave wave) {
  const Bits bits = near.bits();
  const Rational alpha = (e + Rational(1)) / phase.exponent + Rational(1);
  if (alpha.sign() <= 0) return std::nullopt;
  const Ball from = near.at_end(-phase.exponent);
  const Ball angle = number::mul(phase.factor, from, bits);
  const Ball cosine = cos_of(angle, bits);
  const Ball sine = sin_of(angle, bits);
  // The j-th has the factor a(a+1)…(a+j-1)/w^(j+1)·U^(-a-j), which bounds what is left after it, too.
  Ball term = number::div(number::power(from, -alpha, bits), phase.factor, bits);
  Ball sum;
  Ball best = Ball::nan();
  double best_radius = INFINITY;
  const Ball step = number::mul(phase.factor, from, bits);
  for (long j = 0; j < kMostParts; ++j) {
    // Boundary terms: of a cosine -sin, cos, sin, -cos and so on; of a sine the same from the second one on.
    const long turn = (wave == Wave::cosine ? j : j + 1) % 4;
    const Ball& value = turn % 2 == 0 ? sine : cosine;
    const bool is_negative = turn == 0 || turn == 3;
    number::add_to(sum, number::mul(term, is_negative ? number::neg(value) : value, bits), bits);
    const Rational a = alpha + Rational(j);
    const Ball left = both_signs(term, bits);
    const Ball enclosed = number::add(sum, left, bits);
    if (enclosed.radius() < best_radius) {
      best_radius = enclosed.radius();
      best = enclosed;
    }
    term = number::div(number::mul(term, Ball(a, bits), bits), step, bits);
    if (std::abs(term.upper()) > 4 * best_radius && j > 3) break;
  }
  if (!best.is_finite()) return std::nullopt;
  return number::div(best, Ball(phase.exponent, bits), bits);
}

Verdict of_waves(const LogGerms& near, const ScaledSeries& p) {
  const Bits bits = near.bits();
  const PolePart& phase = p.scale.phase.front();
  Verdict v;
  const bool leads = !p.c.empty() && is_nonzero(p.c[0]);
  // The integral over half a wave tends to 0 with h exactly if h^(e + s + 1) L^k does.
  const Rational margin = p.exponent(0) + phase.exponent + Rational(1);
  if (margin.sign() < 0 || (margin.is_zero() && p.scale.logs.sign() >= 0)) {
    v.state = leads ? State::oscillates : State::unknown;
    return v;
  }
  if (!p.scale.logs.is_zero() || p.scale.phase.size() != 1) {
    if (!(p.exponent(0) > Rational(-1))) return v;
    const std::optional<Ball> size = power_integral(near, p.exponent(0), p.scale.logs);
    if (!size) return v;
    v.value = both_signs(number::mul(near.range(p), *size, bits), bits);
    v.state = State::enclosed;
    return v;
  }
  for (long i = 0; i < p.terms(); ++i) {
    const Ball& c = p.c[static_cast<std::size_t>(i)];
    if (c.is_zero()) continue;
    const std::optional<Ball> part = wave_integral(near, p.exponent(i), phase, p.scale.wave);
    if (!part) return v;
    number::add_to(v.value, number::mul(c, *part, bits), bits);
  }
  if (!p.rest.is_zero()) {
    const Rational e = p.exponent(p.terms());
    if (!(e > Rational(-1))) return v;
    const std::optional<Ball> size = power_integral(near, e, Rational(0));
    number::add_to(v.value, both_signs(number::mul(p.rest, *size, bits), bits), bits);
  }
  v.state = State::enclosed;
  return v;
}

Verdict of_decay(const LogGerms& near, const ScaledSeries& p) {
  const Bits bits = near.bits();
  Verdict v;
  if (p.scale.decay.front().factor.is_negative()) {
    if (is_nonzero(near.range(p))) v.state = p.scale.wave == Wave::none ? State::diverges : State::oscillates;
    return v;
  }
  const std::optional<Ball> most = near.most(p.scale, p.exponent(0));
  if (!most) return v;
  const Ball size = number::mul(number::mul(near.range(p), *most, bits), near.h0(), bits);
  v.value = p.scale.wave == Wave::none ? Ball::hull(Ball(), size, bits) : both_signs(size, bits);
  v.state = v.value.is_finite() ? State::enclosed : State::unknown;
  return v;
}

Verdict of_powers(const LogGerms& near, const ScaledSeries& p) {
  const Bits bits = near.bits();
  const Rational& k = p.scale.logs;
  Verdict v;
  for (long i = 0; i <= p.terms(); ++i) {
    const bool is_rest = i == p.terms();
    const Ball& c = is_rest ? p.rest : p.c[static_cast<std::size_t>(i)];
    if (c.is_zero()) continue;
    const Rational e = p.exponent(i);
    if (e > Rational(-1)) {
      const std::optional<Ball> size = power_integral(near, e, k);
      if (!size) return v;
      number::add_to(v.value, number::mul(c, *size, bits), bits);
      continue;
    }
    const bool converges = e == Rational(-1) && k < Rational(-1);
    if (!converges) {
      const bool sure = is_nonzero(c) && (i == 0 || is_nonzero(p.c[0]));
      v.state = sure ? State::diverges : State::unknown;
      return v;
    }
    if (is_rest) return v;
    // ∫ L^k dh/h = L0^(k+1)/(-k-1)
    const Ball area = number::mul(number::power(near.logarithm(), k + Rational(1), bits),
                                  Ball((-k - Rational(1)).reciprocal(), bits), bits);
    number::add_to(v.value, number::mul(c, area, bits), bits);
  }
  v.state = v.value.is_finite() ? State::enclosed : State::unknown;
  return v;
}

// Whether parts that do not converge one by one cannot cancel.
bool are_independent(const LogGerms& near, const LogGerm& diverging) {
  if (diverging.size() < 2) return true;
  LogGerm steady;
  int waves = 0;
  bool exact = true;
  for (const ScaledSeries& p : diverging) {
    if (p.scale.wave == Wave::none) {
      steady.push_back(p);
      continue;
    }
    ++waves;
    for (const PolePart& pole : p.scale.phase) exact = exact && pole.factor.is_exact();
  }
  if (waves > 1 && !exact) return false;
  if (steady.size() < 2) return true;
  const std::optional<ScaledSeries> one = near.dominant(steady);
  return one && is_nonzero(near.range(*one));
}

EndIntegral integrated(const LogGerms& near, const LogGerm& f) {
  EndIntegral r;
  LogGerm diverging;
  State state = State::oscillates;
  for (const ScaledSeries& p : f) {
    const Verdict v = !p.scale.decay.empty()       ? of_decay(near, p)
                      : p.scale.wave != Wave::none ? of_waves(near, p)
                                                   : of_powers(near, p);
    if (v.state == State::unknown) return {};
    if (v.state == State::enclosed) {
      number::add_to(r.value, v.value, near.bits());
      continue;
    }
    if (v.state == State::diverges) state = State::diverges;
    diverging.push_back(p);
  }
  if (diverging.empty()) {
    r.state = State::enclosed;
  } else if (are_independent(near, diverging)) {
    r.state = state;
  }
  return r;
}

bool has_waves(const LogGerm& f) {
  return std::ranges::any_of(f, [](const ScaledSeries& p) { return p.scale.wave != Wave::none; });
}

}  // namespace

EndIntegral end_integral(Evaluator& in, Expr e, Expr x, const EndPoint& end, double width, double tolerance,
                         Bits bits) {
  const long terms = 8 + bits / 10;
  const std::optional<Rational> middle = end.infinite != 0 ? Rational(0) : end.value.midpoint();
  if (!middle) return {};
  int failures = 0;
  EndIntegral best;
  for (const int halvings : kHalvings) {
    in.budget().check();
    const Rational part = Rational::power(Rational(1, 2), halvings);
    EndIntegral found;
    Ball h0;
    if (end.infinite != 0) {
      h0 = Ball(part, bits);
      found.cut = part.reciprocal() * Rational(end.infinite);
    } else {
      const Rational distance = Rational::from_double(std::min(width, 1.0)) * part;
      found.cut = *middle + (end.direction > 0 ? distance : -distance);
      h0 = number::sub(Ball(found.cut, bits), end.value, bits);
      if (end.direction < 0) h0 = number::neg(h0);
    }
    if (!h0.is_positive()) return best;
    const LogGerms near(h0, terms, bits);
    MaybeGerm f = EndGerm(in, x, end, near).of(e);
    if (f && end.infinite != 0) f = near.mul(*f, near.monomial(Ball(1), -2));
    if (f && end.infinite != 0 && halvings > kMostWaves && has_waves(*f)) break;
    if (!f) {
      if (++failures >= kMostFailures) return best;
      continue;
    }
    const Rational cut = found.cut;
    found = integrated(near, *f);
    found.cut = cut;
    if (found.state == State::diverges || found.state == State::oscillates) return found;
    if (found.state == State::unknown) continue;
    if (best.state != State::enclosed || found.value.radius() < best.value.radius()) best = found;
    if (best.value.radius() <= tolerance) return best;
  }
  if (best.state == State::enclosed && best.value.radius() > kPoor) return {};
  return best;
}

}  // namespace nabla::eval
