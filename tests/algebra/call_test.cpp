#include "algebra/rules/call.h"

#include "algebra/reading.h"
#include "calc/graph_rules.h"
#include "expr/write/print.h"

namespace {

using namespace nabla;
using expr::Expr;
using expr::Graph;

struct Pair {
  const char* text;
  const char* equal;
};

TEST_CASE("Calls have their exact values, and equal calls are the same node", "[call]") {
  const Pair pair = GENERATE(values<Pair>({
      {"sin(pi/6)", "1/2"},
      {"sin(13pi/6)", "1/2"},
      {"cos(-pi/3)", "1/2"},
      {"tan(pi/4)", "1"},
      {"sin(5pi/6)", "1/2"},
      {"cos(pi)", "-1"},
      {"sin(-pi/2)", "-1"},
      {"cos(100pi)", "1"},
      {"asin(1/2)", "pi/6"},
      {"acos(-1/2)", "2pi/3"},
      {"atan(1)", "pi/4"},
      {"atan(-1)", "-pi/4"},
      {"ln(e^2)", "2"},
      {"ln(sqrt(e))", "1/2"},
      {"exp(0)", "1"},
      {"exp(1)", "e"},
      {"e^x", "exp(x)"},
      {"ln(exp(x))", "x"},
      {"gamma(1/2)", "sqrt(pi)"},
      {"gamma(5)", "24"},
      {"zeta(2)", "pi^2/6"},
      {"5!", "120"},
      {"sin(-x)", "-sin(x)"},
      {"cos(-x)", "cos(x)"},
      {"sin(x + 2pi)", "sin(x)"},
      {"abs(-x)", "abs(x)"},
      {"sqrt(x)", "x^(1/2)"},
      {"cbrt(x)", "x^(1/3)"},
      {"root(x, 5)", "x^(1/5)"},
      {"sqrt(x^2)", "abs(x)"},
      {"abs(x)^2", "x^2"},
      {"exp(x)^2", "exp(2x)"},
      {"exp(3ln(2))", "8"},
      {"sqrt(9/4)", "3/2"},
      {"max(1, 2, 3)", "3"},
      {"floor(7/2)", "3"},
      {"sin(asin(1/3))", "1/3"},
      {"tan(x + pi)", "tan(x)"},
      {"sin(sqrt(2) - sqrt(2))", "0"},
  }));
  Graph g(&calc::kRules);
  const Expr a = read(g, pair.text);
  const Expr b = read(g, pair.equal);
  CAPTURE(pair.text, pair.equal, expr::print(g, a, expr::Style::plain), expr::print(g, b, expr::Style::plain));
  CHECK(a == b);
}

TEST_CASE("What would enlarge a domain is left alone", "[call]") {
  Graph g(&calc::kRules);
  const char* text = GENERATE("sin(asin(x))", "exp(ln(x))", "ln(x^2)", "tan(pi/2)", "sqrt(x)^2", "asin(2)", "ln(-1)");
  const Expr e = read(g, text);
  CAPTURE(text);
  CHECK(g.kind(e) != expr::Kind::symbol);
  CHECK_FALSE(g.is_number(e));
}

TEST_CASE("Poles are known", "[call]") {
  Graph g(&calc::kRules);
  CHECK(algebra::is_pole(g, read(g, "tan(pi/2)")));
  CHECK(algebra::is_pole(g, read(g, "tan(3pi/2)")));
  CHECK_FALSE(algebra::is_pole(g, read(g, "tan(pi/7)")));
}

TEST_CASE("The texts of every row can be compiled", "[call]") {
  for (const expr::Function& f : functions::table()) {
    CAPTURE(std::string(f.name));
    Graph g(&calc::kRules);
    const algebra::Parameters& p = algebra::parameters_of(f);
    std::vector<Expr> args;
    for (const std::string& name : p.names) args.push_back(g.symbol(name));
    if (p.variadic) args.push_back(g.symbol("y"));
    const Expr call = g.make(expr::Kind::call, args, reinterpret_cast<std::uint64_t>(&f));
    CHECK_NOTHROW(algebra::expanded(g, call));
    for (std::size_t i = 0; i < args.size(); ++i) {
      const std::string_view rule = algebra::derivative_rule(f, i);
      if (algebra::is_given(rule)) CHECK_NOTHROW(algebra::instantiate(g, f, rule, args));
    }
    for (const algebra::SpecialValue& v : algebra::special_values(f)) {
      if (v.points.empty()) CHECK_NOTHROW(algebra::built_in(g, v.at));
      if (!v.is_pole()) CHECK_NOTHROW(algebra::built_in(g, v.value));
    }
  }
}

TEST_CASE("Angles that are multiples of pi are reflected", "[call]") {
  for (long n = -40; n <= 40; ++n) {
    for (const long d : {7L, 9L, 11L, 13L}) {
      Graph g(&algebra::kRules);
      const auto at = [&](const char* f, long numerator) {
        return read(g, std::string(f) + "(" + std::to_string(numerator) + "*pi/" + std::to_string(d) + ")");
      };
      INFO(n << "pi/" << d);
      CHECK(at("sin", n) == at("sin", d - n));
      CHECK(at("cos", n) == expr::negate(g, at("cos", d - n)));
      if (n % d != 0) CHECK(at("cot", n) == expr::negate(g, at("cot", d - n)));
      CHECK(at("sec", n) == expr::negate(g, at("sec", d - n)));
      if (n % d != 0) CHECK(at("csc", n) == at("csc", d - n));
    }
  }
}

}  // namespace
