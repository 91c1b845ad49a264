// Properties of every row of the function table.
#include <cmath>
#include <set>

#include "points.h"

using namespace nabla;
using namespace nabla::test;
using number::Series;
using number::Truth;

namespace {

constexpr Bits kBits = 128;

bool has_open_arguments(const expr::Function& f) { return !f.parameters.empty() && f.domain.text != "integers"; }

// x as a ball of the given radius around p.
std::vector<Ball> widened(const Point& p, const Rational& radius) {
  std::vector<Ball> r;
  for (const Rational& q : p) r.push_back(Ball::hull(Ball(q - radius, kBits), Ball(q + radius, kBits), kBits));
  return r;
}

// The series of f along x[which] = p[which] + h.
Series along(const expr::Function& f, const Point& p, std::size_t which, long n) {
  std::vector<Series> x;
  for (std::size_t i = 0; i < p.size(); ++i) {
    const Ball at(p[i], kBits);
    x.push_back(i == which ? Series::variable(at) : Series(at));
  }
  return f.forms.series(x, n, kBits);
}

}  // namespace

TEST_CASE("every row is complete and found by its names") {
  std::set<std::string_view> seen;
  for (const expr::Function& f : functions::table()) {
    INFO(f.name);
    for (std::string_view column :
         {f.name, f.aliases, f.title, f.domain.text, f.samples, f.expansion, f.derivative, f.antiderivative,
          f.left_inverse, f.values, f.period, f.latex, f.help, f.source, f.example, f.answer}) {
      CHECK(!column.empty());
    }
    CHECK(f.forms.scalar != nullptr);
    CHECK(f.forms.ball != nullptr);
    CHECK(functions::find(f.name) == &f);
    CHECK(seen.insert(f.name).second);
    if (f.aliases != expr::kNone) {
      for (const std::string& alias : split(f.aliases, ' ')) CHECK(functions::find(alias) == &f);
    }
    if (f.left_inverse != expr::kNone) CHECK(functions::find(f.left_inverse) != nullptr);
  }
  CHECK(functions::find("sinn") == nullptr);
  CHECK(functions::find("") == nullptr);
}

TEST_CASE("the samples of every row lie in its domain") {
  for (const expr::Function& f : functions::table()) {
    if (f.domain.contains == nullptr) continue;
    for (const Point& p : samples(f)) {
      INFO(f.name << " at " << p[0].text());
      CHECK(f.domain.contains(balls(p, kBits), kBits) == Truth::yes);
    }
  }
}

TEST_CASE("balls contain the scalar value within its rounding, and shrink with precision") {
  for (const expr::Function& f : functions::table()) {
    for (const Point& p : samples(f)) {
      INFO(f.name << (p.empty() ? "" : " at " + p.back().text()));
      const Ball coarse = evaluate(f, p, 64), fine = evaluate(f, p, 512);
      const double plain = scalar(f, p);
      if (std::isinf(plain)) {
        CHECK(coarse.mid() == plain);
        continue;
      }
      REQUIRE(coarse.is_finite());
      CHECK(coarse.overlaps(fine));
      CHECK(std::abs(coarse.mid() - plain) <= 1e-12 * (1 + std::abs(plain)));
      CHECK((fine.is_exact() || fine.accuracy_bits() > 440));
    }
  }
}

TEST_CASE("wide arguments give enclosures of the values within") {
  for (const expr::Function& f : functions::table()) {
    if (!has_open_arguments(f)) continue;
    for (const Point& p : samples(f)) {
      for (const Rational& radius : {Rational(1, 10), Rational(1, 1000)}) {
        INFO(f.name << " around " << p[0].text() << " by " << radius.text());
        const Ball wide = f.forms.ball(widened(p, radius), kBits);
        if (wide.is_nan()) continue;
        for (long i = -2; i <= 2; ++i) {
          Point inside = p;
          for (Rational& q : inside) q = q + radius * Rational(i, 2);
          const Ball value = evaluate(f, inside, kBits);
          CHECK((value.is_nan() || wide.overlaps(value)));
          CHECK(value.mid() >= wide.lower());
          CHECK(value.mid() <= wide.upper());
        }
      }
    }
  }
}

TEST_CASE("a ball is enclosed only where its domain says so") {
  const char* points[] = {"0", "1", "-1", "2", "-2", "0.5", "-0.5", "3", "-3", "1.5", "-0.36787944117", "100", "-100"};
  for (const expr::Function& f : functions::table()) {
    if (f.parameters.empty() || f.domain.contains == nullptr) continue;
    const std::size_t arity = samples(f)[0].size();
    for (const char* a : points) {
      for (const char* b : points) {
        Point p{rational(a)};
        if (arity > 1) p.push_back(rational(b));
        if (arity > 2) p.push_back(rational(a) + Rational(1));
        INFO(f.name << " at " << a << ", " << b);
        const Truth inside = f.domain.contains(balls(p, kBits), kBits);
        const Ball value = evaluate(f, p, kBits);
        CHECK(inside != Truth::unknown);
        // Jumps at points that are no binary fractions are beyond balls.
        if (!value.is_nan() || f.forms.series_after == nullptr) CHECK((inside == Truth::yes) == !value.is_nan());
        CHECK((inside == Truth::yes) == !std::isnan(scalar(f, p)));
        if (f.forms.exact != nullptr && inside == Truth::no) CHECK(!f.forms.exact(p));
        if (arity == 1) break;
      }
    }
  }
}

TEST_CASE("exact values lie in the ball") {
  const char* points[] = {"0",  "1",   "-1",  "2",   "-2",  "1/2", "-1/2", "8",
                          "27", "-27", "100", "5/2", "9/4", "1/8", "-7/3"};
  const auto number = [](std::string_view text) {
    const std::vector<std::string> parts = split(text, '/');
    return parts.size() == 1 ? rational(parts[0]) : rational(parts[0]) / rational(parts[1]);
  };
  for (const expr::Function& f : functions::table()) {
    if (f.forms.exact == nullptr) continue;
    const std::size_t arity = samples(f)[0].size();
    for (const char* a : points) {
      for (const char* b : points) {
        Point p{number(a)};
        if (arity > 1) p.push_back(number(b));
        if (arity > 2) p.push_back(number(a) + Rational(2));
        INFO(f.name << " at " << a << ", " << b);
        if (const std::optional<Rational> value = f.forms.exact(p)) {
          const Ball ball = evaluate(f, p, kBits);
          CHECK((ball.is_nan() || ball.contains(*value)));
          // Jumps at points that are no binary fractions are beyond balls.
          if (ball.is_nan()) CHECK((f.domain.contains == nullptr || f.forms.series_after != nullptr));
        }
        if (arity == 1) break;
      }
    }
  }
}

TEST_CASE("series agree with the values nearby") {
  const Rational h(1, 1L << 20);
  for (const expr::Function& f : functions::table()) {
    if (f.forms.series == nullptr) continue;
    for (const Point& p : samples(f)) {
      for (std::size_t which = 0; which < p.size(); ++which) {
        INFO(f.name << " at " << p[0].text() << " along " << which);
        const Series s = along(f, p, which, 6);
        const Ball value = evaluate(f, p, kBits);
        CHECK(s.coefficient(0).overlaps(value));
        CHECK(along(f, p, which, 1).coefficient(0).overlaps(value));
        Point moved = p;
        moved[which] = moved[which] + h;
        const Ball next = evaluate(f, moved, kBits);
        if (next.is_nan()) continue;  // an integer argument
        if (s.coefficient(1).is_nan()) {
          CHECK(split(f.derivative, ';')[which] == expr::kNone);
          continue;
        }
        Ball sum, power(1);
        for (long k = 0; k < 6; ++k) {
          sum = number::add(sum, number::mul(s.coefficient(k), power, kBits), kBits);
          power = number::mul(power, Ball(h, kBits), kBits);
        }
        const Ball difference = number::sub(sum, next, kBits);
        const double bound = 1e-32 * (1 + std::abs(s.coefficient(5).mid()));
        CHECK(difference.upper() <= bound);
        CHECK(difference.lower() >= -bound);
      }
    }
  }
}

TEST_CASE("series after a kink are those of the function to the right of it") {
  const Rational h(1, 1L << 20);
  const char* points[] = {"0", "1", "-1", "0.5", "-0.5", "2"};
  for (const expr::Function& f : functions::table()) {
    if (f.forms.series_after == nullptr) continue;
    const std::size_t arity = samples(f)[0].size();
    for (const char* a : points) {
      for (int direction : {1, -1}) {
        Point p{rational(a)};
        if (arity > 1) p.push_back(Rational(1));
        if (arity > 2) p.push_back(Rational(2));
        INFO(f.name << " at " << a << " going " << direction);
        std::vector<Series> x;
        for (const Rational& q : p) x.emplace_back(Ball(q, kBits));
        x[0].set_coefficient(1, Ball(direction));
        const Series s = f.forms.series_after(x, 3, kBits);
        p[0] = p[0] + h * Rational(direction);
        const Ball predicted =
            number::add(s.coefficient(0), number::mul(s.coefficient(1), Ball(h, kBits), kBits), kBits);
        const Ball value = evaluate(f, p, kBits);
        CHECK(!predicted.is_nan());
        CHECK(predicted.overlaps(value));
      }
    }
  }
}
