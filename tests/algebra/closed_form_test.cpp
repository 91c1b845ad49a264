#include "algebra/simplify/closed_form.h"

#include "algebra/rules/call.h"
#include "expr/write/print.h"
#include "reading.h"

namespace nabla::algebra {
namespace {

// As shown before the decimals; "" if nothing is.
std::string closed(std::string_view text) {
  Graph g(&kRules);
  base::Budget budget;
  const std::optional<Expr> form = closed_form(g, read(g, text), budget);
  return form ? expr::print(g, *form, expr::Style::unicode) : "";
}

}  // namespace

TEST_CASE("numbers with a short closed form show it") {
  CHECK(closed("1/3") == "1/3");
  CHECK(closed("2*pi/3") == "2π/3");
  CHECK(closed("sin(pi/3)") == "√3/2");
  CHECK(closed("sqrt(8)") == "2√2");
  CHECK(closed("ln(2)") == "ln(2)");
  CHECK(closed("phi") == "(1 + √5)/2");
  CHECK(closed("e^2") == "e²");
  CHECK(closed("pi^2/6") == "π²/6");
  CHECK(closed("cbrt(2)") == "cbrt(2)");
  CHECK(closed("1/(1+sqrt(2))") == "√2 - 1");
  CHECK(closed("4*atan(1)") == "π");
  CHECK(closed("ln(4)+1") == "1 + ln(4)");
  CHECK(closed("-pi/4") == "-π/4");
}

TEST_CASE("others do not") {
  CHECK(closed("0.25").empty());
  CHECK(closed("7").empty());
  CHECK(closed("sin(1)").empty());
  CHECK(closed("e^pi").empty());
  CHECK(closed("x").empty());
  CHECK(closed("123456789123/987654321987").empty());
  CHECK(closed("sqrt(2)+sqrt(3)+sqrt(5)+sqrt(7)+sqrt(11)").empty());
  CHECK(closed("2^(1/5)").empty());
  CHECK(closed("sqrt(2+sqrt(2)+sqrt(3))*pi^7/(e^9+ln(7))").empty());
}

}  // namespace nabla::algebra
