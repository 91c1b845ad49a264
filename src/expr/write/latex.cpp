#include <algorithm>
#include <string_view>

#include "expr/rows.h"
#include "expr/write/print.h"
#include "expr/write/writer.h"

namespace nabla::expr {
namespace {

enum Level { kSelect, kOr, kAnd, kNot, kComparison, kSum, kProduct, kPower, kAtom };

struct LatexName {
  std::string_view name;
  std::string_view latex;
};

constexpr LatexName kGreek[] = {
    {"alpha", "\\alpha"},     {"α", "\\alpha"},   {"beta", "\\beta"},   {"β", "\\beta"},
    {"gamma", "\\gamma"},     {"γ", "\\gamma"},   {"delta", "\\delta"}, {"δ", "\\delta"},
    {"epsilon", "\\epsilon"}, {"ε", "\\epsilon"}, {"zeta", "\\zeta"},   {"ζ", "\\zeta"},
    {"eta", "\\eta"},         {"η", "\\eta"},     {"theta", "\\theta"}, {"θ", "\\theta"},
    {"iota", "\\iota"},       {"ι", "\\iota"},    {"kappa", "\\kappa"}, {"κ", "\\kappa"},
    {"lambda", "\\lambda"},   {"λ", "\\lambda"},  {"mu", "\\mu"},       {"μ", "\\mu"},
    {"nu", "\\nu"},           {"ν", "\\nu"},      {"xi", "\\xi"},       {"ξ", "\\xi"},
    {"pi", "\\pi"},           {"π", "\\pi"},      {"rho", "\\rho"},     {"ρ", "\\rho"},
    {"sigma", "\\sigma"},     {"σ", "\\sigma"},   {"tau", "\\tau"},     {"τ", "\\tau"},
    {"upsilon", "\\upsilon"}, {"υ", "\\upsilon"}, {"phi", "\\varphi"},  {"φ", "\\varphi"},
    {"chi", "\\chi"},         {"χ", "\\chi"},     {"psi", "\\psi"},     {"ψ", "\\psi"},
    {"omega", "\\omega"},     {"ω", "\\omega"},   {"Gamma", "\\Gamma"}, {"Γ", "\\Gamma"},
    {"Delta", "\\Delta"},     {"Δ", "\\Delta"},   {"Theta", "\\Theta"}, {"Θ", "\\Theta"},
    {"Lambda", "\\Lambda"},   {"Λ", "\\Lambda"},  {"Xi", "\\Xi"},       {"Ξ", "\\Xi"},
    {"Sigma", "\\Sigma"},     {"Σ", "\\Sigma"},   {"Phi", "\\Phi"},     {"Φ", "\\Phi"},
    {"Psi", "\\Psi"},         {"Ψ", "\\Psi"},     {"Omega", "\\Omega"}, {"Ω", "\\Omega"},
    {"inf", "\\infty"},
};

template <std::size_t N>
std::string_view look_up(const LatexName (&table)[N], std::string_view name) {
  for (const LatexName& entry : table) {
    if (entry.name == name) return entry.latex;
  }
  return {};
}

constexpr std::string_view kSubscripts[] = {"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"};

// Takes a trailing "_1", "1" or "₁" off the name; gives it as plain digits.
std::string take_subscript(std::string& name) {
  std::string subscript;
  for (bool found = true; found;) {
    found = false;
    for (std::size_t digit = 0; digit < std::size(kSubscripts); ++digit) {
      if (name.ends_with(kSubscripts[digit])) {
        name.resize(name.size() - kSubscripts[digit].size());
        subscript.insert(subscript.begin(), static_cast<char>('0' + digit));
        found = true;
      }
    }
  }
  if (!subscript.empty()) return subscript;
  if (const std::size_t bar = name.find('_'); bar != std::string::npos && bar > 0 && bar + 1 < name.size()) {
    subscript = name.substr(bar + 1);
    name.resize(bar);
    return subscript;
  }
  const std::size_t last_letter = name.find_last_not_of("0123456789");
  if (last_letter == std::string::npos || last_letter + 1 == name.size()) return {};
  subscript = name.substr(last_letter + 1);
  name.resize(last_letter + 1);
  return subscript;
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string escaped(std::string_view text) {
  std::string result;
  for (char c : text) {
    if (c == '_') result += '\\';
    result += c;
  }
  return result;
}

class LatexPrinter final : public Writer {
 public:
  using Writer::Writer;

 private:
  int level_of(Expr e) const {
    switch (g_.kind(e)) {
      case Kind::rational: return g_.number(e).sign() < 0 ? kSum : g_.number(e).is_integer() ? kAtom : kProduct;
      case Kind::sum: return kSum;
      case Kind::product: return layout_.is_negative(e) ? kSum : kProduct;
      case Kind::power: return g_.is_number(g_.arg(e, 1)) && g_.number(g_.arg(e, 1)).sign() < 0 ? kProduct : kPower;
      case Kind::call:
        switch (notation_of(e)) {
          case Notation::exponential:
          case Notation::factorial: return kPower;
          case Notation::bars: return kAtom;
          case Notation::name: return g_.node(e).count == 0 ? kAtom : level_of(g_.function(e));
        }
        return kAtom;
      case Kind::compare: return kComparison;
      case Kind::logic:
        switch (g_.connective(e)) {
          case Connective::and_: return kAnd;
          case Connective::or_: return kOr;
          case Connective::not_: return kNot;
        }
        return kOr;
      case Kind::operation:
        if (g_.operation(e).is_point_derivative) return primes_of(e).empty() ? kProduct : kAtom;
        return g_.operation(e).latex.empty() ? kAtom : kSum;
      case Kind::select: return kSelect;
      case Kind::boolean:
      case Kind::symbol:
      case Kind::bound:
      case Kind::parameter:
      case Kind::apply:
      case Kind::component: return kAtom;
    }
    return kAtom;
  }

  // Of a call by its row's LaTeX: a ⋅ mod n is looser than a sum, and what ends in brackets, or has a superscript of
  // its own, takes no second one.
  static int level_of(const Function& f) {
    if (f.latex.starts_with('#')) return kComparison;
    const bool is_name = f.latex.find('#') == std::string_view::npos;
    const bool ends_in_brackets = f.latex.find("\\right") != std::string_view::npos && !f.latex.starts_with("\\left");
    return is_name || ends_in_brackets || has_superscript(f) ? kPower : kAtom;
  }
  static bool has_superscript(const Function& f) { return f.latex.find('^') != std::string_view::npos; }

  void node(const Piece& n) override {
    const Expr e = n.e;
    if (!n.without_sign && level_of(e) < n.level) {
      put("\\left(");
      put(e, kSelect);
      put("\\right)");
      return;
    }
    switch (g_.kind(e)) {
      case Kind::rational:
      case Kind::product:
      case Kind::power: fraction(layout_.fraction(e), n.without_sign); break;
      case Kind::boolean: put(g_.truth(e) ? "\\text{true}" : "\\text{false}"); break;
      case Kind::symbol: put(latex_name(g_.name(e))); break;
      case Kind::bound: put(latex_name(bound_name(g_.height(e)))); break;
      case Kind::parameter: put("p_{" + std::to_string(g_.height(e) + 1) + "}"); break;
      case Kind::sum: put_sum(e, kProduct); break;
      case Kind::call:
        if (notation_of(e) == Notation::exponential) {
          fraction(layout_.fraction(e), false);
        } else {
          call(e, {});
        }
        break;
      case Kind::compare: comparison(e); break;
      case Kind::logic: logic(e); break;
      case Kind::select: cases(e); break;
      case Kind::operation: operation(e); break;
      case Kind::apply:
        put(application_name(e) + "\\left(");
        put_arguments(g_.args(e).first(g_.node(e).count - g_.recursive(e).lifted));
        put("\\right)");
        break;
      case Kind::component:
        put("\\left[");
        put_arguments(g_.args(e).subspan(1));
        put("\\right]_{");
        put(g_.arg(e, 0), kSelect);
        put("}");
        break;
    }
  }

  // The row's LaTeX: a name before brackets, or a template over the arguments. `exponent` follows the name.
  void call(Expr e, std::string_view exponent) {
    const Function& f = g_.function(e);
    const auto args = g_.args(e);
    switch (notation_of(e)) {
      case Notation::bars:
        put("\\left|");
        put(args[0], kSelect);
        put("\\right|");
        return;
      case Notation::factorial:
        put(args[0], kAtom);
        put("!");
        return;
      case Notation::exponential:
      case Notation::name: break;
    }
    const std::string name = name_of(f);
    if (name.find('#') != std::string::npos) {
      fill(name, args, {}, f.parameters);
      return;
    }
    put(name);
    put(exponent);
    if (args.empty()) return;
    put("\\left(");
    put_arguments(args);
    put("\\right)");
  }

  static std::string name_of(const Function& f) {
    if (f.latex == kNone || f.latex.empty()) return "\\operatorname{" + escaped(f.name) + "}";
    return std::string(f.latex);
  }

  // What the i-th parameter of "x, b? = 10" is if it is not given.
  static std::string_view default_of(std::string_view parameters, std::size_t i) {
    for (; i > 0 && parameters.find(',') != std::string_view::npos; --i) {
      parameters.remove_prefix(parameters.find(',') + 1);
    }
    parameters = parameters.substr(0, parameters.find(','));
    const std::size_t sign = parameters.find("= ");
    return i > 0 || sign == std::string_view::npos ? std::string_view() : parameters.substr(sign + 2);
  }

  // Whether what a pattern puts at `mark` is held together by what stands around it.
  static bool is_enclosed(std::string_view pattern, std::size_t mark) {
    const std::string_view before = pattern.substr(0, mark);
    return before.ends_with('{') || before.ends_with('(') || before.ends_with('|') || before.ends_with("\\lfloor ") ||
           before.ends_with("\\lceil ");
  }

  void fill(std::string_view pattern, std::span<const Expr> args, const std::string& variable,
            std::string_view parameters = {}) {
    std::size_t at = 0;
    while (at < pattern.size()) {
      const std::size_t mark = pattern.find('#', at);
      put(pattern.substr(at, mark == std::string_view::npos ? mark : mark - at));
      if (mark == std::string_view::npos || mark + 1 >= pattern.size()) return;
      const char which = pattern[mark + 1];
      if (which == 'v') {
        put(variable);
      } else if (const auto i = static_cast<std::size_t>(which - '1'); i < args.size()) {
        put(args[i], is_enclosed(pattern, mark) ? kSelect : variable.empty() ? kPower : kProduct);
      } else {
        put(default_of(parameters, i));
      }
      at = mark + 2;
    }
  }

  void fraction(const Fraction& f, bool without_sign) {
    if (f.negative && !without_sign) put("-");
    if (!f.has_bar()) {
      side(f.numerator, f.over, !f.negative);
      return;
    }
    put("\\frac{");
    side(f.numerator, f.over, true);
    put("}{");
    side(f.denominator, f.under, true);
    put("}");
  }

  // `apart`: nothing before or after it is tied to it, not even a sign.
  void side(const Rational& number, const std::vector<Factor>& factors, bool apart) {
    bool first = true;
    if (!number.is_one() || factors.empty()) {
      put(number.text());
      first = false;
    }
    const bool alone = apart && first && factors.size() == 1;
    for (const Factor& f : factors) {
      const bool is_digit = g_.is_number(f.base) && !is_root(f.exponent);
      if (!first) put(is_digit || starts_with_number(f) ? " \\cdot " : " ");
      factor(f, alone);
      first = false;
    }
  }

  bool starts_with_number(const Factor& f) const {
    return !f.is_e && f.exponent.is_one() && g_.kind(f.base) == Kind::power && g_.is_number(g_.arg(f.base, 0));
  }

  static bool is_root(const Rational& q) { return q.numerator().is_one() && !q.denominator().is_one(); }

  // `alone`: it is the only factor above or below the bar, so that a sum needs no brackets.
  void factor(const Factor& f, bool alone) {
    const Rational& q = f.exponent;
    if (is_root(q) && q.denominator() < Rational(10)) {
      put(q == Rational(1, 2) ? "\\sqrt{" : "\\sqrt[" + q.denominator().text() + "]{");
      if (f.is_e) {
        put("e");
      } else {
        put(f.base, kSelect);
      }
      put("}");
      return;
    }
    if (f.is_e) {
      put(q.is_one() ? "e" : "e^{" + q.text() + "}");
      return;
    }
    if (q.is_one()) {
      whole(f.base, alone);
      return;
    }
    const std::string exponent = "^{" + q.text() + "}";
    const bool named_call = g_.kind(f.base) == Kind::call && g_.node(f.base).count > 0 &&
                            notation_of(f.base) == Notation::name && q.is_integer() &&
                            g_.function(f.base).latex.find('#') == std::string_view::npos &&
                            !has_superscript(g_.function(f.base));
    if (named_call) {
      call(f.base, exponent);
      return;
    }
    put(f.base, kAtom);
    put(exponent);
  }

  void whole(Expr e, bool alone) {
    if (g_.kind(e) == Kind::power) {
      put(g_.arg(e, 0), kAtom);
      put("^{");
      put(g_.arg(e, 1), kSelect);
      put("}");
    } else if (g_.kind(e) == Kind::call && notation_of(e) == Notation::exponential) {
      put("e^{");
      put(g_.arg(e, 0), kSelect);
      put("}");
    } else {
      put(e, alone ? kSum : kPower);
    }
  }

  void comparison(Expr e) {
    Expr a = g_.arg(e, 0);
    Expr b = g_.arg(e, 1);
    const bool turned = g_.is_constant(a) && !g_.is_constant(b);
    std::string_view sign;
    switch (g_.relation(e)) {
      case Relation::less: sign = turned ? " > " : " < "; break;
      case Relation::less_equal: sign = turned ? " \\geq " : " \\leq "; break;
      case Relation::equal: sign = " = "; break;
      case Relation::not_equal: sign = " \\neq "; break;
    }
    if (turned) std::swap(a, b);
    put(a, kSum);
    put(sign);
    put(b, kSum);
  }

  void logic(Expr e) {
    const auto args = g_.args(e);
    if (g_.connective(e) == Connective::not_) {
      put("\\neg ");
      put(args[0], kAtom);
      return;
    }
    const bool is_and = g_.connective(e) == Connective::and_;
    for (std::size_t i = 0; i < args.size(); ++i) {
      if (i > 0) put(is_and ? " \\land " : " \\lor ");
      put(args[i], is_and ? kNot : kAnd);
    }
  }

  void cases(Expr e) {
    put("\\begin{cases} ");
    for (;;) {
      put(g_.arg(e, 1), kSelect);
      put(" & \\text{if } ");
      put(g_.arg(e, 0), kSelect);
      put(" \\\\ ");
      e = g_.arg(e, 2);
      if (g_.kind(e) != Kind::select) break;
    }
    put(e, kSelect);
    put(" & \\text{otherwise} \\end{cases}");
  }

  std::string application_name(Expr e) const {
    const std::vector<std::string> by = partials_of(e);
    if (by.empty()) return "\\operatorname{" + escaped(g_.recursive(e).name) + "}";
    const std::string order = by.size() == 1 ? "" : "^{" + std::to_string(by.size()) + "}";
    std::string under;
    for (std::size_t i = 0, same = 1; i < by.size(); i += same, same = 1) {
      while (i + same < by.size() && by[i + same] == by[i]) ++same;
      under += (i == 0 ? "\\partial " : "\\,\\partial ") + latex_name(by[i]);
      if (same > 1) under += "^{" + std::to_string(same) + "}";
    }
    return "\\frac{\\partial" + order + "}{" + under + "}\\operatorname{" + escaped(base_name_of(e)) + "}";
  }

  void operation(Expr e) {
    const Operation& op = g_.operation(e);
    const auto args = g_.args(e);
    const std::string variable = g_.node(e).detail == 0 ? "" : latex_name(bound_name(g_.node(e).binders));
    if (op.is_point_derivative) return derivative(e, variable);
    if (!op.latex.empty()) return fill(op.latex, args, variable);
    put("\\operatorname{" + escaped(op.name) + "}\\left(");
    put_as_written(
        e, [&] { put(variable); }, [&](std::string_view word) { put("\\mathrm{" + escaped(word) + "}"); });
    put("\\right)");
  }

  void derivative(Expr e, const std::string& variable) {
    if (const std::string primes = primes_of(e); !primes.empty()) {
      const Expr f = g_.arg(e, 0);
      const std::string name = g_.kind(f) == Kind::apply ? application_name(f) : name_of(g_.function(f));
      if (name.find('#') == std::string::npos) {
        put(name + primes + "\\left(");
        put(g_.arg(e, 2), kSelect);
        put("\\right)");
        return;
      }
    }
    const std::string order = g_.number(g_.arg(e, 1)).text();
    const std::string power = order == "1" ? "" : "^{" + order + "}";
    put("\\left. \\frac{d" + power + "}{d" + variable + power + "} ");
    put(g_.arg(e, 0), kPower);
    put(" \\right|_{" + variable + " = ");
    put(g_.arg(e, 2), kSelect);
    put("}");
  }
};

}  // namespace

std::string latex_name(std::string_view given) {
  std::string name(given);
  const std::string subscript = take_subscript(name);
  const std::string_view greek = look_up(kGreek, name);
  std::string text = !greek.empty()          ? std::string(greek)
                     : characters(name) == 1 ? name
                                             : "\\mathrm{" + escaped(name) + "}";
  if (!subscript.empty()) text += "_{" + escaped(subscript) + "}";
  return text;
}

std::string latex(const Graph& g, Expr e, Order order) { return LatexPrinter(g, e, order).run(); }

std::string latex(const Graph& g, const Value& v, Order order) {
  if (v.is_scalar()) return latex(g, v.scalar(), order);
  std::string text = "\\begin{pmatrix} ";
  for (std::uint32_t row = 0; row < v.rows; ++row) {
    if (row > 0) text += " \\\\ ";
    for (std::uint32_t column = 0; column < v.columns; ++column) {
      if (column > 0) text += " & ";
      text += latex(g, v.at(row, column), order);
    }
  }
  return text + " \\end{pmatrix}";
}

}  // namespace nabla::expr
