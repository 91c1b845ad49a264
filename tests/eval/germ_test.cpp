// Germs against sums of powers kept as lists, and tails against functions that have them.
#include "eval/jets/germ.h"

#include <cmath>
#include <map>
#include <random>

#include "base/error.h"
#include "number/functions/functions.h"

using namespace nabla;
using eval::Germ;
using eval::MaybeTail;
using eval::Tail;
using number::Ball;
using number::Rational;

namespace {

constexpr number::Bits kBits = 256;

// c1·h^e1 + c2·h^e2 + …, exactly.
using Powers = std::map<Rational, Rational>;

Powers product(const Powers& a, const Powers& b) {
  Powers result;
  for (const auto& [e, c] : a) {
    for (const auto& [f, d] : b) result[e + f] = result[e + f] + c * d;
  }
  return result;
}

class Germs {
 public:
  explicit Germs(std::uint64_t seed) : random_(seed) {}

  long between(long a, long b) { return std::uniform_int_distribution<long>(a, b)(random_); }
  Rational coefficient() { return {between(-4, 4), between(1, 3)}; }

  struct Made {
    Germ germ;
    Powers powers;  // with terms from the germ's end on, of which the germ knows nothing
  };
  Made made(bool with_lead = false) {
    Made m;
    m.germ.root = between(1, 4);
    m.germ.lead = between(-5, 5);
    m.germ.terms = between(0, 7) + (with_lead ? 1 : 0);
    for (long i = 0; i < m.germ.terms + 4; ++i) {
      Rational c = coefficient();
      if (i == 0 && with_lead && c.is_zero()) c = 1;
      m.powers[Rational(m.germ.lead + i, m.germ.root)] = c;
      if (i < m.germ.terms) m.germ.c.set_coefficient(i, Ball(c, kBits));
    }
    return m;
  }

 private:
  std::mt19937_64 random_;
};

// Every coefficient that the germ tells is that of the powers, and none is missing before its end.
void check_same(const Germ& germ, const Powers& powers) {
  for (const auto& [e, c] : powers) {
    if (e >= germ.end()) {
      CHECK(germ.coefficient(e).is_nan());
      continue;
    }
    INFO(c.text() << " h^" << e.text() << " of a germ that ends at h^" << germ.end().text());
    CHECK(germ.coefficient(e).contains(c));
  }
  for (long i = 0; i < germ.terms; ++i) {
    const Rational e(germ.lead + i, germ.root);
    if (!powers.contains(e)) CHECK(germ.c.coefficient(i).contains_zero());
  }
}

Ball ball(const Rational& q) { return {q, kBits}; }

}  // namespace

TEST_CASE("sums and products of germs have the coefficients of the functions, whatever lies beyond their ends",
          "[germ]") {
  Germs some(1);
  for (int round = 0; round < 500; ++round) {
    const Germs::Made a = some.made();
    const Germs::Made b = some.made();
    Powers sum = a.powers;
    for (const auto& [e, c] : b.powers) sum[e] = sum[e] + c;
    const Germ added = eval::add(a.germ, b.germ, kBits);
    check_same(added, sum);
    const Rational a_lead(a.germ.lead, a.germ.root);
    const Rational b_lead(b.germ.lead, b.germ.root);
    CHECK(added.end() == std::max(std::min(a_lead, b_lead), std::min(a.germ.end(), b.germ.end())));
    const Germ multiplied = eval::mul(a.germ, b.germ, kBits);
    check_same(multiplied, product(a.powers, b.powers));
    CHECK(multiplied.end() >= std::min(a_lead + b.germ.end(), b_lead + a.germ.end()));
    Powers times;
    for (const auto& [e, c] : a.powers) times[e] = c * Rational(-7, 3);
    check_same(eval::scaled(a.germ, ball(Rational(-7, 3)), kBits), times);
  }
}

TEST_CASE("the same germ may be written in several ways", "[germ]") {
  Germs some(2);
  for (int round = 0; round < 200; ++round) {
    Germs::Made a = some.made();
    for (long zeros = some.between(0, a.germ.terms); zeros-- > 0;) {
      a.germ.c.set_coefficient(zeros, Ball());
      a.powers[Rational(a.germ.lead + zeros, a.germ.root)] = 0;
    }
    check_same(eval::with_root(a.germ, 3), a.powers);
    CHECK(eval::with_root(a.germ, 3).end() == a.germ.end());
    const Germ trimmed = eval::trimmed(a.germ);
    check_same(trimmed, a.powers);
    CHECK(trimmed.end() == a.germ.end());
    CHECK((trimmed.terms == 0 || !trimmed.c.coefficient(0).is_zero()));
    const std::optional<number::Series> plain = eval::from_zero(a.germ);
    CHECK(plain.has_value() == (trimmed.lead >= 0 || a.germ.lead >= 0));
    if (!plain) continue;
    for (const auto& [e, c] : a.powers) {
      const std::optional<long> place = (e * Rational(a.germ.root)).to_long();
      if (e < a.germ.end() && *place >= 0) CHECK(plain->coefficient(*place).contains(c));
    }
  }
}

TEST_CASE("a root of a power of a germ is the power of a root", "[germ]") {
  Germs some(3);
  for (int round = 0; round < 300; ++round) {
    Germs::Made a = some.made(true);
    const long p = some.between(-4, 4);
    const long q = some.between(1, 3);
    // (a^(p/q))^q·a^n = a^(p + n) with n big enough that all is a product.
    const bool odd = q % 2 != 0;
    const Ball lead = a.germ.c.coefficient(0);
    const Germ root = eval::power(a.germ, Rational(p, q), kBits);
    CHECK(root.end() - Rational(root.lead, root.root) == Rational(a.germ.terms, a.germ.root));
    if (lead.is_negative() && !odd && p % q != 0) {
      CHECK(root.c.coefficient(0).is_nan());
      continue;
    }
    if (lead.is_negative() && !odd) continue;
    Germ left = root;
    for (long i = 1; i < q; ++i) left = eval::mul(left, root, kBits);
    Powers right{{0, 1}};
    for (long i = 0; i < std::max(p, 0L); ++i) right = product(right, a.powers);
    for (long i = 0; i < std::max(-p, 0L); ++i) left = eval::mul(left, a.germ, kBits);
    check_same(left, right);
  }
  CHECK_THROWS_AS(eval::power(Germ{7, 1, 3, number::Series(Ball(1))}, Rational(1, 11), kBits), base::Error);
}

TEST_CASE("derivatives and integrals of germs are those of their powers", "[germ]") {
  Germs some(4);
  for (int round = 0; round < 300; ++round) {
    const Germs::Made a = some.made();
    Powers slope;
    for (const auto& [e, c] : a.powers) slope[e - Rational(1)] = c * e;
    check_same(eval::derivative(a.germ, kBits), slope);
    const std::optional<Germ> area = eval::integral(a.germ, Ball(5), kBits);
    const Germ trimmed = eval::trimmed(a.germ);
    CHECK(area.has_value() == (Rational(trimmed.lead, trimmed.root) > Rational(-1)));
    if (!area) continue;
    Powers expected{{0, 5}};
    for (const auto& [e, c] : a.powers) {
      if (e > Rational(-1)) expected[e + Rational(1)] = c / (e + Rational(1));
    }
    check_same(*area, expected);
  }
}

namespace {

constexpr long kDepth = 20'000;  // tails are looked at where h = 2^-kDepth

// h^order · ln(1/h)^logs there.
Ball power_at(const Ball& order, long logs) {
  const Ball two(2);
  const Ball ln2 = number::forms::ln.ball(std::span(&two, 1), kBits);
  const Ball log = number::mul(ln2, Ball(kDepth), kBits);
  const Ball h_power = number::power(two, number::mul(order, Ball(-kDepth), kBits), kBits);
  return number::mul(h_power, number::power(log, logs, kBits), kBits);
}

Ball at(const Powers& powers) {
  Ball sum;
  for (const auto& [e, c] : powers) {
    if (!c.is_zero()) number::add_to(sum, number::mul(ball(c), power_at(ball(e), 0), kBits), kBits);
  }
  return sum;
}

Ball at(const Tail& t) { return number::mul(Ball(t.sign), power_at(t.order, t.logs), kBits); }

Powers from_end(const Germ& germ, Powers powers) {
  std::erase_if(powers, [&](const auto& term) { return term.first < germ.end(); });
  return powers;
}

// A germ that is cut at a tail: what lies beyond its end is the tail alone.
struct Tailed {
  Germs::Made made;
  MaybeTail tail;
};
Tailed with_tail(Germs& some) {
  Tailed t{some.made(true), Tail{}};
  std::erase_if(t.made.powers, [&](const auto& term) { return term.first >= t.made.germ.end(); });
  t.tail->sign = some.between(0, 1) == 0 ? 1 : -1;
  t.tail->logs = some.between(0, 2);
  const Rational beyond(some.between(0, 9), some.between(1, 5));
  t.tail->order = ball(t.made.germ.end() + beyond);
  if (some.between(0, 3) == 0) number::add_to(t.tail->order, power_at(ball(Rational(1, 40'000)), 0), kBits);  // + 1/√2
  return t;
}

// Whether `rest` is positive times the tail, and of its size.
std::string described(const Germ& germ, const Powers& powers, const MaybeTail& tail) {
  std::string text;
  for (const auto& [e, c] : powers) text += c.text() + " h^" + e.text() + ", ";
  text += "known below h^" + germ.end().text();
  if (tail)
    text += ", tail " + std::to_string(tail->sign) + " h^" + std::to_string(tail->order.mid()) + " ln^" +
            std::to_string(tail->logs);
  return text;
}

void check_tail(const Tail& t, const Ball& rest) {
  const Ball ratio = number::div(rest, at(t), kBits);
  INFO(t.sign << " h^" << t.order.mid() << " ln^" << t.logs);
  CHECK(ratio.is_positive());
  CHECK(std::abs(std::log2(ratio.mid())) < 100);
}

}  // namespace

TEST_CASE("the tails of sums and products are what the germs leave out", "[germ]") {
  Germs some(5);
  int of_sums = 0;
  int of_products = 0;
  for (int round = 0; round < 3000; ++round) {
    const Tailed a = with_tail(some);
    Tailed b = with_tail(some);
    if (round % 2 == 0) b = {some.made(), std::nullopt};
    const MaybeTail left = round % 4 < 2 ? eval::tail_of_sum(a.made.germ, a.tail, b.made.germ, b.tail)
                                         : eval::tail_of_sum(b.made.germ, b.tail, a.made.germ, a.tail);
    INFO(described(a.made.germ, a.made.powers, a.tail));
    INFO(described(b.made.germ, b.made.powers, b.tail));
    if (left) {
      const Germ germ = eval::add(a.made.germ, b.made.germ, kBits);
      Powers sum = a.made.powers;
      for (const auto& [e, c] : b.made.powers) sum[e] = sum[e] + c;
      Ball rest = number::add(at(from_end(germ, sum)), at(*a.tail), kBits);
      if (b.tail) number::add_to(rest, at(*b.tail), kBits);
      check_tail(*left, rest);
      ++of_sums;
    }
    const MaybeTail times = round % 4 < 2 ? eval::tail_of_product(a.made.germ, a.tail, b.made.germ, b.tail, kBits)
                                          : eval::tail_of_product(b.made.germ, b.tail, a.made.germ, a.tail, kBits);
    if (times) {
      const Germ germ = eval::mul(a.made.germ, b.made.germ, kBits);
      const Ball of_powers = at(from_end(germ, product(a.made.powers, b.made.powers)));
      check_tail(*times, number::add(of_powers, number::mul(at(*a.tail), at(b.made.powers), kBits), kBits));
      ++of_products;
    }
  }
  CHECK(of_sums > 300);
  CHECK(of_products > 20);
}

TEST_CASE("how derivatives of a tail grow", "[germ]") {
  for (long numerator = -12; numerator <= 12; ++numerator) {
    for (long logs = 0; logs <= 3; ++logs) {
      for (long k = 0; k <= 4; ++k) {
        const Rational order(numerator, 4);
        // The k-th derivative is h^(order - k) times a polynomial in L = ln(1/h).
        std::vector<Rational> c(static_cast<std::size_t>(logs) + 1);
        c.back() = 1;
        for (long j = 0; j < k; ++j) {
          for (std::size_t i = 0; i < c.size(); ++i) {
            const Rational from_above = i + 1 < c.size() ? c[i + 1] * Rational(static_cast<long>(i) + 1) : Rational(0);
            c[i] = c[i] * (order - Rational(j)) - from_above;
          }
        }
        while (!c.empty() && c.back().is_zero()) c.pop_back();
        const Rational left = order - Rational(k);
        const bool grows = !c.empty() && (left.sign() < 0 || (left.is_zero() && c.size() > 1));
        for (const int sign : {1, -1}) {
          const std::optional<int> told = eval::growth({sign, ball(order), logs}, k);
          INFO(sign << " h^" << order.text() << " ln^" << logs << ", derivative " << k);
          if (told) CHECK(*told == (grows ? sign * c.back().sign() : 0));
          if (!grows && left.sign() <= 0) CHECK_FALSE(told);
          if (!order.is_integer() || left.sign() > 0 || (logs == 1 && grows)) CHECK(told);
        }
      }
    }
  }
  // An order that is known only to lie about 1 tells nothing of what depends on its side.
  const Ball about_one = Ball::hull(ball(Rational(999, 1000)), ball(Rational(1001, 1000)), kBits);
  REQUIRE_FALSE(about_one.is_exact());
  CHECK_FALSE(eval::growth({1, about_one, 0}, 1));
  CHECK(eval::growth({1, about_one, 0}, 0) == 0);
}
