// One walk over a graph for everything that is computed of a node from what its arguments gave: children first, each
// node once, without recursion.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "base/small_vector.h"
#include "expr/graph.h"
#include "expr/node_map.h"

namespace nabla::expr {

// Keeps what the nodes gave, for further roots.
template <class T>
class Fold {
 public:
  explicit Fold(const Graph& g) : g_(g) {}

  // What e gave, which was reached. Holds until the walk goes on.
  const T& at(Expr e) const { return known_.at(e); }
  const T* find(Expr e) const { return known_.find(e); }
  void forget() { known_ = {}; }

  // The value of root, rule(e, values of the arguments) giving that of a node. The rule may start walks of its own, on
  // this object too.
  template <class Rule>
  T run(Expr root, Rule&& rule) {
    base::SmallVector<T, kFew> below;
    return run(
        root,
        [this](Expr e, auto& ask) {
          const auto args = g_.args(e);
          for (std::size_t i = args.size(); i-- > 0;) ask(args[i]);
        },
        [&](Expr e) {
          below.clear();
          for (Expr a : g_.args(e)) below.push_back(known_.at(a));
          return rule(e, std::span<const T>(below.begin(), below.end()));
        });
  }

  // The same where not every argument is needed, or not at once: needs(e, ask) asks for the nodes that value(e) looks
  // up, ask(a) giving a pointer to the value of a, nullptr if it is not known yet; it is called again when it is.
  template <class Needs, class Value>
  T run(Expr root, Needs&& needs, Value&& value) {
    if (const T* known = known_.find(root)) return *known;
    std::vector<Expr> stack{root};
    const auto ask = [&](Expr a) {
      const T* known = known_.find(a);
      if (known == nullptr) stack.push_back(a);
      return known;
    };
    while (!stack.empty()) {
      const Expr e = stack.back();
      if (known_.contains(e)) {
        stack.pop_back();
        continue;
      }
      const std::size_t before = stack.size();
      needs(e, ask);
      if (stack.size() != before) continue;
      stack.pop_back();
      known_.put(e, value(e));
    }
    return known_.at(root);
  }

 private:
  static constexpr std::size_t kFew = 8;  // values that need no memory of their own

  const Graph& g_;
  NodeMap<T> known_;
};

// rule(root, …) of the values of its arguments, and so on down.
template <class T, class Rule>
T fold(const Graph& g, Expr root, Rule&& rule) {
  return Fold<T>(g).run(root, std::forward<Rule>(rule));
}

}  // namespace nabla::expr
