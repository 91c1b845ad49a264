// The rule texts of every row: expansions, antiderivatives, inverses, exact values, symmetries, examples.
#include "algebra/derivative/derivative.h"
#include "algebra/reading.h"
#include "calc/graph_rules.h"
#include "eval/balls/evaluator.h"
#include "points.h"

using namespace nabla;
using namespace nabla::test;
using algebra::is_given;
using expr::Expr;
using expr::Graph;

namespace {

constexpr Bits kBits = 256;

// Graph and evaluator of one question.
struct Desk {
  Graph graph{&calc::kRules};
  base::Budget budget;
  eval::Evaluator evaluator{graph, budget};

  Ball value(Expr e) {
    const eval::Outcome o = evaluator.evaluate(e, kBits);
    return o.exact ? Ball(*o.exact, kBits) : o.ball;
  }
  Ball value(std::string_view text) { return value(read(graph, text)); }

  std::vector<Expr> numbers(const Point& p) {
    std::vector<Expr> r;
    for (const Rational& q : p) r.push_back(graph.rational(q));
    return r;
  }
};

// The places of the parts of a rule text, which rules are known by.
std::vector<std::string_view> parts(std::string_view text, char separator) {
  std::vector<std::string_view> r;
  for (const std::string& part : split(text, separator)) r.push_back(text.substr(text.find(part), part.size()));
  return r;
}

bool agree(const Ball& a, const Ball& b) { return !a.is_nan() && !b.is_nan() && a.overlaps(b); }

}  // namespace

TEST_CASE("the expansion of a row is the function", "[rules]") {
  for (const expr::Function& f : functions::table()) {
    if (!is_given(f.expansion)) continue;
    for (const Point& p : samples(f)) {
      INFO(f.name << " = " << f.expansion);
      Desk desk;
      const Expr call = expr::call(desk.graph, f, desk.numbers(p));
      if (desk.graph.kind(call) != expr::Kind::call) continue;  // an exact value, or written out at once
      CHECK(agree(desk.value(algebra::expanded(desk.graph, call).value()), evaluate(f, p, kBits)));
    }
  }
}

TEST_CASE("the derivative of an antiderivative is the function", "[rules]") {
  for (const expr::Function& f : functions::table()) {
    if (!is_given(f.antiderivative)) continue;
    const std::vector<std::string_view> rules = parts(f.antiderivative, ';');
    for (const Point& p : samples(f)) {
      for (std::size_t i = 0; i < p.size(); ++i) {
        INFO(f.name << ": " << f.antiderivative);
        REQUIRE(i < rules.size());
        if (!is_given(rules[i])) continue;
        Desk desk;
        std::vector<Expr> args = desk.numbers(p);
        args[i] = desk.graph.symbol("t");
        const Expr primitive = algebra::instantiate(desk.graph, f, rules[i], args);
        const Expr slope = algebra::derivative(desk.graph, primitive, args[i], desk.budget);
        desk.evaluator.bind(args[i], p[i]);
        CHECK(agree(desk.value(slope), evaluate(f, p, kBits)));
      }
    }
  }
}

TEST_CASE("a left inverse leads back", "[rules]") {
  for (const expr::Function& f : functions::table()) {
    if (!is_given(f.left_inverse)) continue;
    for (const Point& p : samples(f)) {
      INFO(f.name << " by " << f.left_inverse);
      const Ball y = evaluate(f, p, kBits);
      CHECK(functions::find(f.left_inverse)->forms.ball({&y, 1}, kBits).contains(p[0]));
    }
  }
}

TEST_CASE("symmetries and periods are so", "[rules]") {
  for (const expr::Function& f : functions::table()) {
    for (const Point& p : samples(f)) {
      if (p.size() != 1) continue;
      INFO(f.name << " at " << p[0].text());
      const Ball value = evaluate(f, p, kBits);
      const Ball opposite = evaluate(f, {-p[0]}, kBits);
      if (f.parity == expr::Parity::even) CHECK(agree(opposite, value));
      if (f.parity == expr::Parity::odd) CHECK(agree(number::neg(opposite), value));
      if (!is_given(f.period)) continue;
      Desk desk;
      const Ball shifted = number::add(Ball(p[0], kBits), desk.value(f.period), kBits);
      CHECK(agree(f.forms.ball({&shifted, 1}, kBits), value));
    }
  }
}

TEST_CASE("exact values are those of the function", "[rules]") {
  for (const expr::Function& f : functions::table()) {
    if (!is_given(f.values)) continue;
    for (const algebra::SpecialValue& v : algebra::special_values(f)) {
      INFO(f.name << " at " << v.at << ": " << v.value);
      if (v.at.find("inf") != std::string_view::npos) continue;
      Desk desk;
      std::vector<Ball> x;
      for (std::string_view at : v.points.empty() ? std::vector{v.at} : v.points) x.push_back(desk.value(at));
      if (v.is_pole()) {
        CHECK(f.forms.ball(x, kBits).is_nan());
      } else if (f.domain.contains == nullptr || f.domain.contains(x, kBits) == number::Truth::yes) {
        CHECK(agree(f.forms.ball(x, kBits), desk.value(v.value)));
      } else {  // at the border
        CHECK(f.domain.contains(x, kBits) == number::Truth::unknown);
      }
    }
  }
}

TEST_CASE("examples give their answers", "[rules]") {
  for (const expr::Function& f : functions::table()) {
    if (f.name == "inf") continue;
    INFO(f.example);
    Desk desk;
    CHECK(eval::proven_number(desk.evaluator, read(desk.graph, f.example), 12).decimal.text == f.answer);
  }
}
