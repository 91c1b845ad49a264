#include "session/help/meanings.h"

#include <algorithm>
#include <array>

namespace nabla::session {

namespace {

constexpr auto kMeanings = std::to_array<Meaning>({
    {"derivative differentiate differentiation derivation slope rate prime", "diff grad tangent steps numdiff", ""},
    {"gradient nabla del", "grad diff directional", ""},
    {"partial", "diff grad jacobian hessian", ""},
    {"integral integration antiderivative primitive quadrature", "integrate sum", ""},
    {"area surface", "integrate area sum", ""},
    {"maximum minimum extremum extrema highest lowest peak greatest least optimum optimize",
     "extrema minimize maximize max min critical", ""},
    {"inflection bend turning", "extrema", ""},
    {"zero", "solve plot root_of", "plot x^2 - 2 for x = -3..3 mark roots shows where a function is 0"},
    {"equation solution unknown", "solve solve_linear root_of implicit plot", ""},
    {"system linear", "solve_linear solve det inverse", ""},
    {"root radical", "root sqrt cbrt solve root_of", ""},
    {"lim approach", "limit", ""},
    {"series expansion maclaurin", "taylor sum", ""},
    {"summation sigma addition total", "sum prod", ""},
    {"product multiplication", "prod sum", ""},
    {"differential ode slopefield", "ode diff plot", "plot field y' = x - y for x = -2..2, y = -2..2 draws slopes"},
    {"curve graph draw chart figure picture image sketch", "plot plots save", ""},
    {"circle", "plot plots implicit", ""},
    {"parametric polar contour heatmap vectorfield", "plots plot", ""},
    {"values spreadsheet excel csv", "table formats save", ""},
    {"export file download", "save table plot formats", ""},
    {"import load open", "read", ""},
    {"latex tex markdown json", "formats save", "set format latex writes answers for papers"},
    {"paste copy clipboard", "lesson read",
     "what is pasted runs line by line; the prompts of an old session are dropped"},
    {"exit leave close end bye logout", "quit", ""},
    {"delete remove forget reset unset", "clear undo", ""},
    {"variable", "notation show clear", "a = 2 gives a value, clear a takes it away"},
    {"define definition", "notation show", "f(x) = x^2 makes a function, a = 2 a value"},
    {"substitute replace evaluate plug insert where", "at", ""},
    {"fraction rational ratio", "certainty formats", "1/3 is exact; set exact only shows √3/2 without its decimals"},
    {"decimal place precision accuracy rounding", "round set certainty",
     "set digits 30 shows more digits, proven all the same"},
    {"exact proof proven error uncertainty trust", "certainty same assert", ""},
    {"percent percentage", "notation", "20 % of 150 is 20/100*150"},
    {"modulo modulus remainder division", "mod floor frac", ""},
    {"combination choose ncr binomial", "binomial factorial", ""},
    {"permutation npr arrangement", "factorial binomial", ""},
    {"probability normal gaussian statistics", "normpdf normcdf mean", ""},
    {"average", "mean average", ""},
    {"logarithm", "ln log log2 log10", ""},
    {"exponent exponential", "exp ln", ""},
    {"power square squared", "notation sqrt exp", "x^2 is x², x^(1/2) a root"},
    {"trigonometry sine angle", "sin cos tan asin atan2", ""},
    {"degree radian", "notation sin", "sin(30°) takes degrees; pi/6*180/pi turns radians into degrees"},
    {"hyperbolic", "sinh cosh tanh", ""},
    {"absolute magnitude", "abs norm", ""},
    {"infinity infinite", "inf", ""},
    {"euler napier", "e euler_gamma exp", ""},
    {"matrix matrices determinant", "det inverse transpose eigenvalues solve_linear", "[[1, 2], [3, 4]] is a matrix"},
    {"eigenvalue eigenvector", "eigenvalues det", ""},
    {"vector scalar", "dot cross norm len", "[1, 2, 3] is a vector"},
    {"list array sequence range loop", "for in parts step", "[k^2 for k in 1..5] is a vector by a rule"},
    {"condition conditional case otherwise else", "if piecewise", ""},
    {"simplify simplification", "same", "answers are simplified as they are"},
    {"expand distribute", "expand", "answers are simplified as they are"},
    {"factor factorise factorize", "factor", "answers are simplified as they are"},
    {"check homework compare equal prove", "same assert", ""},
    {"derive explain", "steps", ""},
    {"undo back mistake", "undo clear", ""},
    {"last previous answer result", "ans", "%3 is the third answer of the session"},
    {"script program", "read save", ""},
    {"print output text message", "print formats", ""},
    {"speed duration benchmark", "time", ""},
    {"colour color dark light font size width", "set settings", ""},
    {"option preference configuration", "set settings", ""},
    {"begin start beginner tutorial learn example me how", "lesson topics", ""},
    {"symbol greek letter sign", "notation", ""},
    {"unit kilometre currency money", "notation", "numbers alone are known, units are not"},
    {"complex imaginary", "notation", "numbers are real"},
    {"random dice", "notation", "there are no random numbers: an answer is the same each time"},
});

}  // namespace

std::span<const Meaning> meanings() { return kMeanings; }

const Meaning* find_meaning(std::string_view word) {
  const auto has = [](std::string_view words, std::string_view one) {
    while (!words.empty()) {
      const std::size_t end = std::min(words.find(' '), words.size());
      if (words.substr(0, end) == one) return true;
      words.remove_prefix(std::min(end + 1, words.size()));
    }
    return false;
  };
  const auto singular = word.ends_with('s') ? word.substr(0, word.size() - 1) : word;
  const auto* const found =
      std::ranges::find_if(kMeanings, [&](const Meaning& m) { return has(m.words, word) || has(m.words, singular); });
  return found == kMeanings.end() ? nullptr : found;
}

}  // namespace nabla::session
