#include "expr/write/print.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "expr/rows.h"
#include "expr/write/writer.h"

namespace nabla::expr {
namespace {

// Precedence of the printed form of a node; it is bracketed in a place that needs a higher level.
enum Level { kSelect, kOr, kAnd, kNot, kComparison, kSum, kProduct, kPower, kPostfix, kAtom };

struct UnicodeName {
  std::string_view plain;
  std::string_view unicode;
};
constexpr UnicodeName kUnicodeNames[] = {{"pi", "π"}, {"tau", "τ"}, {"inf", "∞"}};

std::string superscript(const std::string& digits) {
  constexpr std::string_view kDigits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text;
  for (char c : digits) text += kDigits[c - '0'];
  return text;
}

class Printer final : public Writer {
 public:
  Printer(const Graph& g, Expr root, Style style, Order order)
      : Writer(g, root, order), unicode_(style == Style::unicode) {}

 private:
  std::string_view function_name(const Function& f) const {
    if (unicode_) {
      for (const UnicodeName& n : kUnicodeNames) {
        if (n.plain == f.name) return n.unicode;
      }
    }
    return f.name;
  }

  int level_of(Expr e) const {
    switch (g_.kind(e)) {
      case Kind::rational: return g_.number(e).sign() < 0 ? kSum : g_.number(e).is_integer() ? kAtom : kProduct;
      case Kind::boolean:
      case Kind::symbol:
      case Kind::bound:
      case Kind::parameter:
      case Kind::apply:
      case Kind::operation:
      case Kind::component: return kAtom;
      case Kind::sum: return kSum;
      case Kind::product: return layout_.is_negative(e) ? kSum : kProduct;
      case Kind::power: {
        const Expr q = g_.arg(e, 1);
        if (!g_.is_number(q)) return kPower;
        return g_.number(q).sign() < 0 ? kProduct : is_call_of_root(g_.number(q)) ? kAtom : kPower;
      }
      case Kind::call:
        if (g_.node(e).count != 1) return kAtom;
        switch (g_.function(e).notation) {
          case Notation::name: return kAtom;
          case Notation::exponential: {
            const Expr u = g_.arg(e, 0);
            return g_.is_number(u) && g_.number(u).sign() < 0 ? kProduct : g_.is_one(u) ? kAtom : kPower;
          }
          case Notation::bars: return kAtom;
          case Notation::factorial: return kPostfix;
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
      case Kind::select: return kSelect;
    }
    return kAtom;
  }

  // sqrt(x) and cbrt(x) in plain style, cbrt(x) in both.
  bool is_call_of_root(const Rational& q) const { return q == Rational(1, 3) || (!unicode_ && q == Rational(1, 2)); }

  void node(const Piece& n) override {
    const Expr e = n.e;
    if (!n.without_sign && level_of(e) < n.level) {
      put("(");
      put(e, kSelect);
      put(")");
      return;
    }
    switch (g_.kind(e)) {
      case Kind::rational:
      case Kind::product:
      case Kind::power: fraction(layout_.fraction(e), n.without_sign); break;
      case Kind::boolean: put(g_.truth(e) ? "true" : "false"); break;
      case Kind::symbol: put(g_.name(e)); break;
      case Kind::bound: put(bound_name(g_.height(e))); break;
      case Kind::parameter: put("p" + std::to_string(g_.height(e) + 1)); break;
      case Kind::sum: put_sum(e, kProduct); break;
      case Kind::call:
        if (notation_of(e) == Notation::exponential) {
          fraction(layout_.fraction(e), false);
        } else {
          call(e);
        }
        break;
      case Kind::compare: comparison(e, false); break;
      case Kind::logic: logic(e); break;
      case Kind::select:
        put(g_.arg(e, 0), kOr);
        put(" ? ");
        put(g_.arg(e, 1), kOr);
        put(" : ");
        put(g_.arg(e, 2), kSelect);
        break;
      case Kind::operation: operation(e); break;
      case Kind::apply: application(e); break;
      case Kind::component:
        put("[");
        put_arguments(g_.args(e).subspan(1));
        put("][");
        put(g_.arg(e, 0), kSelect);
        put("]");
        break;
    }
  }

  void call(Expr e) {
    const Function& f = g_.function(e);
    switch (notation_of(e)) {
      case Notation::bars:
        if (!unicode_ || layout_.has_bars_below(e)) break;
        put("|");
        put(g_.arg(e, 0), kSelect);
        put("|");
        return;
      case Notation::factorial:
        put(g_.arg(e, 0), kAtom);
        put("!");
        return;
      case Notation::exponential:
      case Notation::name: break;
    }
    put(std::string(function_name(f)));
    if (g_.node(e).count == 0) return;
    put("(");
    put_arguments(g_.args(e));
    put(")");
  }

  void fraction(const Fraction& f, bool without_sign) {
    if (f.negative && !without_sign) put("-");
    side(f.numerator, f.over);
    if (!f.has_bar()) return;
    put("/");
    const bool brackets = f.parts_under() > 1;
    if (brackets) put("(");
    side(f.denominator, f.under);
    if (brackets) put(")");
  }

  // number · factors; 1 if there are none.
  void side(const Rational& number, const std::vector<Factor>& factors) {
    bool first = true;
    bool after_number = false;
    if (!number.is_one() || factors.empty()) {
      put(number.text());
      first = false;
      after_number = true;
    }
    for (const Factor& f : factors) {
      if (!first && !(unicode_ && after_number && may_follow_number(f))) put(unicode_ ? "·" : "*");
      factor(f);
      first = false;
      after_number = false;
    }
  }

  // Whether a number before it can only be read as a product: 2x, 2(x + 1), 2√x, 2e^x, 2π.
  bool may_follow_number(const Factor& f) const {
    if (f.is_e) return true;
    if (f.exponent == Rational(1, 2)) return true;
    if (f.exponent == Rational(1, 3)) return false;
    return may_follow_number(f.base, f.exponent.is_one() ? kPower : kAtom);
  }
  bool may_follow_number(Expr e, int level) const {
    if (level_of(e) < level) return true;
    switch (g_.kind(e)) {
      case Kind::symbol: {
        // 2e1 and 2_x are numbers or errors.
        const std::string& name = g_.name(e);
        return name[0] != '_' && !((name[0] == 'e' || name[0] == 'E') && name.size() > 1);
      }
      case Kind::bound: return true;
      case Kind::call: {
        const Notation n = notation_of(e);
        if (g_.node(e).count == 0) return function_name(g_.function(e)).size() <= 2;
        return n == Notation::exponential || (n == Notation::factorial && may_follow_number(g_.arg(e, 0), kAtom));
      }
      case Kind::power: return may_follow_number(g_.arg(e, 0), kAtom);
      case Kind::rational:
      case Kind::boolean:
      case Kind::parameter:
      case Kind::sum:
      case Kind::product:
      case Kind::compare:
      case Kind::logic:
      case Kind::select:
      case Kind::operation:
      case Kind::apply:
      case Kind::component: return false;
    }
    return false;
  }

  void factor(const Factor& f) {
    if (f.is_e) {
      power_of(
          f, [this] { put("e"); }, true);
      return;
    }
    if (f.exponent.is_one()) {
      whole(f.base);
      return;
    }
    const bool squared_call = unicode_ && f.exponent.is_integer() && g_.kind(f.base) == Kind::call &&
                              g_.node(f.base).count > 0 && notation_of(f.base) == Notation::name &&
                              std::isdigit(static_cast<unsigned char>(g_.function(f.base).name.back())) == 0;
    if (squared_call) {  // sin²(x)
      put(std::string(function_name(g_.function(f.base))) + superscript(f.exponent.text()) + "(");
      put_arguments(g_.args(f.base));
      put(")");
      return;
    }
    const Kind kind = g_.kind(f.base);
    const bool plain_atom = kind == Kind::symbol || kind == Kind::bound ||
                            (g_.is_number(f.base) && level_of(f.base) == kAtom) ||
                            (kind == Kind::call && g_.node(f.base).count == 0);
    power_of(
        f, [this, &f] { put(f.base, kAtom); }, plain_atom);
  }

  // base^exponent with a number as exponent; `simple`: √ needs no brackets around the base.
  template <class Base>
  void power_of(const Factor& f, Base base, bool simple) {
    const Rational& q = f.exponent;
    const auto in_brackets = [&] {
      put("(");
      if (f.is_e) {
        put("e");
      } else {
        put(f.base, kSelect);
      }
      put(")");
    };
    if (q == Rational(1, 2)) {
      put(unicode_ ? "√" : "sqrt");
      if (unicode_ && simple) {
        base();
      } else {
        in_brackets();
      }
    } else if (q == Rational(1, 3)) {
      put("cbrt");
      in_brackets();
    } else {
      base();
      if (q.is_one()) return;
      if (!q.is_integer()) {
        put("^(" + q.text() + ")");
      } else if (unicode_) {
        put(superscript(q.text()));
      } else {
        put("^" + q.text());
      }
    }
  }

  // A factor with exponent 1: a power whose exponent is not a number, or any other node.
  void whole(Expr e) {
    if (g_.kind(e) == Kind::power) {
      put(g_.arg(e, 0), kAtom);
      put("^");
      put(g_.arg(e, 1), kAtom);
    } else if (g_.kind(e) == Kind::call && notation_of(e) == Notation::exponential) {
      put("e^");
      put(g_.arg(e, 0), kAtom);
    } else {
      put(e, kPower);
    }
  }

  void comparison(Expr e, bool keep_sides) {
    Expr a = g_.arg(e, 0);
    Expr b = g_.arg(e, 1);
    std::string_view sign;
    const bool turned = !keep_sides && g_.is_constant(a) && !g_.is_constant(b);
    switch (g_.relation(e)) {
      case Relation::less: sign = turned ? " > " : " < "; break;
      case Relation::less_equal: sign = unicode_ ? (turned ? " ≥ " : " ≤ ") : (turned ? " >= " : " <= "); break;
      case Relation::equal: sign = " == "; break;
      case Relation::not_equal: sign = unicode_ ? " ≠ " : " != "; break;
    }
    if (turned) std::swap(a, b);
    put(a, kSum);
    put(std::string(sign));
    put(b, kSum);
  }

  void logic(Expr e) {
    const auto args = g_.args(e);
    if (g_.connective(e) == Connective::not_) {
      put("not ");
      put(args[0], kAtom);
      return;
    }
    const bool is_and = g_.connective(e) == Connective::and_;
    for (std::size_t i = 0; i < args.size(); ++i) {
      if (i > 0) put(is_and ? " and " : " or ");
      if (is_and && g_.kind(args[i]) == Kind::compare && bounded_on_both_sides(args, args[i])) {
        comparison(args[i], true);
      } else {
        put(args[i], is_and ? kNot : kAnd);
      }
    }
  }

  // In "0 < x and x < 1" both comparisons keep their sides.
  bool bounded_on_both_sides(std::span<const Expr> args, Expr comparison) const {
    const Expr middle = g_.arg(comparison, 1);
    return std::ranges::any_of(args, [&](Expr a) { return g_.kind(a) == Kind::compare && g_.arg(a, 0) == middle; });
  }

  void operation(Expr e) {
    if (g_.operation(e).is_point_derivative) return derivative(e);
    const Operation& op = g_.operation(e);
    put(std::string(op.name) + "(");
    put_as_written(
        e, [&] { put(bound_name(g_.node(e).binders)); }, [&](std::string_view word) { put(std::string(word)); });
    put(")");
  }

  // f(x), f'(x); diff(f(x, n), x)
  void application(Expr e) {
    const std::vector<std::string> by = partials_of(e);
    put((by.empty() ? g_.recursive(e).name : "diff(" + base_name_of(e)) + "(");
    put_arguments(g_.args(e).first(g_.node(e).count - g_.recursive(e).lifted));
    put(")");
    if (by.empty()) return;
    for (std::size_t i = 0, same = 1; i < by.size(); i += same, same = 1) {
      while (i + same < by.size() && by[i + same] == by[i]) ++same;
      put(", " + by[i]);
      if (same > 1) put(", " + std::to_string(same));
    }
    put(")");
  }

  // zeta'(x), or (diff(body, k, n) at k = x)
  void derivative(Expr e) {
    if (const std::string primes = primes_of(e); !primes.empty()) {
      const Expr f = g_.arg(e, 0);
      put((g_.kind(f) == Kind::apply ? base_name_of(f) : std::string(function_name(g_.function(f)))) + primes + "(");
      put(g_.arg(e, 2), kSelect);
      put(")");
      return;
    }
    const std::string& variable = bound_name(g_.node(e).binders);
    put("(diff(");
    put(g_.arg(e, 0), kSelect);
    put(", " + variable);
    if (!g_.is_one(g_.arg(e, 1))) put(", " + g_.number(g_.arg(e, 1)).text());
    put(") at " + variable + " = ");
    put(g_.arg(e, 2), kSelect);
    put(")");
  }

  bool unicode_;
};

}  // namespace

std::string print(const Graph& g, Expr e, Style style, Order order) { return Printer(g, e, style, order).run(); }

std::string print(const Graph& g, const Value& v, Style style, Order order) {
  if (v.is_scalar()) return print(g, v.scalar(), style, order);
  std::string text = "[";
  for (std::uint32_t row = 0; row < v.rows; ++row) {
    if (row > 0) text += ", ";
    if (v.is_matrix()) text += "[";
    for (std::uint32_t column = 0; column < v.columns; ++column) {
      if (column > 0) text += ", ";
      text += print(g, v.at(row, column), style, order);
    }
    if (v.is_matrix()) text += "]";
  }
  return text + "]";
}

}  // namespace nabla::expr
