// Rational values of functions at rational arguments.
#include "base/error.h"
#include "points.h"

using namespace nabla;
using namespace nabla::test;

namespace {

std::string exact(std::string_view name, const Point& p) {
  const std::optional<Rational> value = functions::find(name)->forms.exact(p);
  return value ? value->text() : "none";
}

bool beyond_limit(std::string_view name, const Point& p) {
  try {
    functions::find(name)->forms.exact(p);
  } catch (const base::Error& e) {
    return e.code == base::Code::limit;
  }
  return false;
}

}  // namespace

TEST_CASE("rational values are found") {
  const Rational half(1, 2);
  CHECK(exact("sqrt", {Rational(9, 4)}) == "3/2");
  CHECK(exact("sqrt", {2}) == "none");
  CHECK(exact("sqrt", {-4}) == "none");
  CHECK(exact("cbrt", {-27}) == "-3");
  CHECK(exact("root", {-32, 5}) == "-2");
  CHECK(exact("root", {16, -4}) == "1/2");
  CHECK(exact("root", {-16, 4}) == "none");
  CHECK(exact("exp", {0}) == "1");
  CHECK(exact("ln", {1}) == "0");
  CHECK(exact("log", {100}) == "2");
  CHECK(exact("log", {8, 2}) == "3");
  CHECK(exact("log", {2, 8}) == "1/3");
  CHECK(exact("log", {Rational(1, 1000)}) == "-3");
  CHECK(exact("log", {Rational(27, 8), Rational(4, 9)}) == "-3/2");
  CHECK(exact("log", {3, 2}) == "none");
  CHECK(exact("log2", {Rational(1, 8)}) == "-3");
  CHECK(exact("round", {Rational(5, 2)}) == "3");
  CHECK(exact("round", {Rational(-5, 2)}) == "-3");
  CHECK(exact("round", {Rational(2345, 1000), 2}) == "47/20");
  CHECK(exact("round", {1250, -2}) == "1300");
  CHECK(exact("mod", {-7, 3}) == "2");
  CHECK(exact("mod", {7, -3}) == "-2");
  CHECK(exact("frac", {Rational(-23, 10)}) == "7/10");
  CHECK(exact("heaviside", {0}) == "1/2");
  CHECK(exact("max", {1, 3, 2}) == "3");
  CHECK(exact("hypot", {3, 4}) == "5");
  CHECK(exact("factorial", {5}) == "120");
  CHECK(exact("factorial", {half}) == "none");
  CHECK(exact("gamma", {5}) == "24");
  CHECK(exact("beta", {2, 3}) == "1/12");
  CHECK(exact("binomial", {60, 30}) == "118264581564861424");
  CHECK(exact("binomial", {-2, 3}) == "-4");
  CHECK(exact("binomial", {half, 2}) == "-1/8");
  CHECK(exact("binomial", {5, 7}) == "0");
  CHECK(exact("gcd", {12, 18}) == "6");
  CHECK(exact("gcd", {0, 0}) == "0");
  CHECK(exact("lcm", {4, -6}) == "12");
  CHECK(exact("lcm", {0, 3}) == "0");
  CHECK(exact("zeta", {0}) == "-1/2");
  CHECK(exact("zeta", {-1}) == "-1/12");
  CHECK(exact("zeta", {-2}) == "0");
  CHECK(exact("besselj", {0, 0}) == "1");
}

TEST_CASE("values beyond a million digits are refused at once") {
  const Rational billion(1'000'000'000);
  CHECK(beyond_limit("factorial", {billion}));
  CHECK(beyond_limit("factorial", {Rational::power(Rational(10), 100)}));
  CHECK(beyond_limit("gamma", {billion}));
  CHECK(beyond_limit("binomial", {billion, billion / Rational(2)}));
  CHECK(beyond_limit("binomial", {Rational::power(Rational(10), 100), Rational::power(Rational(10), 50)}));
  CHECK(beyond_limit("binomial", {-billion, billion}));
  CHECK(exact("binomial", {Rational::power(Rational(10), 20), 2}).size() == 40);
}
