#include "calc/landmarks/smooth_piece.h"

#include <unordered_map>
#include <vector>

#include "algebra/derivative/derivative_node.h"
#include "algebra/rules/call.h"
#include "algebra/rules/rules.h"
#include "calc/landmarks/zeros.h"
#include "expr/build.h"

namespace nabla::calc {
namespace {

using eval::Evaluator;
using eval::Outcome;
using expr::Expr;
using expr::Kind;
using number::Rational;

struct Undecided {};

class Resolver {
 public:
  Resolver(Evaluator& in, Expr x, const Rational& point) : in_(in), g_(in.graph()), x_(x), point_(point) {}

  Expr run(Expr root) {
    std::vector<Expr> args;
    for (Expr e : expr::reachable(g_, std::span(&root, 1))) {
      if (known_.contains(e.id)) continue;
      args.clear();
      for (Expr a : g_.args(e)) args.push_back(known_.at(a.id));
      known_.insert_or_assign(e.id, args.empty() ? e : of(e, args));
    }
    return known_.at(root.id);
  }

 private:
  Expr of(Expr node, const std::vector<Expr>& args) {
    in_.budget().check();
    const Expr same = expr::with_args(g_, node, args);
    if (!expr::depends_on(g_, same, x_)) return same;
    if (g_.kind(same) == Kind::compare) {
      const int s = sign_at(in_, expr::subtract(g_, g_.arg(same, 0), g_.arg(same, 1)), x_, point_);
      if (s != 0) {
        switch (g_.relation(same)) {
          case expr::Relation::less:
          case expr::Relation::less_equal: return g_.boolean(s < 0);
          case expr::Relation::equal: return g_.boolean(false);
          case expr::Relation::not_equal: return g_.boolean(true);
        }
      }
      const number::Truth t = in_.decide(put(in_, same, x_, g_.rational(point_)));
      if (t == number::Truth::unknown) throw Undecided{};
      return g_.boolean(t == number::Truth::yes);
    }
    if (g_.kind(same) != Kind::call || !algebra::is_piecewise(g_.function(same))) return same;
    const algebra::Kernel& kernel = algebra::kernel();
    const Expr u = g_.arg(same, 0);
    if (algebra::is_call(g_, same, kernel.abs) || algebra::is_call(g_, same, kernel.sign)) {
      const int s = sign_at(in_, u, x_, point_);
      if (s == 0) throw Undecided{};
      if (algebra::is_call(g_, same, kernel.sign)) return expr::integer(g_, s);
      return s > 0 ? u : expr::negate(g_, u);
    }
    if (algebra::is_call(g_, same, kernel.floor)) {
      const Outcome o =
          in_.refine(put(in_, same, x_, g_.rational(point_)), [](const Outcome& f) { return f.has_value(); });
      if (o.exact) return g_.rational(*o.exact);
      const auto n = o.state == Outcome::State::enclosed ? o.ball.unique_integer() : std::nullopt;
      if (!n) throw Undecided{};
      return expr::integer(g_, *n);
    }
    const std::optional<Expr> other = algebra::expanded(g_, same);
    if (!other) throw Undecided{};
    return run(*other);
  }

  Evaluator& in_;
  expr::Graph& g_;
  Expr x_;
  Rational point_;
  std::unordered_map<std::uint32_t, Expr> known_;
};

}  // namespace

std::optional<Expr> smooth_piece(Evaluator& in, Expr e, Expr x, const Rational& point) {
  try {
    const Expr out = Resolver(in, x, point).run(e);
    if (algebra::has_pieces(in.graph(), out)) return std::nullopt;
    return out;
  } catch (const Undecided&) {
    return std::nullopt;
  } catch (const base::Error& error) {
    if (error.code == base::Code::timeout || error.code == base::Code::interrupted) throw;
    return std::nullopt;
  }
}

}  // namespace nabla::calc
