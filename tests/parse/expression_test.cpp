#include "reading.h"

namespace nabla::parse {
namespace {

struct Case {
  const char* text;
  const char* shape;
};

void check(std::initializer_list<Case> cases) {
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(shape_of(c.text) == c.shape);
  }
}

TEST_CASE("operators bind as in a textbook") {
  check({{"7 - 3*2^2", "(- 7 (* 3 (^ 2 2)))"},
         {"-x^2", "(- (^ x 2))"},
         {"2^3^0", "(^ 2 (^ 3 0))"},
         {"2^-1", "(^ 2 (- 1))"},
         {"2^-x^2", "(^ 2 (- (^ x 2)))"},
         {"2--3", "(- 2 (- 3))"},
         {"--x", "x"},
         {"12/5/6", "(/ (/ 12 5) 6)"},
         {"x - z + 1 - 2", "(+ x (- z) 1 (- 2))"},
         {"x - (z + 1)", "(- x (+ z 1))"},
         {"x*z/2*3", "(* (/ (* x z) 2) 3)"},
         {"2^3!", "(^ 2 (! 3))"},
         {"-2!", "(- (! 2))"},
         {"0 < x < 1", "(and (< 0 x) (< x 1))"},
         {"x <= z != 2 > 1", "(and (and (<= x z) (!= z 2)) (> 2 1))"},
         {"x and z or not a < 3", "(or (and x z) (not (< a 3)))"},
         {"not not x == z", "(not (not (== x z)))"},
         {"x ? 1 : z ? 2 : 3", "(if x 1 (if z 2 3))"},
         {"x ? z ? 1 : 2 : 3", "(if x (if z 1 2) 3)"},
         {"(x ? 1 : 2) + 1", "(+ (if x 1 2) 1)"}});
}

TEST_CASE("implicit multiplication") {
  check({{"2x", "(* 2 x)"},
         {"3(x+1)", "(* 3 (+ x 1))"},
         {"(a)(b)", "(* a b)"},
         {"x sin(x)", "(* x (sin x))"},
         {"2 pi r", "(* 2 pi r)"},
         {"2πr²", "(* 2 pi (^ r 2))"},
         {"y(x + 1)", "(* y (+ x 1))"},
         {"2|x|", "(* 2 (bars x))"},
         {"2[1, 2]", "(* 2 (vec 1 2))"},
         {"x z!", "(* x (! z))"},
         {"x^2z", "(* (^ x 2) z)"},
         {"e^(-x) e^x", "(* (^ e (- x)) (^ e x))"},
         {"2√x", "(* 2 (sqrt x))"},
         {"ans ans", "(* %0 %0)"}});
}

TEST_CASE("readings that may surprise are noted") {
  CHECK(notes_of("1/2x") == "1/2x is read as (1/2) x; the other reading is written 1/(2x)\n");
  CHECK(notes_of("e^2x") == "e^2x is read as (e^2) x; the other reading is written e^(2x)\n");
  CHECK(notes_of("d/dx x^2 + 3x").find("ends before '+'") != std::string::npos);
  CHECK(notes_of("√x²").find("(√x)") != std::string::npos);
  for (const auto* text :
       {"1/2 x", "e^2 x", "x²y", "d/dx (x^2 + 3x)", "d/dx x^2", "2x", "x^2 sin(x)", "1/(2x)", "√(x)^2", "2x/3"})
    CHECK(notes_of(text).empty());
}

TEST_CASE("calls, primes and powers of functions") {
  check({{"sin (x)", "(sin x)"},
         {"max(1, x, 3)", "(max 1 x 3)"},
         {"cos()", "(cos)"},
         {"f'(x)", "(f' x)"},
         {"f''(2)", "(f'' 2)"},
         {"sin'(x)", "(sin' x)"},
         {"f′ + f’", "(+ f' f')"},
         {"f' (x)", "(f' x)"},
         {"sin^2(x)", "(^ (sin x) 2)"},
         {"sin²(x) + cos²(x)", "(+ (^ (sin x) 2) (^ (cos x) 2))"},
         {"sin^-1(x)", "(asin x)"},
         {"sin⁻¹(x)", "(asin x)"},
         {"f^2(x)", "(^ (f x) 2)"},
         {"f'^2(x)", "(^ (f' x) 2)"},
         {"sin^(n+1)(x)", "(^ (sin x) (+ n 1))"},
         {"2^sin^-2(x)^z", "(^ 2 (^ (^ (sin x) (- 2)) z))"},
         {"f^2", "(^ f 2)"},
         {"r'(t)[1]", "(idx (r' t) 1)"}});
}

TEST_CASE("bars") {
  check({{"|x|", "(bars x)"},
         {"|1-|x||", "(bars (- 1 (bars x)))"},
         {"||x|-1|", "(bars (- (bars x) 1))"},
         {"|x||z|", "(* (bars x) (bars z))"},
         {"|x| || |z|", "(or (bars x) (bars z))"},
         {"|x + |z||²", "(^ (bars (+ x (bars z))) 2)"},
         {"(|x|)", "(bars x)"},
         {"|[1, |x|]|", "(bars (vec 1 (bars x)))"}});
}

TEST_CASE("conditions") {
  check({{"if(x<0, -x, x)", "(if (< x 0) (- x) x)"},
         {"piecewise(x<0, 1, x<2, 2, 3)", "(if (< x 0) 1 (if (< x 2) 2 3))"},
         {"piecewise(x<0, 1, x<2, 2)", "(if (< x 0) 1 (if (< x 2) 2))"}});
}

TEST_CASE("vectors, elements and comprehensions") {
  check({{"[]", "(vec)"},
         {"[[a, b], [c, d]]", "(vec (vec a b) (vec c d))"},
         {"u[2]", "(idx u 2)"},
         {"u [1, 2]", "(idx u 1 2)"},
         {"(u)[1][2]", "(idx (idx u 1) 2)"},
         {"-u[1]^2", "(- (^ (idx u 1) 2))"},
         {"√u[1]", "(sqrt (idx u 1))"},
         {"%3[1]", "(idx %3 1)"},
         {"[k^2 for k in 1..5]", "(for (^ k 2) k 1 5)"},
         {"[k(k+1) for k in 1..n+1]", "(for (* k (+ k 1)) k 1 (+ n 1))"},
         {"[[i j for i in 1..2] for j in 1..3]", "(for (for (* i j) i 1 2) j 1 3)"}});
}

TEST_CASE("replacements bind loosest") {
  check({{"x^2 at x = 3", "(at (^ x 2) x 3)"},
         {"x z at x = 2, z = 3", "(at (* x z) x 2 z 3)"},
         {"q(1 - q) at q = 2", "(at (* q (- 1 q)) q 2)"},
         {"max(x at x = 2, 3)", "(max (at x x 2) 3)"},
         {"(x at x = 2) + 1", "(+ (at x x 2) 1)"},
         {"x at x = 2 at z = 3", "(at (at x x 2) z 3)"},
         {"x < 1 at x = 2 + 1", "(at (< x 1) x (+ 2 1))"},
         {"x ? 1 : 2 at x = 0", "(at (if x 1 2) x 0)"}});
}

TEST_CASE("derivatives as quotients") {
  check({{"d/dx x^2 + 3x", "(+ (partial (^ x 2) x 1) (* 3 x))"},
         {"d/dx (x^2 + 3x)", "(partial (+ (^ x 2) (* 3 x)) x 1)"},
         {"d/dx -2x z", "(partial (* (- 2) x z) x 1)"},
         {"d²/dx² x³", "(partial (^ x 3) x 2)"},
         {"d^2/dx^2 x^3", "(partial (^ x 3) x 2)"},
         {"∂/∂x x z", "(partial (* x z) x 1)"},
         {"∂²/∂x∂z x z", "(partial (* x z) x 1 z 1)"},
         {"∂^3/∂x^2∂z x", "(partial x x 2 z 1)"},
         {"d/dt d/dt t^3", "(partial (partial (^ t 3) t 1) t 1)"},
         {"2 d/dx x^2 at x = 3", "(at (* 2 (partial (^ x 2) x 1)) x 3)"},
         {"d/dx q(1) at q = 1", "(at (partial (* q 1) x 1) q 1)"},
         {"d/dx x(1 - x)", "(partial (* x (- 1 x)) x 1)"},
         {"d/dx x < 1", "(< (partial x x 1) 1)"},
         {"[d/dx x, 2]", "(vec (partial x x 1) 2)"},
         {"dy/dx", "(diff y x)"},
         {"d^2y/dx^2", "(diff y x 2)"},
         {"∂y/∂x", "(diff y x)"}});
  CHECK(shape(read("h(d, dx) = d/dx").body) == "(/ d dx)");
}

TEST_CASE("signs that stand for functions") {
  check({{"√x", "(sqrt x)"},
         {"√(x+1)", "(sqrt (+ x 1))"},
         {"√2x", "(* (sqrt 2) x)"},
         {"√x²", "(^ (sqrt x) 2)"},
         {"√√x", "(sqrt (sqrt x))"},
         {"√sin(x)/2", "(/ (sqrt (sin x)) 2)"},
         {"2^√x", "(^ 2 (sqrt x))"},
         {"∇f", "(grad f)"},
         {"∇f[1]", "(grad (idx f 1))"},
         {"∇(x^2 z, [x, z])", "(grad (* (^ x 2) z) (vec x z))"},
         {"∫(x^2, x, 0, 1)", "(integrate (^ x 2) x 0 1)"},
         {"Σ(k, k, 1, n)", "(sum k k 1 n)"},
         {"1/30°", "(/ 1 (* 30 (/ pi 180)))"},
         {"sin(30°)", "(sin (* 30 (/ pi 180)))"}});
}

TEST_CASE("variables of operations are products before a bracket") {
  check({{"ode(q(1 - q), [x, 0, 4], [q, 0.1])", "(ode (* q (- 1 q)) (vec x 0 4) (vec q 1/10))"},
         {"ode(f(1 - f), [x, 0, 4], [f, 0.1])", "(ode (* f (- 1 f)) (vec x 0 4) (vec f 1/10))"},
         {"diff(k(k + 1), k)", "(diff (* k (+ k 1)) k)"},
         {"sum(sum(i(j), j, 1, i), i, 1, n)", "(sum (sum (* i j) j 1 i) i 1 n)"},
         {"limit(1/x, x, 0, left)", "(limit (/ 1 x) x 0 left)"}});
  CHECK(error_of("diff(k, k) + k(2)").first == 14);
}

TEST_CASE("equations stand where they are due") {
  check({{"solve(x^2 = 2, x)", "(solve (= (^ x 2) 2) x)"},
         {"solve([x + z = 1, x - z = 3], [x, z], [0, 0])",
          "(solve (vec (= (+ x z) 1) (= (- x z) 3)) (vec x z) (vec 0 0))"},
         {"implicit(x^2 + z^2 = 1, z, x)", "(implicit (= (+ (^ x 2) (^ z 2)) 1) z x)"},
         {"minimize(x + z, [x, z], [0, 0], x z = 1)", "(minimize (+ x z) (vec x z) (vec 0 0) (= (* x z) 1))"},
         {"ode(q' = q, [x, 0, 1], [q, 1])", "(ode (= q' q) (vec x 0 1) (vec q 1))"},
         {"ode(q'' = -q' (1 + q), [x, 0, 1], [q, 1, 0])", "(ode (= q'' (* (- q') (+ 1 q))) (vec x 0 1) (vec q 1 0))"},
         {"ode([q' = v, v' = -q], [t, 0, 3], [q, 1], [v, 0])",
          "(ode (vec (= q' v) (= v' (- q))) (vec t 0 3) (vec q 1) (vec v 0))"},
         {"ode(dq/dx = q, [x, 0, 1], [q, 1])", "(ode (= q' q) (vec x 0 1) (vec q 1))"},
         {"solve(x^2 = b at b = 2, x)", "(solve (at (= (^ x 2) b) b 2) x)"}});
}

TEST_CASE("every term knows its place") {
  const auto place = [](std::string_view text, std::initializer_list<std::size_t> path) {
    const auto s = read(text);
    auto t = s.body;
    for (const auto i : path) t = t[i];
    return std::string(source(text, t.span()));
  };
  CHECK(place("5/0", {}) == "5/0");
  CHECK(place("2 + 5/(1 - 1)", {1}) == "5/(1 - 1)");
  CHECK(place("2 + 5/((1 - 1))", {1, 1}) == "1 - 1");
  CHECK(place("x sin(2z) + 1", {0, 1}) == "sin(2z)");
  CHECK(place("1 - −x²", {1}) == "−x²");
  CHECK(place("1 - x - z²", {2}) == "- z²");
  CHECK(place("f(x) = 2 + ln( x )", {1}) == "ln( x )");
  CHECK(place("u[1 + 1] z", {0}) == "u[1 + 1]");
  CHECK(place("3 + |x - 1|!", {1}) == "|x - 1|!");
  CHECK(place("0 < x < 1", {1}) == "x < 1");
  CHECK(place("1 + sin^2(x) z", {1, 0}) == "sin^2(x)");
  CHECK(place("2 d/dx x^2 + 1", {0, 1}) == "d/dx x^2");
  CHECK(place("(x at x = 2) + 1", {0}) == "x at x = 2");
  CHECK(place("√(2x) z", {0}) == "√(2x)");
  CHECK(place("solve(x = 2, x)", {0}) == "x = 2");
  CHECK(place("[x for k in 1..2]", {}) == "[x for k in 1..2]");
  CHECK(place("x ? 1 : 2", {}) == "x ? 1 : 2");
  CHECK(place("if(x, 1, 2) z", {0}) == "if(x, 1, 2)");
  const auto statement = read("2 sinh'(x)");
  CHECK(statement.body[1].name_span() == base::Span{2, 6});
}

}  // namespace
}  // namespace nabla::parse
