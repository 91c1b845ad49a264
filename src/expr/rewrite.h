// Expressions made of others: nodes rewritten by a rule; replacing, opening and closing of bound variables; copies.
#pragma once

#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "expr/build.h"
#include "expr/fold.h"
#include "expr/graph.h"

namespace nabla::expr {

// An operation node. `bodies` are the positions of arguments in which `variable` (a symbol) is to be bound; it is
// replaced by bound(h), h being one more than the binders below.
Expr operation(Graph& g, const Operation& op, std::span<const Expr> args, Expr variable, std::span<const int> bodies);
// The arguments of such a node with its bound variable replaced by `value` (a fresh symbol, to look inside).
std::vector<Expr> open(Graph& g, Expr operation, Expr value);

// e with these arguments, through the builders; e itself if they are its own.
Expr rebuilt(Graph& g, Expr e, std::span<const Expr> args);

// Rewrites expressions from the leaves up, each node once for all roots, without recursion but into operations that
// bind a variable: they are opened, their arguments rewritten, and closed again.
class Rewriter {
 public:
  // Whether anything at e or below it may change; false leaves all of it as it is.
  using Enters = std::function<bool(Expr e)>;
  // What e becomes, given what its arguments became; rebuilt(g, e, args) if there is nothing else to do.
  using Rule = std::function<Expr(Expr e, std::span<const Expr> args)>;

  Rewriter(Graph& g, Enters enters, Rule rule) : g_(g), done_(g), enters_(std::move(enters)), rule_(std::move(rule)) {}

  Expr operator()(Expr root);

 private:
  Expr of_binder(Expr e);

  Graph& g_;
  Fold<Expr> done_;
  Enters enters_;
  Rule rule_;
};

// Of one root.
Expr rewrite(Graph& g, Expr root, Rewriter::Enters enters, Rewriter::Rule rule);

// es with symbols, bound variables or parameters replaced, all at once, rebuilt by the builders. What the replacements
// stand for is not looked into.
using Replacement = std::pair<Expr, Expr>;
std::vector<Expr> substitute(Graph& g, std::span<const Expr> es, std::span<const Replacement> replacements);
Expr substitute(Graph& g, Expr e, std::span<const Replacement> replacements);

// e of another graph, in this one.
Expr copy(Graph& to, const Graph& from, Expr e);

}  // namespace nabla::expr
