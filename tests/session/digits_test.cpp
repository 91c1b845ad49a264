// The digits of random expressions against decimal arithmetic of another library, at four times the precision.
#include <boost/multiprecision/cpp_dec_float.hpp>
#include <functional>
#include <optional>
#include <random>
#include <regex>
#include <sstream>

#include "support/child.h"

namespace {

using namespace nabla;
// Four times 50 digits.
using Real = boost::multiprecision::number<boost::multiprecision::cpp_dec_float<200>, boost::multiprecision::et_off>;

const Real kPi = boost::math::constants::pi<Real>();
// Nearer to the border of a domain or to a step the reference does not know on which side it is.
const Real kClose("1e-80");

// What this reference cannot tell; the program may.
struct Unknown {};
// Outside a domain.
struct NoValue {};

bool is_zero(const Real& x) {
  if (x == 0) return true;
  if (abs(x) < kClose) throw Unknown{};
  return false;
}
const Real& positive(const Real& x) {
  if (is_zero(x) || x < 0) throw NoValue{};
  return x;
}
const Real& nonnegative(const Real& x) {
  if (!is_zero(x) && x < 0) throw NoValue{};
  return x;
}
// |x| <= 1 or, if `open`, |x| < 1.
const Real& unit(const Real& x, bool open) {
  const Real room = 1 - abs(x);
  if (is_zero(room) ? open : room < 0) throw NoValue{};
  return x;
}
const Real& nonzero(const Real& x) {
  if (is_zero(x)) throw NoValue{};
  return x;
}
// x for functions that grow like exp or oscillate.
const Real& moderate(const Real& x) {
  if (abs(x) > 500) throw Unknown{};
  return x;
}
Real step(const Real& x, Real (*f)(const Real&)) {
  const Real nearest = floor(x + Real(0.5));
  if (x != nearest && abs(x - nearest) < kClose) throw Unknown{};
  return f(x);
}
Real quotient(const Real& a, const Real& b) { return a / nonzero(b); }
Real power(const Real& x, int n) { return n < 0 ? quotient(Real(1), pow(x, -n)) : n == 0 ? Real(1) : Real(pow(x, n)); }

struct Function {
  const char* name;
  Real (*value)(const Real& x);
};
const Function kFunctions[] = {
    {"sqrt", [](const Real& x) -> Real { return sqrt(nonnegative(x)); }},
    {"cbrt",
     [](const Real& x) -> Real {
       if (is_zero(x)) return 0;
       const Real root = exp(log(abs(x)) / 3);
       return x < 0 ? Real(-root) : root;
     }},
    {"exp", [](const Real& x) -> Real { return exp(moderate(x)); }},
    {"ln", [](const Real& x) -> Real { return log(positive(x)); }},
    {"log2", [](const Real& x) -> Real { return log(positive(x)) / log(Real(2)); }},
    {"log10", [](const Real& x) -> Real { return log(positive(x)) / log(Real(10)); }},
    {"sin", [](const Real& x) -> Real { return sin(moderate(x)); }},
    {"cos", [](const Real& x) -> Real { return cos(moderate(x)); }},
    {"tan", [](const Real& x) -> Real { return quotient(sin(moderate(x)), cos(x)); }},
    {"cot", [](const Real& x) -> Real { return quotient(cos(moderate(x)), sin(x)); }},
    {"sec", [](const Real& x) -> Real { return quotient(1, cos(moderate(x))); }},
    {"asin", [](const Real& x) -> Real { return asin(unit(x, false)); }},
    {"acos", [](const Real& x) -> Real { return acos(unit(x, false)); }},
    {"atan", [](const Real& x) -> Real { return atan(x); }},
    {"sinh", [](const Real& x) -> Real { return (exp(moderate(x)) - exp(-x)) / 2; }},
    {"cosh", [](const Real& x) -> Real { return (exp(moderate(x)) + exp(-x)) / 2; }},
    {"tanh", [](const Real& x) -> Real { return (exp(moderate(x)) - exp(-x)) / (exp(x) + exp(-x)); }},
    {"asinh",
     [](const Real& x) -> Real {
       const Real size = log(abs(x) + sqrt(x * x + 1));
       return x < 0 ? Real(-size) : size;
     }},
    {"acosh", [](const Real& x) -> Real { return nonnegative(x - 1), log(x + sqrt(x * x - 1)); }},
    {"atanh", [](const Real& x) -> Real { return unit(x, true), log((1 + x) / (1 - x)) / 2; }},
    {"sigmoid", [](const Real& x) -> Real { return 1 / (1 + exp(-moderate(x))); }},
    {"softplus", [](const Real& x) -> Real { return log(1 + exp(moderate(x))); }},
    {"abs", [](const Real& x) -> Real { return abs(x); }},
    {"floor", [](const Real& x) -> Real { return step(x, [](const Real& y) -> Real { return floor(y); }); }},
    {"frac", [](const Real& x) -> Real { return x - step(x, [](const Real& y) -> Real { return floor(y); }); }},
    {"relu", [](const Real& x) -> Real { return is_zero(x) || x < 0 ? Real(0) : x; }},
    {"sign", [](const Real& x) -> Real { return is_zero(x) ? 0
                                                : x < 0    ? -1
                                                           : 1; }},
};

// An expression as text, and what computes it.
struct Question {
  std::string text;
  std::function<Real()> value;
};

class Draw {
 public:
  explicit Draw(unsigned seed) : random_(seed) {}

  Question question(int depth) {
    if (depth == 0) return number();
    const int kind = below(100);
    if (kind < 35) return of_two(depth);
    if (kind < 45) return whole_power(depth);
    if (kind < 50) return branch(depth);
    if (kind < 55) return cancelling(depth);
    return of_function(kFunctions[below(std::size(kFunctions))], question(depth - 1));
  }

 private:
  int below(std::size_t n) { return static_cast<int>(random_() % n); }

  Question number() {
    const int kind = below(12);
    if (kind < 3) return {"pi", [] { return kPi; }};
    if (kind == 3) return {"e", [] { return Real(exp(Real(1))); }};
    static const char* const kDecimals[] = {"0",    "1",     "2",    "3",      "10",   "0.5",     "0.1",  "2.5",
                                            "1e-3", "1e-20", "1e-8", "0.3333", "7.25", "12345.6", "1e10", "99"};
    if (kind < 8) {
      const std::string text = kDecimals[below(std::size(kDecimals))];
      return {text, [text] { return Real(text); }};
    }
    const int p = below(12) - 4;
    const int q = below(9) + 1;
    return {"(" + std::to_string(p) + "/" + std::to_string(q) + ")", [p, q] { return Real(p) / q; }};
  }

  static Question of_function(const Function& f, const Question& x) {
    return {std::string(f.name) + "(" + x.text + ")", [&f, x] { return f.value(x.value()); }};
  }

  Question of_two(int depth) {
    const Question a = question(depth - 1);
    const Question b = question(depth - 1 - below(static_cast<std::size_t>(depth)));
    switch (below(5)) {
      case 0: return {"(" + a.text + " + " + b.text + ")", [a, b] { return Real(a.value() + b.value()); }};
      case 1: return {"(" + a.text + " - " + b.text + ")", [a, b] { return Real(a.value() - b.value()); }};
      case 2: return {"(" + a.text + ")*(" + b.text + ")", [a, b] { return Real(a.value() * b.value()); }};
      case 3: return {"((" + a.text + ")/(" + b.text + "))", [a, b] { return quotient(a.value(), b.value()); }};
      default: return {"max(" + a.text + ", " + b.text + ")", [a, b] { return Real(std::max(a.value(), b.value())); }};
    }
  }

  Question whole_power(int depth) {
    const Question a = question(depth - 1);
    const int n = below(8) - 3;
    return {"(" + a.text + ")^" + std::to_string(n), [a, n] { return power(a.value(), n); }};
  }

  Question branch(int depth) {
    const Question a = question(depth - 1);
    const Question b = question(depth - 1);
    const Question c = question(depth - 1);
    return {"if(" + a.text + " < 1, " + b.text + ", " + c.text + ")", [a, b, c] {
              const Real room = 1 - a.value();
              return is_zero(room) || room < 0 ? c.value() : b.value();
            }};
  }

  // f(x + h) - f(x) for a tiny h.
  Question cancelling(int depth) {
    const Function& f = kFunctions[below(std::size(kFunctions))];
    const Question x = question(depth - 1);
    const Question moved{x.text + " + 1e-25", [x] { return Real(x.value() + Real("1e-25")); }};
    const Question a = of_function(f, moved);
    const Question b = of_function(f, x);
    return {"(" + a.text + " - " + b.text + ")", [a, b] { return Real(a.value() - b.value()); }};
  }

  std::mt19937 random_;
};

// Whether `printed` is `value` rounded to `digits` significant digits.
bool is_rounded(const std::string& printed, const Real& value, int digits) {
  const Real error = abs(Real(printed) - value);
  if (error == 0) return true;
  const Real size = abs(value);
  Real unit = pow(Real(10), static_cast<int>(floor(log10(size))) + 1 - digits);
  if (size < unit * pow(Real(10), digits - 1)) unit /= 10;
  return error <= unit / 2 * (1 + Real("1e-20"));
}

// A field of a JSON line as it is written: numbers may be larger than a double.
std::string field(const std::string& line, const std::string& name) {
  std::smatch match;
  return std::regex_search(line, match, std::regex("\"" + name + R"re(":"?([^,"}]+))re")) ? match[1].str() : "";
}

// The answers of one run, one to a line, numbers as they were printed.
std::vector<std::string> answers(const std::string& input, int digits) {
  const testing::Outcome outcome =
      testing::run({"--format", "json", "--keep-going", "--digits", std::to_string(digits), "-"}, {.input = input});
  CHECK(outcome.status <= 3);
  std::vector<std::string> lines;
  std::istringstream out(outcome.out);
  for (std::string line; std::getline(out, line);) lines.push_back(line);
  return lines;
}

void check_digits(int digits, unsigned seed) {
  constexpr int kQuestions = 600;
  constexpr int kDepth = 4;
  Draw draw(seed);
  std::vector<Question> questions;
  std::string input;
  for (int i = 0; i < kQuestions; ++i) {
    questions.push_back(draw.question(1 + i % kDepth));
    input += questions.back().text + "\n";
  }
  const std::vector<std::string> lines = answers(input, digits);
  REQUIRE(lines.size() == questions.size());
  int values = 0;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    INFO(questions[i].text << "\n" << lines[i]);
    const std::string kind = field(lines[i], "kind");
    std::optional<Real> value;
    try {
      value = questions[i].value();
    } catch (const NoValue&) {
      CHECK(kind == "error");
      continue;
    } catch (const Unknown&) {
      continue;
    }
    if (kind == "error") {
      CHECK(field(lines[i], "code") == "undecided");
      continue;
    }
    if (field(lines[i], "certainty") == "estimated") continue;
    REQUIRE(kind == "number");
    // Beyond, what the reference lost by cancellation may show.
    if (*value != 0 && abs(*value) < kClose) continue;
    CHECK(is_rounded(field(lines[i], "value"), *value, digits));
    ++values;
  }
  CHECK(values > kQuestions * 2 / 3);
}

}  // namespace

TEST_CASE("random expressions are right to the last of 15 digits", "[digits]") { check_digits(15, 1); }
TEST_CASE("random expressions are right to the last of 50 digits", "[digits]") { check_digits(50, 2); }
