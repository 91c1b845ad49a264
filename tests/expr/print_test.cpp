#include "expr/write/print.h"

#include <string>

#include "expr/build.h"
#include "expr/rewrite.h"
#include "expr/rows.h"

namespace nabla::expr {
namespace {

constexpr number::Forms kForms;  // nothing is computed here

Function row(std::string_view name, std::string_view latex, Notation notation = Notation::name) {
  return {.name = name,
          .title = name,
          .parameters = {},
          .latex = latex,
          .notation = notation,
          .forms = kForms,
          .help = {},
          .source = {},
          .example = {},
          .answer = {}};
}

const Function kSin = row("sin", "\\sin");
const Function kCos = row("cos", "\\cos");
const Function kLn = row("ln", "\\ln");
const Function kExp = row("exp", "e^{#1}", Notation::exponential);
const Function kAbs = row("abs", "\\left|#1\\right|", Notation::bars);
const Function kFactorial = row("factorial", "#1!", Notation::factorial);
const Function kPi = row("pi", "\\pi");

struct Fixture {
  Graph g;
  Expr x = g.symbol("x");
  Expr y = g.symbol("y");
  Expr n = g.symbol("n");

  Expr num(long a, long b = 1) { return g.rational(Rational(a, b)); }
  Expr f(const Function& row, Expr a) { return call(g, row, std::span(&a, 1)); }
  Expr pi() { return call(g, kPi, {}); }
  Expr mul(std::initializer_list<Expr> factors) { return product(g, {factors.begin(), factors.size()}); }
  Expr plus(std::initializer_list<Expr> terms) { return sum(g, {terms.begin(), terms.size()}); }
  Expr pow(Expr a, long p, long q = 1) { return power(g, a, num(p, q)); }
  std::string unicode(Expr e) { return print(g, e, Style::unicode); }
  std::string plain(Expr e) { return print(g, e, Style::plain); }
  std::string tex(Expr e) { return latex(g, e); }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "derivatives read as in a textbook") {
  const Expr product_rule = plus({mul({pow(x, 2), f(kCos, x)}), mul({num(2), x, f(kSin, x)})});
  CHECK(unicode(product_rule) == "2x·sin(x) + x²·cos(x)");
  CHECK(plain(product_rule) == "2*x*sin(x) + x^2*cos(x)");
  CHECK(tex(product_rule) == "2 x \\sin\\left(x\\right) + x^{2} \\cos\\left(x\\right)");
  CHECK(unicode(mul({power(g, x, x), plus({f(kLn, x), num(1)})})) == "x^x·(ln(x) + 1)");
  CHECK(unicode(pow(mul({x, f(kLn, x)}), -1)) == "1/(x·ln(x))");
  CHECK(tex(pow(mul({x, f(kLn, x)}), -1)) == "\\frac{1}{x \\ln\\left(x\\right)}");
  CHECK(plain(mul({y, f(kExp, mul({x, y})), plus({mul({x, y}), num(2)})})) == "y*e^(x*y)*(x*y + 2)");
}

TEST_CASE_METHOD(Fixture, "polynomials descend, constants come last, and a minus does not lead needlessly") {
  CHECK(unicode(plus({num(1), x, mul({num(3), pow(x, 2)})})) == "3x² + x + 1");
  CHECK(unicode(plus({num(1), negate(g, pow(x, 2))})) == "1 - x²");
  CHECK(unicode(plus({num(-1), x})) == "x - 1");
  CHECK(unicode(plus({mul({num(2), x, y}), pow(y, 2), pow(x, 2)})) == "x² + 2x·y + y²");
  CHECK(unicode(plus({f(kSin, x), x, num(2)})) == "x + sin(x) + 2");
  CHECK(print(g, plus({num(1), x, mul({num(1, 2), pow(x, 2)})}), Style::unicode, Order::ascending) == "1 + x + x²/2");
}

TEST_CASE_METHOD(Fixture, "signs and fractions are unambiguous") {
  CHECK(unicode(negate(g, pow(x, 2))) == "-x²");
  CHECK(unicode(pow(plus({x, num(1)}), -2)) == "1/(x + 1)²");
  CHECK(unicode(divide(g, plus({x, num(1)}), plus({x, num(-2)}))) == "(x + 1)/(x - 2)");
  CHECK(unicode(mul({num(2, 3), x})) == "2x/3");
  CHECK(plain(mul({num(-2, 3), x})) == "-2*x/3");
  CHECK(unicode(mul({num(3, 2), pow(x, -1)})) == "3/(2x)");
  CHECK(unicode(mul({num(3), plus({x, num(1)})})) == "3(x + 1)");
  CHECK(unicode(mul({x, plus({x, num(1)})})) == "x·(x + 1)");
  CHECK(unicode(mul({num(2), f(kSin, x)})) == "2·sin(x)");
  CHECK(unicode(mul({num(2), pi()})) == "2π");
  CHECK(unicode(negate(g, plus({x, num(1)}))) == "-(x + 1)");
  CHECK(unicode(subtract(g, x, mul({f(kSin, x), plus({x, num(1)})}))) == "x - (x + 1)·sin(x)");
  CHECK(unicode(mul({num(2), g.symbol("e1")})) == "2·e1");
}

TEST_CASE_METHOD(Fixture, "powers and roots") {
  CHECK(unicode(power(g, num(-2), n)) == "(-2)^n");
  CHECK(unicode(power(g, num(1, 2), n)) == "(1/2)^n");
  CHECK(unicode(power(g, x, negate(g, n))) == "x^(-n)");
  CHECK(unicode(power(g, x, pow(y, 2))) == "x^(y²)");
  CHECK(unicode(power(g, power(g, x, y), n)) == "(x^y)^n");
  CHECK(unicode(mul({num(1, 2), pow(num(3), 1, 2)})) == "√3/2");
  CHECK(plain(mul({num(1, 2), pow(num(3), 1, 2)})) == "sqrt(3)/2");
  CHECK(unicode(pow(plus({x, num(1)}), 1, 2)) == "√(x + 1)");
  CHECK(unicode(pow(x, -1, 2)) == "1/√x");
  CHECK(unicode(pow(x, 1, 3)) == "cbrt(x)");
  CHECK(unicode(pow(x, 2, 3)) == "x^(2/3)");
  CHECK(plain(pow(x, -2, 3)) == "1/x^(2/3)");
  CHECK(unicode(pow(f(kSin, x), 2)) == "sin²(x)");
  CHECK(plain(pow(f(kSin, x), 2)) == "sin(x)^2");
  CHECK(tex(pow(f(kSin, x), 2)) == "\\sin^{2}\\left(x\\right)");
  CHECK(unicode(f(kExp, negate(g, pow(x, 2)))) == "e^(-x²)");
  CHECK(unicode(f(kExp, num(-1))) == "1/e");
  CHECK(tex(pow(x, 1, 3)) == "\\sqrt[3]{x}");
}

TEST_CASE_METHOD(Fixture, "bars, factorials, comparisons and branches") {
  CHECK(unicode(f(kAbs, x)) == "|x|");
  CHECK(plain(f(kAbs, x)) == "abs(x)");
  CHECK(unicode(mul({num(2), f(kAbs, x)})) == "2·|x|");
  CHECK(unicode(f(kAbs, plus({f(kAbs, x), num(-1)}))) == "abs(|x| - 1)");
  CHECK(unicode(f(kFactorial, plus({n, num(1)}))) == "(n + 1)!");
  CHECK(unicode(f(kFactorial, f(kFactorial, n))) == "(n!)!");
  const Expr below = compare(g, Relation::less_equal, x, num(1));
  CHECK(unicode(below) == "x ≤ 1");
  CHECK(plain(below) == "x <= 1");
  CHECK(unicode(compare(g, Relation::less, num(0), x)) == "x > 0");
  const Expr both[] = {compare(g, Relation::less, num(0), x), compare(g, Relation::less, x, num(1))};
  CHECK(unicode(logic(g, Connective::and_, both)) == "0 < x and x < 1");
  const Expr branches = select(g, below, negate(g, x), select(g, both[0], x, num(2)));
  CHECK(unicode(branches) == "x ≤ 1 ? -x : x > 0 ? x : 2");
  CHECK(unicode(add(g, branches, y)) == "y + (x ≤ 1 ? -x : x > 0 ? x : 2)");
  CHECK(tex(branches) ==
        "\\begin{cases} -x & \\text{if } x \\leq 1 \\\\ x & \\text{if } x > 0 \\\\ 2 & \\text{otherwise} "
        "\\end{cases}");
}

TEST_CASE_METHOD(Fixture, "bound variables take a free name") {
  Operation op{};
  op.name = "sum";
  op.arguments = {Argument::body, Argument::variable, Argument::value, Argument::value};
  op.latex = "\\sum_{#v=#2}^{#3} #1";
  const Expr k = g.fresh_symbol();
  const Expr args[] = {mul({pow(k, 2), g.symbol("k")}), num(1), n};
  const int bodies[] = {0};
  const Expr e = operation(g, op, args, k, bodies);
  CHECK(unicode(e) == "sum(k·j², j, 1, n)");
  CHECK(tex(e) == "\\sum_{j=1}^{n} k j^{2}");
}

TEST_CASE_METHOD(Fixture, "derivatives at a point") {
  Operation op{};
  op.name = "diff";
  op.is_point_derivative = true;
  const Expr k = g.fresh_symbol();
  const int bodies[] = {0};
  const Expr named[] = {f(kSin, k), num(2), x};
  CHECK(unicode(operation(g, op, named, k, bodies)) == "sin''(x)");
  const Expr formula[] = {mul({k, f(kAbs, k)}), num(1), num(0)};
  const Expr e = operation(g, op, formula, k, bodies);
  CHECK(unicode(e) == "(diff(k·|k|, k) at k = 0)");
  CHECK(unicode(add(g, e, x)) == "x + (diff(k·|k|, k) at k = 0)");
}

TEST_CASE("names as LaTeX") {
  CHECK(latex_name("x") == "x");
  CHECK(latex_name("alpha") == "\\alpha");
  CHECK(latex_name("x_1") == "x_{1}");
  CHECK(latex_name("x₁₂") == "x_{12}");
  CHECK(latex_name("speed") == "\\mathrm{speed}");
}

TEST_CASE_METHOD(Fixture, "depth is no danger") {
  Expr e = x;
  for (int i = 0; i < 20000; ++i) e = f(kSin, e);
  CHECK(plain(e).size() == 20000 * 5 + 1);
}

}  // namespace nabla::expr
