// The types of the rows that specify every mathematical function and every operation. The rows themselves stand in
// functions/table.cpp and calc/operations/; everything else (parser names, help, completion, tests, reference) is
// made from them.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "expr/value.h"
#include "number/functions/domain.h"
#include "number/functions/forms.h"
#include "number/rational.h"

namespace nabla::parse {
class Term;
}
namespace nabla::algebra {
class Differentiator;
}
namespace nabla::eval {
class Evaluator;
struct Outcome;
}  // namespace nabla::eval
namespace nabla::calc {
class Elaborator;
struct Derivation;
}  // namespace nabla::calc

namespace nabla::expr {

enum class Style;

// Written where a column has nothing to say; an empty text is an omission.
inline constexpr std::string_view kNone = "-";

// In place of a text over doubles: of a function that is computed point by point.
inline constexpr std::string_view kByPoints = "by points";

struct Domain {
  std::string_view text = "all real x";   // as help shows it: "x > 0"
  number::DomainTest contains = nullptr;  // nullptr: everywhere
};

// Symmetry in the (only) argument, used to bring arguments into a standard form.
enum class Parity { none, even, odd };

// f(u) = sin(u)^sine · cos(u)^cosine, or sinh and cosh; with both 0 it is no such function.
struct Circular {
  int sine = 0;
  int cosine = 0;
  bool hyperbolic = false;
};

// The sine and cosine (circular or hyperbolic) of the value of an inverse function, as texts in x that hold wherever it
// is defined; empty: it is none.
struct SineAndCosine {
  std::string_view sine = {};
  std::string_view cosine = {};
  bool hyperbolic = false;
};

// Numbers between which all values lie. `open`: they come as near as you like to the end but never reach it.
struct End {
  int at;
  bool open;
};
struct Range {
  std::optional<End> lower = {};
  std::optional<End> upper = {};
};

// How calls of a function are written.
enum class Notation {
  name,         // sin(x)
  exponential,  // e^x
  bars,         // |x|
  factorial,    // n!
};

// A mathematical function of one to three numbers, or (no parameters) a constant. Texts are in the language itself,
// over the names in `parameters`, and are compiled when first needed.
struct Function {
  std::string_view name;
  std::string_view aliases = kNone;  // blank-separated
  std::string_view title;            // "sine"
  // "x"; "n, x"; "x, b? = 10" (optional, and its value then); "x..." (any number, from one); "" for a constant
  std::string_view parameters;
  Domain domain = {};
  std::string_view samples = kNone;  // points of the domain, "0.5; 2; -3"; of several numbers "(1, 2); (3, 0.5)"
  // The same function by simpler ones, valid on the whole domain, used to evaluate, differentiate and compare where no
  // faster way is given: "1/cos(x)". Of "x..." that of two arguments x and y; one with kinks or jumps selects or
  // rounds.
  std::string_view expansion = kNone;
  std::string_view derivative = kNone;      // by each parameter, separated by ";": "cos(x)"; kNone for one without rule
  std::string_view antiderivative = kNone;  // likewise
  std::string_view left_inverse = kNone;    // the g with g(f(x)) = x for every x in the domain of f: "ln" for exp
  Parity parity = Parity::none;
  // Exact values: "0: 0; pi/6: 1/2; pi/2: undefined; inf: 1", "(1, 1): pi/4" of several arguments; with one argument of
  // one that has optional ones.
  std::string_view values = kNone;
  std::string_view period = kNone;  // "2pi"
  std::string_view latex;           // "\\sin" before brackets, or a template: "\\sqrt{#1}"

  // Identities, used to compare and to simplify.
  Circular circular = {};
  SineAndCosine sine_and_cosine = {};
  std::string_view equal = kNone;   // the same by a function of its family: "pi/2 - asin(x)" for acos
  std::string_view growth = kNone;  // f(x + 1)/f(x): "x" for gamma
  Range range = {};

  std::string_view over_doubles = {};  // computes it over doubles where `expansion` would overflow or cancel; kByPoints
  Notation notation = Notation::name;
  const number::Forms& forms;  // how it is computed

  std::string_view help;     // one or two sentences
  std::string_view source;   // DLMF number or paper
  std::string_view example;  // a statement …
  std::string_view answer;   // … and what is answered in plain style
};

// What an argument of an operation is: as it is written, in this order.
enum class Argument : std::uint8_t {
  body,      // an expression in the variable
  variable,  // its name; no argument of the node, whose bodies hold a bound variable instead
  value,     // an expression outside the variable's scope
  word,      // one of a list of words; the node holds its number
};

struct Arguments {
  static constexpr std::size_t kMost = 6;
  std::array<Argument, kMost> kinds{};
  std::size_t count = 0;

  constexpr Arguments() = default;
  constexpr Arguments(std::initializer_list<Argument> list) : count(list.size()) {
    std::ranges::copy(list, kinds.begin());
  }
};

// An operation of calculus or linear algebra: a form with its own way of reading its arguments. Its row and all that it
// does stand in one file of calc/operations, or in a folder of its name. A column that is left out has the meaning
// given here as its default.
struct Operation {
  std::string_view name;
  std::string_view aliases = kNone;
  std::string_view sign = {};  // written so on paper: "Σ"
  std::string_view title;
  std::string_view signature;  // "sum(E, k, a, b)"; several separated by " | "
  std::string_view help;
  std::string_view example;
  std::string_view answer;

  // The value of a call, whose arguments are still terms. Formula operations expand here; value operations make a node.
  Value (*elaborate)(calc::Elaborator& in, const parse::Term& call);

  // The columns of nodes; formula operations have none.
  // The value, by balls; undecided asks for more bits.
  eval::Outcome (*enclose)(eval::Evaluator& in, Expr node, number::Bits bits) = nullptr;
  // The derivative by x as a graph; without one there is an error that says so.
  Expr (*derivative)(algebra::Differentiator& in, Expr node, Expr x) = nullptr;
  // The same value without the operation, where that is possible and not too long: a sum as its terms. Expansions
  // beside a point use it; without it they ask for derivatives.
  std::optional<Expr> (*written_out)(eval::Evaluator& in, Expr node, number::Bits bits) = nullptr;
  // How the node is written: arguments in their order; without them, those of the node.
  Arguments arguments = {};
  std::string_view (*word)(long number) = nullptr;  // what the number of an argument `word` stands for
  // "#v" is the variable, "#1" the first argument of the node …; an argument in braces needs no brackets. Without a
  // template: name and arguments in brackets.
  std::string_view latex = {};
  bool estimate = false;             // its answers are estimates by nature (double, numdiff)
  bool is_point_derivative = false;  // (body, order, point): written f'(a), or (diff(E, k, n) at k = a)

  // It also reads the terms f'(x) and d/dx E. One operation does.
  bool reads_primes = false;
  // The rule's name and formula as `steps` of a derivative shows it, for operations with a body.
  std::string_view rule = {};
  // The derivation of a call, written out as a teacher does; without it `steps` refuses the operation.
  calc::Derivation (*steps)(calc::Elaborator& in, const parse::Term& call, Style style) = nullptr;
};

// The operations of one file.
using OperationRows = std::span<const Operation>;

}  // namespace nabla::expr
