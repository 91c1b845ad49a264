#include "eval/quadrature/log_germ.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "eval/jets/germ.h"
#include "eval/quadrature/elementary.h"

namespace nabla::eval {
namespace {

constexpr std::size_t kMostParts = 8;
constexpr long kMostFactors = 6;  // of an integer power multiplied out

bool same_factor(const Ball& a, const Ball& b) { return a.is_exact() && b.is_exact() && a.contains(b); }

bool same_poles(const std::vector<PolePart>& a, const std::vector<PolePart>& b) {
  return std::ranges::equal(a, b, [](const PolePart& x, const PolePart& y) {
    return x.exponent == y.exponent && same_factor(x.factor, y.factor);
  });
}

bool same_scale(const Scale& a, const Scale& b) {
  return a.logs == b.logs && a.wave == b.wave && same_poles(a.decay, b.decay) && same_poles(a.phase, b.phase);
}

// a + sign·b; nothing if a factor may be 0 without being exactly 0. `same`: they are the same function.
std::optional<std::vector<PolePart>> combined(const std::vector<PolePart>& a, const std::vector<PolePart>& b, int sign,
                                              bool same, Bits bits) {
  if (same && sign < 0) return std::vector<PolePart>();
  std::vector<PolePart> r = a;
  for (const PolePart& p : b) {
    const Ball factor = sign < 0 ? number::neg(p.factor) : p.factor;
    const auto at = std::ranges::find(r, p.exponent, &PolePart::exponent);
    if (at == r.end()) {
      r.push_back({p.exponent, factor});
    } else {
      at->factor = number::add(at->factor, factor, bits);
    }
  }
  std::erase_if(r, [](const PolePart& p) { return p.factor.is_zero(); });
  if (std::ranges::any_of(r, [](const PolePart& p) { return p.factor.contains_zero(); })) return std::nullopt;
  std::ranges::sort(r, [](const PolePart& x, const PolePart& y) { return x.exponent > y.exponent; });
  return r;
}

void scale_poles(std::vector<PolePart>& poles, const Ball& factor, Bits bits) {
  for (PolePart& p : poles) p.factor = number::mul(p.factor, factor, bits);
}

// Turns a phase so that its leading factor is positive; the sign that a sine takes.
int normalise(std::vector<PolePart>& phase) {
  if (phase.empty() || !phase.front().factor.is_negative()) return 1;
  for (PolePart& p : phase) p.factor = number::neg(p.factor);
  return -1;
}

std::optional<long> common_root(long a, long b) {
  const long r = std::lcm(a, b);
  return r > kMaxRoot ? std::nullopt : std::optional(r);
}

}  // namespace

bool ScaledSeries::is_zero() const {
  return rest.is_zero() && std::ranges::all_of(c, [](const Ball& x) { return x.is_zero(); });
}

LogGerm trimmed(LogGerm a) {
  std::erase_if(a, [](const ScaledSeries& p) { return p.is_zero(); });
  for (ScaledSeries& p : a) {
    const auto first = std::ranges::find_if(p.c, [](const Ball& x) { return !x.is_zero(); });
    p.lead += first - p.c.begin();
    p.c.erase(p.c.begin(), first);
  }
  return a;
}

LogGerms::LogGerms(Ball h0, long terms, Bits bits)
    : h0_(std::move(h0)), log_(number::neg(ln_of(h0_, bits))), terms_(terms), bits_(bits) {}

LogGerm LogGerms::constant(const Ball& c) const { return monomial(c, 0); }

LogGerm LogGerms::monomial(const Ball& c, long exponent) const {
  if (c.is_zero()) return {};
  ScaledSeries p;
  p.lead = exponent;
  p.c.assign(static_cast<std::size_t>(terms_), Ball());
  p.c[0] = c;
  return {std::move(p)};
}

Ball LogGerms::at_end(const Rational& exponent) const { return number::power(h0_, exponent, bits_); }

Ball LogGerms::decay_at_end(const Scale& scale) const {
  Ball sum;
  for (const PolePart& p : scale.decay) number::add_to(sum, number::mul(p.factor, at_end(-p.exponent), bits_), bits_);
  return exp_of(number::neg(sum), bits_);
}

Ball LogGerms::t_range(long root) const { return Ball::hull(Ball(), at_end(Rational(1, root)), bits_); }

Ball LogGerms::range(const ScaledSeries& a) const {
  const Ball t = t_range(a.root);
  Ball r = a.rest;
  for (auto c = a.c.rbegin(); c != a.c.rend(); ++c) r = number::add(number::mul(r, t, bits_), *c, bits_);
  return r;
}

ScaledSeries LogGerms::truncated(const ScaledSeries& a, long terms) const {
  if (terms >= a.terms()) return a;
  ScaledSeries r = a;
  const Ball t = t_range(a.root);
  while (r.terms() > terms) {
    r.rest = number::add(number::mul(r.rest, t, bits_), r.c.back(), bits_);
    r.c.pop_back();
  }
  return r;
}

ScaledSeries LogGerms::with_root(const ScaledSeries& a, long root) const {
  const long m = root / a.root;
  if (m == 1) return a;
  ScaledSeries r{a.scale, root, a.lead * m, {}, a.rest};
  r.c.assign(a.c.size() * static_cast<std::size_t>(m), Ball());
  for (std::size_t i = 0; i < a.c.size(); ++i) r.c[i * static_cast<std::size_t>(m)] = a.c[i];
  return r;
}

std::optional<ScaledSeries> LogGerms::add_alike(ScaledSeries a, ScaledSeries b) const {
  const std::optional<long> root = common_root(a.root, b.root);
  if (!root) return std::nullopt;
  a = with_root(a, *root);
  b = with_root(b, *root);
  if (a.lead > b.lead) std::swap(a, b);
  b.c.insert(b.c.begin(), static_cast<std::size_t>(b.lead - a.lead), Ball());
  b.lead = a.lead;
  // What ends later and is exact there may go on with zeros.
  const long end = std::max(a.terms(), b.terms());
  for (ScaledSeries* p : {&a, &b}) {
    if (p->rest.is_zero()) p->c.resize(static_cast<std::size_t>(end));
  }
  const long terms = std::min({a.terms(), b.terms(), std::max(terms_ * *root, 1L)});
  a = truncated(a, terms);
  b = truncated(b, terms);
  for (std::size_t i = 0; i < a.c.size(); ++i) number::add_to(a.c[i], b.c[i], bits_);
  number::add_to(a.rest, b.rest, bits_);
  return a;
}

std::optional<ScaledSeries> LogGerms::mul_series(const ScaledSeries& x, const ScaledSeries& y) const {
  const std::optional<long> root = common_root(x.root, y.root);
  if (!root) return std::nullopt;
  const ScaledSeries a = with_root(x, *root);
  const ScaledSeries b = with_root(y, *root);
  ScaledSeries r;
  r.root = *root;
  r.lead = a.lead + b.lead;
  const auto n = static_cast<std::size_t>(a.terms());
  const auto m = static_cast<std::size_t>(b.terms());
  std::vector<Ball> c(n + m + 1);
  for (std::size_t i = 0; i <= n; ++i) {
    const Ball& f = i < n ? a.c[i] : a.rest;
    if (f.is_zero()) continue;
    for (std::size_t j = 0; j <= m; ++j) {
      const Ball& s = j < m ? b.c[j] : b.rest;
      if (!s.is_zero()) number::add_to(c[i + j], number::mul(f, s, bits_), bits_);
    }
  }
  // Beyond the shorter one the remainder of one factor meets every term of the other.
  r.rest = std::move(c.back());
  c.pop_back();
  r.c = std::move(c);
  const long known_a = a.rest.is_zero() ? static_cast<long>(n + m) : static_cast<long>(n);
  const long known_b = b.rest.is_zero() ? static_cast<long>(n + m) : static_cast<long>(m);
  return truncated(r, std::min({known_a, known_b, std::max(terms_ * *root, 1L)}));
}

MaybeGerm LogGerms::add(const LogGerm& a, const LogGerm& b) const {
  LogGerm r = a;
  for (const ScaledSeries& p : b) {
    const auto at = std::ranges::find_if(r, [&](const ScaledSeries& q) { return same_scale(p.scale, q.scale); });
    if (at == r.end()) {
      r.push_back(p);
      continue;
    }
    const Scale scale = at->scale;
    std::optional<ScaledSeries> s = add_alike(*at, p);
    if (!s) return std::nullopt;
    s->scale = scale;
    *at = std::move(*s);
  }
  r = trimmed(std::move(r));
  if (r.size() > kMostParts) return std::nullopt;
  return r;
}

MaybeGerm LogGerms::mul(const LogGerm& a, const LogGerm& b) const { return mul(a, b, false); }

MaybeGerm LogGerms::mul(const LogGerm& a, const LogGerm& b, bool same) const {
  LogGerm r;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      const Scale& x = a[i].scale;
      const Scale& y = b[j].scale;
      std::optional<ScaledSeries> s = mul_series(a[i], b[j]);
      auto decay = combined(x.decay, y.decay, 1, false, bits_);
      if (!s || !decay) return std::nullopt;
      s->scale.decay = std::move(*decay);
      s->scale.logs = x.logs + y.logs;
      LogGerm product;
      if (x.wave != Wave::none && y.wave != Wave::none) {
        // cos p cos q = (cos(p-q) + cos(p+q))/2, sin p sin q = (cos(p-q) - cos(p+q))/2, sin p cos q = (sin(p+q) +
        // sin(p-q))/2, cos p sin q = (sin(p+q) - sin(p-q))/2
        auto plus = combined(x.phase, y.phase, 1, false, bits_);
        auto minus = combined(x.phase, y.phase, -1, same && i == j, bits_);
        if (!plus || !minus) return std::nullopt;
        const bool alike = x.wave == y.wave;
        const int sign_of_plus = alike && x.wave == Wave::sine ? -1 : 1;
        const int sign_of_minus = !alike && x.wave == Wave::cosine ? -1 : 1;
        for (const int which : {1, -1}) {
          ScaledSeries half = *s;
          half.scale.phase = which > 0 ? *plus : *minus;
          int sign = which > 0 ? sign_of_plus : sign_of_minus;
          const int turned = normalise(half.scale.phase);
          half.scale.wave = alike ? Wave::cosine : Wave::sine;
          if (!alike) sign *= turned;
          if (half.scale.phase.empty()) {
            if (!alike) continue;  // sin 0
            half.scale.wave = Wave::none;
          }
          LogGerm one = scaled({half}, Ball(Rational(sign, 2), bits_));
          product.push_back(std::move(one.front()));
        }
      } else {
        const Scale& waving = x.wave != Wave::none ? x : y;
        s->scale.wave = waving.wave;
        s->scale.phase = waving.phase;
        product.push_back(std::move(*s));
      }
      MaybeGerm sum = add(r, product);
      if (!sum) return std::nullopt;
      r = std::move(*sum);
    }
  }
  return r;
}

LogGerm LogGerms::scaled(LogGerm a, const Ball& factor) const {
  for (ScaledSeries& p : a) {
    for (Ball& c : p.c) c = number::mul(c, factor, bits_);
    p.rest = number::mul(p.rest, factor, bits_);
  }
  return a;
}

std::optional<Ball> LogGerms::most(const Scale& s, const Rational& exponent) const {
  const Ball logs(s.logs, bits_);
  const Ball log_power = number::power(log_, s.logs, bits_);
  if (s.decay.empty()) {
    if (exponent.sign() < 0 || (exponent.is_zero() && s.logs.sign() > 0)) return std::nullopt;
    if (s.logs.sign() > 0) {
      const Ball slope = number::sub(number::mul(Ball(exponent, bits_), log_, bits_), logs, bits_);
      if (!slope.is_nonnegative()) return std::nullopt;
    }
    return number::mul(at_end(exponent), log_power, bits_);
  }
  // h (ln …)' h^s, s the leading exponent of the decay: Σ sⱼ cⱼ h^(s-sⱼ) + (exponent - logs/L) h^s
  if (!s.decay.front().factor.is_positive()) return std::nullopt;
  const Rational steepest = s.decay.front().exponent;
  Ball slope;
  for (const PolePart& p : s.decay) {
    const Rational e = steepest - p.exponent;
    const Ball h = e.is_zero() ? Ball(1) : Ball::hull(Ball(), at_end(e), bits_);
    number::add_to(slope, number::mul(number::mul(Ball(p.exponent, bits_), p.factor, bits_), h, bits_), bits_);
  }
  const Ball by_logs = number::mul(logs, Ball::hull(Ball(), number::div(Ball(1), log_, bits_), bits_), bits_);
  const Ball other = number::sub(Ball(exponent, bits_), by_logs, bits_);
  number::add_to(slope, number::mul(other, Ball::hull(Ball(), at_end(steepest), bits_), bits_), bits_);
  if (!slope.is_nonnegative()) return std::nullopt;
  return number::mul(number::mul(at_end(exponent), log_power, bits_), decay_at_end(s), bits_);
}

std::optional<ScaledSeries> LogGerms::absorb(ScaledSeries into, const ScaledSeries& small) const {
  if (into.scale.wave != Wave::none) return std::nullopt;
  Scale ratio;
  auto decay = combined(small.scale.decay, into.scale.decay, -1, false, bits_);
  if (!decay) return std::nullopt;
  ratio.decay = std::move(*decay);
  ratio.logs = small.scale.logs - into.scale.logs;
  const Rational exponent = small.exponent(0) - into.exponent(0);
  const Ball size = range(small);
  if (!size.is_finite()) return std::nullopt;
  long order = into.rest.is_zero() ? std::max(into.terms(), terms_ * into.root) : into.terms();
  if (ratio.decay.empty()) {
    const Rational limit = exponent * Rational(into.root);
    const Rational whole = ratio.logs.sign() > 0 ? limit.ceil() - Rational(1) : limit.floor();
    order = std::min(order, whole.to_long().value_or(order));
  }
  for (; order >= 0; order = order == 0 ? -1 : order / 2) {
    const std::optional<Ball> bound = most(ratio, exponent - Rational(order, into.root));
    if (!bound || !bound->is_finite()) continue;
    const Ball up = Ball::hull(Ball(small.scale.wave == Wave::none ? 0 : -1), Ball(1), bits_);
    if (into.rest.is_zero() && order > into.terms()) into.c.resize(static_cast<std::size_t>(order));
    into = truncated(into, order);
    number::add_to(into.rest, number::mul(number::mul(size, *bound, bits_), up, bits_), bits_);
    return into;
  }
  return std::nullopt;
}

std::optional<ScaledSeries> LogGerms::dominant(const LogGerm& a) const {
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::optional<ScaledSeries> all = a[i];
    for (std::size_t j = 0; j < a.size() && all; ++j) {
      if (j != i) all = absorb(std::move(*all), a[j]);
    }
    if (all) return all;
  }
  return std::nullopt;
}

std::optional<ScaledSeries> LogGerms::plain(const LogGerm& a) const {
  const auto own = std::ranges::find_if(a, [](const ScaledSeries& p) { return p.scale.is_plain(); });
  std::optional<ScaledSeries> all;
  if (own != a.end()) {
    all = *own;
    if (all->lead > 0) {
      all->c.insert(all->c.begin(), static_cast<std::size_t>(all->lead), Ball());
      all->lead = 0;
    }
  } else {
    all = ScaledSeries();
    all->c.assign(static_cast<std::size_t>(terms_), Ball());
  }
  for (auto p = a.begin(); p != a.end() && all; ++p) {
    if (p == own) continue;
    const std::optional<long> root = common_root(all->root, p->root);
    if (!root) return std::nullopt;
    all = absorb(with_root(*all, *root), *p);
  }
  return all;
}

// Horner's rule with the remainder coefficient, taken over all values of a, innermost.
std::optional<ScaledSeries> LogGerms::compose_plain(const ScaledSeries& a, const SeriesAt& series) const {
  if (a.lead < 0) return std::nullopt;
  const bool at_zero = a.lead > 0;
  ScaledSeries whole = a;
  if (at_zero) {
    whole.c.insert(whole.c.begin(), static_cast<std::size_t>(a.lead), Ball());
    whole.lead = 0;
  }
  const Ball values = range(whole);
  ScaledSeries result;
  if (whole.c.empty()) {
    result.root = a.root;
    result.rest = series(values, 1).coefficient(0);
    return result.rest.is_finite() ? std::optional(result) : std::nullopt;
  }
  LogGerm moving{whole};
  const Ball at = whole.c[0];
  moving[0].c[0] = Ball();
  moving = trimmed(std::move(moving));
  const long step = moving.empty() ? terms_ : std::max(1L, moving[0].lead / moving[0].root);
  const long order = moving.empty() ? 1 : terms_ / step + 1;
  const Series here = series(at, order);
  const Ball beyond = moving.empty() ? Ball() : series(values, order + 1).coefficient(order);
  if (!beyond.is_finite()) return std::nullopt;
  LogGerm sum;
  {
    ScaledSeries rest;
    rest.rest = beyond;
    if (!beyond.is_zero()) sum.push_back(rest);
  }
  for (long k = order - 1; k >= 0; --k) {
    const Ball c = here.coefficient(k);
    if (!c.is_finite()) return std::nullopt;
    MaybeGerm next = moving.empty() ? MaybeGerm(LogGerm()) : mul(sum, moving);
    if (next) next = add(*next, constant(c));
    if (!next) return std::nullopt;
    sum = std::move(*next);
  }
  if (sum.empty()) {
    result.c.assign(static_cast<std::size_t>(terms_), Ball());
    return result;
  }
  return sum[0];
}

MaybeGerm LogGerms::compose(const LogGerm& a, const SeriesAt& series) const {
  const std::optional<ScaledSeries> one = plain(a);
  if (!one) return std::nullopt;
  std::optional<ScaledSeries> r = compose_plain(*one, series);
  if (!r) return std::nullopt;
  return trimmed({std::move(*r)});
}

MaybeGerm LogGerms::power(const LogGerm& a, const Rational& q) const {
  if (q.is_zero()) return constant(Ball(1));
  if (a.empty()) return q.sign() > 0 ? MaybeGerm(LogGerm()) : std::nullopt;
  const std::optional<long> n = q.to_long();
  const bool waves = std::ranges::any_of(a, [](const ScaledSeries& p) { return p.scale.wave != Wave::none; });
  if (n && *n > 0 && *n <= kMostFactors && (a.size() > 1 || waves)) {
    MaybeGerm r = a;
    for (long k = 1; k < *n && r; ++k) r = mul(*r, a, k == 1);
    if (r || waves) return r;
  }
  const std::optional<ScaledSeries> one = dominant(a);
  if (!one || one->scale.wave != Wave::none) return std::nullopt;
  ScaledSeries factor = *one;
  factor.lead = 0;
  factor.scale = {};
  std::optional<ScaledSeries> r = compose_plain(factor, [&](const Ball& at, long terms) {
    if (at.contains_zero() && !(n && *n > 0)) {
      Series none;
      for (long k = 0; k < terms; ++k) none.set_coefficient(k, Ball::nan());
      return none;
    }
    return number::power(Series::variable(at), q, terms, bits_);
  });
  if (!r) return std::nullopt;
  r->scale = one->scale;
  scale_poles(r->scale.decay, Ball(q, bits_), bits_);
  r->scale.logs = r->scale.logs * q;
  const Rational lead = Rational(one->lead, one->root) * q;
  const std::optional<long> denominator = lead.denominator().to_long();
  const std::optional<long> root = denominator ? common_root(r->root, *denominator) : std::nullopt;
  if (!root) return std::nullopt;
  *r = with_root(*r, *root);
  r->lead += (lead * Rational(*root)).to_long().value_or(0);
  return trimmed({std::move(*r)});
}

bool LogGerms::split_poles(const ScaledSeries& a, std::vector<PolePart>& poles, ScaledSeries& bounded) const {
  bounded = a;
  if (a.lead >= 0) return true;
  if (a.terms() < -a.lead) return false;
  for (long i = 0; i < -a.lead; ++i) {
    const Ball& c = a.c[static_cast<std::size_t>(i)];
    if (c.is_zero()) continue;
    if (c.contains_zero()) return false;
    poles.push_back({-a.exponent(i), c});
  }
  bounded.c.erase(bounded.c.begin(), bounded.c.begin() - a.lead);
  bounded.lead = 0;
  return true;
}

MaybeGerm LogGerms::exp(const LogGerm& a) const {
  LogGerm bounded;
  Scale scale;
  Rational lead;
  bool is_loose = false;
  for (ScaledSeries p : a) {
    if (p.scale.is_plain()) {
      ScaledSeries rest;
      if (!split_poles(p, scale.decay, rest)) return std::nullopt;
      bounded.push_back(std::move(rest));
      continue;
    }
    const bool logarithm = p.scale.decay.empty() && p.scale.wave == Wave::none && p.scale.logs.is_one();
    if (logarithm && p.lead == 0 && p.terms() > 0) {
      std::optional<Rational> q = p.c[0].exact();
      if (!q || q->denominator() > Rational(kMaxRoot)) {
        // h^-c = h^-q·h^(q-c) with a q just above c
        const double above = p.c[0].upper();
        if (!std::isfinite(above)) return std::nullopt;
        q = (Rational::from_double(above) * Rational(kMaxRoot)).ceil() / Rational(kMaxRoot);
        is_loose = true;
      }
      lead = lead - *q;  // e^(q L) = h^-q
      p.c[0] = Ball();
      LogGerm rest = trimmed({std::move(p)});
      std::ranges::move(rest, std::back_inserter(bounded));
      continue;
    }
    bounded.push_back(std::move(p));
  }
  for (PolePart& p : scale.decay) p.factor = number::neg(p.factor);
  const MaybeGerm whole = add({}, trimmed(std::move(bounded)));
  if (!whole) return std::nullopt;
  const std::optional<ScaledSeries> one = plain(*whole);
  if (!one) return std::nullopt;
  std::optional<ScaledSeries> r = compose_plain(*one, [this](const Ball& at, long n) {
    Series s;
    Ball c = exp_of(at, bits_);
    for (long k = 0; k < n; ++k) {
      s.set_coefficient(k, c);
      c = number::div(c, Ball(k + 1), bits_);
    }
    return s;
  });
  if (!r) return std::nullopt;
  if (is_loose) {
    const Ball values = range(*r);
    r->c.clear();
    r->rest = number::mul(values, Ball::hull(Ball(), Ball(1), bits_), bits_);
  }
  r->scale = std::move(scale);
  const std::optional<long> denominator = lead.denominator().to_long();
  const std::optional<long> root = denominator ? common_root(r->root, *denominator) : std::nullopt;
  if (!root) return std::nullopt;
  *r = with_root(*r, *root);
  r->lead += (lead * Rational(*root)).to_long().value_or(0);
  return trimmed({std::move(*r)});
}

MaybeGerm LogGerms::ln(const LogGerm& a) const {
  const std::optional<ScaledSeries> one = dominant(a);
  if (!one || one->scale.wave != Wave::none) return std::nullopt;
  ScaledSeries factor = *one;
  factor.lead = 0;
  factor.scale = {};
  if (!range(factor).is_positive()) return std::nullopt;
  std::optional<ScaledSeries> r = compose_plain(factor, [this](const Ball& at, long n) {
    Series s(ln_of(at, bits_));
    const Ball inverse = number::div(Ball(1), at, bits_);
    Ball c = 1;
    for (long k = 1; k < n; ++k) {
      c = number::mul(c, k == 1 ? inverse : number::neg(inverse), bits_);
      s.set_coefficient(k, number::div(c, Ball(k), bits_));
    }
    return s;
  });
  if (!r) return std::nullopt;
  MaybeGerm sum = trimmed({std::move(*r)});
  if (one->lead != 0) {
    ScaledSeries log;
    log.scale.logs = 1;
    log.c.assign(static_cast<std::size_t>(terms_), Ball());
    log.c[0] = Ball(Rational(-one->lead, one->root), bits_);
    sum = add(*sum, {log});
  }
  if (sum && !one->scale.logs.is_zero()) {
    // 0 <= ln L <= (2/e) √L for L >= 1
    ScaledSeries iterated;
    iterated.scale.logs = Rational(1, 2);
    iterated.rest =
        number::mul(Ball(one->scale.logs, bits_), Ball::hull(Ball(), Ball(Rational(3, 4), bits_), bits_), bits_);
    sum = add(*sum, {iterated});
  }
  for (const PolePart& p : one->scale.decay) {
    if (!sum) return std::nullopt;
    const std::optional<long> root = p.exponent.denominator().to_long();
    const std::optional<long> order = p.exponent.numerator().to_long();
    if (!root || !order || *root > kMaxRoot) return std::nullopt;
    ScaledSeries pole;
    pole.root = *root;
    pole.lead = -*order;
    pole.c.assign(static_cast<std::size_t>(std::max(terms_ * *root, *order + 1)), Ball());
    pole.c[0] = number::neg(p.factor);
    sum = add(*sum, {pole});
  }
  return sum;
}

MaybeGerm LogGerms::wave(const LogGerm& a, Wave kind) const {
  Scale scale;
  LogGerm bounded;
  for (const ScaledSeries& p : a) {
    if (!p.scale.is_plain()) {
      bounded.push_back(p);
      continue;
    }
    ScaledSeries rest;
    if (!split_poles(p, scale.phase, rest)) return std::nullopt;
    bounded.push_back(std::move(rest));
  }
  const MaybeGerm whole = add({}, trimmed(std::move(bounded)));
  if (!whole) return std::nullopt;
  const std::optional<ScaledSeries> one = plain(*whole);
  if (!one) return std::nullopt;
  const auto part = [&](Wave w) -> MaybeGerm {
    std::optional<ScaledSeries> r = compose_plain(*one, [&](const Ball& at, long n) {
      Series s;
      const Ball cosine = cos_of(at, bits_);
      const Ball sine = sin_of(at, bits_);
      Ball inverse = 1;
      for (long k = 0; k < n; ++k) {
        if (k > 0) inverse = number::div(inverse, Ball(k), bits_);
        const long turn = (w == Wave::cosine ? k : k + 3) % 4;  // cos, -sin, -cos, sin
        const Ball& value = turn % 2 == 0 ? cosine : sine;
        s.set_coefficient(k, number::mul(turn == 1 || turn == 2 ? number::neg(value) : value, inverse, bits_));
      }
      return s;
    });
    if (!r) return std::nullopt;
    return trimmed({std::move(*r)});
  };
  if (scale.phase.empty()) return part(kind);
  const int sign = normalise(scale.phase);
  MaybeGerm cosine = part(Wave::cosine);
  MaybeGerm sine = part(Wave::sine);
  if (!cosine || !sine) return std::nullopt;
  // cos(P + v) = cos P cos v - sin P sin v, sin(P + v) = sin P cos v + cos P sin v, P turned by `sign`
  const auto put = [&](LogGerm g, Wave w, int s) {
    for (ScaledSeries& p : g) {
      p.scale = scale;
      p.scale.wave = w;
    }
    return scaled(std::move(g), Ball(s));
  };
  if (kind == Wave::cosine) return add(put(*cosine, Wave::cosine, 1), put(*sine, Wave::sine, -sign));
  return add(put(*cosine, Wave::sine, sign), put(*sine, Wave::cosine, 1));
}

MaybeGerm LogGerms::integral(const LogGerm& a) const {
  LogGerm r;
  for (const ScaledSeries& p : a) {
    if (p.scale.wave != Wave::none) return std::nullopt;
    ScaledSeries whole = p;
    whole.lead += p.root;
    if (p.scale.is_plain()) {
      for (long i = 0; i <= p.terms(); ++i) {
        Ball& c = i < p.terms() ? whole.c[static_cast<std::size_t>(i)] : whole.rest;
        if (c.is_zero()) continue;
        const Rational exponent = p.exponent(i) + Rational(1);
        if (exponent.sign() <= 0) return std::nullopt;
        c = number::mul(c, Ball(exponent.reciprocal(), bits_), bits_);
      }
    } else {
      // The scale grows with h, so that the integral is at most h times its value at h.
      if (!most(p.scale, p.exponent(0))) return std::nullopt;
      whole.c.clear();
      whole.rest = number::mul(range(p), Ball::hull(Ball(), Ball(1), bits_), bits_);
    }
    r.push_back(std::move(whole));
  }
  return trimmed(std::move(r));
}

}  // namespace nabla::eval
