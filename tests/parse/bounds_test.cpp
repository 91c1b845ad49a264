// ∫, lim, Σ and Π with their bounds are the calls that they stand for.
#include "reading.h"

namespace nabla::parse {
namespace {

struct Case {
  const char* paper;
  const char* call;
};

TEST_CASE("paper notation with bounds is read as a call") {
  const auto cases = std::to_array<Case>({
      {"∫ x^2 dx", "integrate(x^2, x)"},
      {"∫x^2 + 1 dx", "integrate(x^2 + 1, x)"},
      {"∫_0^1 x^2 dx", "integrate(x^2, x, 0, 1)"},
      {"∫₀¹ x² dx", "integrate(x^2, x, 0, 1)"},
      {"∫_a^b f(x) dx", "integrate(f(x), x, a, b)"},
      {"∫_{-1}^{2a} t dt", "integrate(t, t, -1, 2a)"},
      {"∫_-1^1 t dt", "integrate(t, t, -1, 1)"},
      {"∫_0^∞ e^(-x^2) dx", "integrate(e^(-x^2), x, 0, inf)"},
      {"∫_0^π sin(θ) dθ", "integrate(sin(θ), θ, 0, pi)"},
      {"∫_0^1 ∫_0^x x y dy dx", "integrate(integrate(x y, y, 0, x), x, 0, 1)"},
      {"2∫ x dx + 1", "2integrate(x, x) + 1"},
      {"∫ dx", "integrate(1, x)"},
      {"∫(x + 1) dx", "integrate(x + 1, x)"},
      {"∫(x, x, 0, 1)", "integrate(x, x, 0, 1)"},
      {"d/dx ∫_0^x f(t) dt", "d/dx integrate(f(t), t, 0, x)"},
      {"\\int_0^1 x\\,dx", "integrate(x, x, 0, 1)"},
      {"\\int_{0}^{1} x^2 \\, \\mathrm{d}x", "integrate(x^2, x, 0, 1)"},
      {"lim_{x → 0} sin(x)/x", "limit(sin(x)/x, x, 0)"},
      {"lim_{x -> 0} sin(x)/x", "limit(sin(x)/x, x, 0)"},
      {"lim_(x->0) sin(x)/x", "limit(sin(x)/x, x, 0)"},
      {"lim x->0 sin(x)/x", "limit(sin(x)/x, x, 0)"},
      {"lim_{x→∞} (1 + 1/x)^x", "limit((1 + 1/x)^x, x, inf)"},
      {"lim_{x → 0^+} 1/x", "limit(1/x, x, 0, right)"},
      {"lim_{x → 0⁻} 1/x", "limit(1/x, x, 0, left)"},
      {"lim_{x → 0-} 1/x", "limit(1/x, x, 0, left)"},
      {"lim_{h → 0} (f(a+h) - f(a))/h", "limit((f(a+h) - f(a))/h, h, 0)"},
      {"\\lim_{x \\to 0} \\frac{\\sin(x)}{x}", "limit(sin(x)/x, x, 0)"},
      {"Σ_{k=1}^n k^2", "sum(k^2, k, 1, n)"},
      {"∑_{k=1}^{n} k^2 + 1", "sum(k^2, k, 1, n) + 1"},
      {"2Σ_{k=0}^∞ 1/k!", "2sum(1/k!, k, 0, inf)"},
      {"sum_{k=1}^3 2k", "sum(2k, k, 1, 3)"},
      {"\\sum_{k=1}^{n} k", "sum(k, k, 1, n)"},
      {"\\sum\\limits_{k=1}^n k", "sum(k, k, 1, n)"},
      {"Π_{k=1}^n k", "prod(k, k, 1, n)"},
      {"∏_{k=1}^{n+1} (k + 1)", "prod(k + 1, k, 1, n + 1)"},
      {"Σ_{i=1}^n Σ_{j=1}^i i j", "sum(sum(i j, j, 1, i), i, 1, n)"},
      {"Σ_{k=1}^3 k < 5", "sum(k, k, 1, 3) < 5"},
      {"f(Σ_{k=1}^3 k, 2)", "f(sum(k, k, 1, 3), 2)"},
  });
  for (const auto& [paper, call] : cases) {
    INFO(paper);
    REQUIRE(error_of(paper).second.empty());
    CHECK(shape_of(paper) == shape_of(call));
  }
}

TEST_CASE("a bound name hides what it means outside") {
  CHECK(shape_of("∫ u(u + 1) du") == "(integrate (* u (+ u 1)) u)");
  CHECK(shape_of("Σ_{f=1}^3 f(2)") == "(sum (* f 2) f 1 3)");
}

TEST_CASE("where a sum ends is said, if more follows") {
  CHECK(notes_of("Σ_{k=1}^n k + 1") == "the sum ends before '+'; for more, put brackets: Σ_{k=1}^n (…)\n");
  CHECK(notes_of("lim_{x → 0} x - 1") == "the limit ends before '-'; for more, put brackets: lim_{x → 0} (…)\n");
  CHECK(notes_of("Σ_{k=1}^n (k + 1) + 1").empty());
  CHECK(notes_of("∫ x dx + 1").empty());
}

TEST_CASE("what is missing in paper notation is named") {
  const auto cases = std::to_array<Case>({
      {"∫ x^2", "this integral does not end: its dx is missing; write ∫ x^2 dx or ∫_0^1 x^2 dx"},
      {"(∫ x^2) + 1", "this integral does not end: its dx is missing; write ∫ x^2 dx or ∫_0^1 x^2 dx"},
      {"∫_0 x dx", "the bounds cannot be read; write ∫_0^1 x^2 dx; longer bounds stand in braces"},
      {"∫ dx/x", "what is to be integrated stands before the differential; write ∫ 1/x dx"},
      {"∫ x, 2 dx",
       "a ',' stands only between the elements of a list or the arguments of a function; a list is written in "
       "square brackets: [a, b]"},
      {"Σ_{k=1} k", "the upper bound is missing; write Σ_{k=1}^n k^2"},
      {"Σ_{k}^3 k", "below Σ a name and its first value are due; write Σ_{k=1}^n k^2"},
      {"lim_{x=0} x", "below lim a name and its limit are due; write lim_{x → 0} sin(x)/x"},
      {"Σ_{k=1}^n", "what belongs to this sum is missing; write Σ_{k=1}^n k^2"},
      {"lim_{x → 0}", "what belongs to this limit is missing; write lim_{x → 0} sin(x)/x"},
      {"x → 2", "an arrow stands only below lim; write lim_{x → 0} sin(x)/x or limit(E, x, 0)"},
  });
  for (const auto& [text, message] : cases) {
    INFO(text);
    CHECK(error_of(text).second == message);
  }
}

TEST_CASE("bounds in bounds end somewhere") {
  std::string text = "1";
  for (int i = 0; i < 100; ++i) text = "∫_0^{" + text + "} x dx";
  CHECK(error_of(text).second == "bounds are nested too deep; define parts of it by name");
}

}  // namespace
}  // namespace nabla::parse
