// Functions beside a point as sums of scales times series with proven remainders, on all of an interval (0, h₀].
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "number/ball.h"
#include "number/rational.h"
#include "number/series.h"

namespace nabla::eval {

using number::Ball;
using number::Bits;
using number::Rational;
using number::Series;

// factor · h^-exponent, exponent > 0.
struct PolePart {
  Rational exponent;
  Ball factor;
};

enum class Wave { none, cosine, sine };

// e^-decay · wave(phase) · L^logs with L = ln(1/h). Poles by falling exponents; the leading factor of a phase is
// positive.
struct Scale {
  std::vector<PolePart> decay;
  std::vector<PolePart> phase;
  Wave wave = Wave::none;
  Rational logs;

  bool is_plain() const { return decay.empty() && wave == Wave::none && logs.is_zero(); }
};

// scale · t^lead · (c[0] + c[1] t + … + c[n-1] t^(n-1) + R(h) t^n), t = h^(1/root), R(h) in `rest` for every h in (0,
// h₀].
struct ScaledSeries {
  Scale scale;
  long root = 1;
  long lead = 0;
  std::vector<Ball> c;
  Ball rest;

  Rational exponent(long i) const { return Rational(lead + i, root); }  // of h beside c[i]; of `rest` for i = n
  long terms() const { return static_cast<long>(c.size()); }
  bool is_zero() const;
};

// Their sum. 0 if empty.
using LogGerm = std::vector<ScaledSeries>;
using MaybeGerm = std::optional<LogGerm>;

// Arithmetic of log-germs on (0, h0], h0 < 1/e. Results are nothing where an enclosure is not found, which a smaller h0
// may give. Cost: a product of series of `terms` coefficients for each pair of parts.
class LogGerms {
 public:
  LogGerms(Ball h0, long terms, Bits bits);

  const Ball& h0() const { return h0_; }
  const Ball& logarithm() const { return log_; }  // ln(1/h0)
  long terms() const { return terms_; }
  Bits bits() const { return bits_; }

  LogGerm constant(const Ball& c) const;
  LogGerm monomial(const Ball& c, long exponent) const;  // c·h^exponent

  MaybeGerm add(const LogGerm& a, const LogGerm& b) const;
  MaybeGerm mul(const LogGerm& a, const LogGerm& b) const;
  LogGerm scaled(LogGerm a, const Ball& factor) const;
  MaybeGerm power(const LogGerm& a, const Rational& q) const;
  MaybeGerm exp(const LogGerm& a) const;
  MaybeGerm ln(const LogGerm& a) const;
  MaybeGerm wave(const LogGerm& a, Wave wave) const;  // cos a or sin a
  MaybeGerm integral(const LogGerm& a) const;         // from 0 to h; a must be integrable
  // f(a) for f with Taylor coefficients series(ball, n), rigorous for all points of the ball; a must be bounded.
  using SeriesAt = std::function<Series(const Ball& at, long n)>;
  MaybeGerm compose(const LogGerm& a, const SeriesAt& series) const;

  // a as one part, the others taken into its remainder; nothing if none dominates.
  std::optional<ScaledSeries> dominant(const LogGerm& a) const;
  // a as a part without scale.
  std::optional<ScaledSeries> plain(const LogGerm& a) const;
  // The factor (c[0] + …) on (0, h0].
  Ball range(const ScaledSeries& a) const;
  // A bound of h^exponent times the scale (waves as 1) on (0, h0], where that is proven to grow with h.
  std::optional<Ball> most(const Scale& scale, const Rational& exponent) const;
  // h0^exponent
  Ball at_end(const Rational& exponent) const;
  Ball decay_at_end(const Scale& scale) const;

 private:
  ScaledSeries truncated(const ScaledSeries& a, long terms) const;
  ScaledSeries with_root(const ScaledSeries& a, long root) const;
  std::optional<ScaledSeries> add_alike(ScaledSeries a, ScaledSeries b) const;
  std::optional<ScaledSeries> mul_series(const ScaledSeries& a, const ScaledSeries& b) const;
  std::optional<ScaledSeries> absorb(ScaledSeries into, const ScaledSeries& small) const;
  std::optional<ScaledSeries> compose_plain(const ScaledSeries& a, const SeriesAt& series) const;
  MaybeGerm mul(const LogGerm& a, const LogGerm& b, bool same) const;
  bool split_poles(const ScaledSeries& a, std::vector<PolePart>& poles, ScaledSeries& bounded) const;
  Ball t_range(long root) const;

  Ball h0_;
  Ball log_;
  long terms_;
  Bits bits_;
};

// Without parts that are 0, and without leading coefficients that are exactly 0.
LogGerm trimmed(LogGerm a);

}  // namespace nabla::eval
