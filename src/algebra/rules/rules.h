// The texts of function rows ("1/(1 + x^2)"), compiled when first needed and kept for the process.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expr/build.h"
#include "expr/graph.h"
#include "expr/rows.h"
#include "number/rational.h"
#include "parse/term.h"

namespace nabla::algebra {

using expr::Expr;
using expr::Function;
using expr::Graph;
using number::Rational;

// The parameters of a row: "x", "n, x", "x, b? = 10", "x...".
struct Parameters {
  std::vector<std::string> names;
  std::vector<std::string_view> defaults;  // of those after the required ones
  std::size_t required = 0;
  bool variadic = false;  // the last one may be repeated
};
const Parameters& parameters_of(const Function& f);

// The part of a row's derivative column that belongs to a parameter (from 0); kNone if there is no rule.
std::string_view derivative_rule(const Function& f, std::size_t parameter);

// Whether a column says something.
bool is_given(std::string_view column);

// The function a rule text stands for ("1/(1 + x^2)"), its parameters replaced by args. Compiled once a thread.
Expr instantiate(Graph& g, const Function& f, std::string_view rule, std::span<const Expr> args);

// A built-in text's term as a node: numbers, names (of `names`, standing for `values`, or constants), calls of rows and
// arithmetic. Throws Error (syntax) for anything else: such a row is wrong.
Expr from_rule_term(Graph& g, parse::Term t, std::span<const std::string> names, std::span<const Expr> values);

// The constant a built-in text stands for ("sqrt(3)/2").
Expr built_in(Graph& g, std::string_view text);

// One pair of the column `values`, "pi/6: 1/2".
struct SpecialValue {
  std::string_view at;
  std::string_view value;                // "undefined" at a pole
  std::optional<Rational> number;        // `at`, if it is a rational number
  std::optional<Rational> pi_multiple;   // `at` divided by π, if that is a rational number
  std::vector<std::string_view> points;  // of several arguments: "(1, 1)"
  bool is_pole() const { return value == "undefined"; }
};
std::span<const SpecialValue> special_values(const Function& f);

// The period divided by π; nothing if the row has none.
std::optional<Rational> period_of(const Function& f);

// "5pi/6", "-3", "pi": a rational number times π or 1, without parsing. Nothing if the text is something else.
struct PiText {
  Rational factor;
  bool has_pi = false;
};
std::optional<PiText> read_pi_text(std::string_view text);

// A call written out by its row's expansion; nothing if the row has none. Of a row with any number of arguments the
// expansion is that of two, "x" being the function of all but the last and "y" the last.
std::optional<Expr> expanded(Graph& g, Expr call);

// The row a row is made of, if it is no more than a power or an arithmetic combination of its parameters (sqrt, cbrt,
// root) or a constant (tau): such calls are written out at once.
bool is_abbreviation(const Function& f);

// A piecewise row has kinks or jumps.
inline bool is_piecewise(const Function& f) { return f.forms.series_after != nullptr; }

}  // namespace nabla::algebra
