#include "expr/rewrite.h"

#include <algorithm>

#include "algebra/derivative/derivative_node.h"
#include "calc/operations/diff/derivative_at.h"
#include "expr/fold.h"

namespace {

using namespace nabla::expr;

struct Fixture {
  Graph g;
  Expr x = g.symbol("x");
  Expr y = g.symbol("y");
  Expr n(long k) { return integer(g, k); }

  // x² + x³ of itself, `depth` times: 2^depth paths to the leaf.
  Expr tower(Expr leaf, int depth) {
    for (int i = 0; i < depth; ++i) leaf = add(g, power(g, leaf, 2), power(g, leaf, 3));
    return leaf;
  }
  // The derivative of `body` by x at `point`, as a node that binds x.
  Expr derivative(Expr body, Expr point) {
    const Expr args[] = {body, n(1), point};
    constexpr int kBody = 0;
    return operation(g, nabla::calc::kPointDerivative, args, x, std::span(&kBody, 1));
  }
  Expr put(Expr e, Expr from, Expr to) {
    const Replacement r{from, to};
    return substitute(g, e, std::span(&r, 1));
  }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "a fold sees each node once, however deep and however shared", "[expr]") {
  const auto nesting = [this](Expr root, std::size_t& seen) {
    return fold<long>(g, root, [&seen](Expr, std::span<const long> below) {
      ++seen;
      return below.empty() ? 0 : 1 + *std::ranges::max_element(below);
    });
  };
  std::size_t seen = 0;
  CHECK(nesting(tower(x, 20000), seen) == 40000);
  CHECK(seen == 3 * 20000 + 3);  // a sum and two powers each; x and two exponents
  seen = 0;
  CHECK(nesting(x, seen) == 0);
  CHECK(seen == 1);
}

TEST_CASE_METHOD(Fixture, "a fold keeps what it found for further roots, and its rule may go on with it", "[expr]") {
  Fold<int> sizes(g);
  int calls = 0;
  const auto rule = [&](Expr e, std::span<const int> below) {
    ++calls;
    int size = 1;
    for (int b : below) size += b;
    if (e == x) size = sizes.run(y, [](Expr, std::span<const int>) { return 7; });
    return size;
  };
  const Expr s = add(g, x, n(2));
  CHECK(sizes.run(s, rule) == 9);
  CHECK(calls == 3);
  CHECK(sizes.at(y) == 7);
  CHECK(sizes.run(multiply(g, s, y), rule) == 17);
  CHECK(calls == 4);
}

TEST_CASE_METHOD(Fixture, "a fold computes only what is asked for", "[expr]") {
  const Expr e = select(g, compare(g, Relation::less, x, y), x, power(g, y, -1));
  Fold<double> values(g);
  const auto needs = [this](Expr node, auto& ask) {
    if (g.kind(node) != Kind::select) return;
    if (const double* first = ask(g.arg(node, 0))) ask(g.arg(node, *first != 0 ? 1 : 2));
  };
  const auto value = [this](Expr node) { return node == x ? 5.0 : 1.0; };
  values.run(e, needs, value);
  CHECK(values.find(x) != nullptr);
  CHECK(values.find(g.arg(e, 2)) == nullptr);
}

TEST_CASE_METHOD(Fixture, "replacements are made all at once, over all expressions", "[expr]") {
  const Expr es[] = {subtract(g, x, y), power(g, x, y), n(3), tower(x, 100)};
  const Replacement swap[] = {{x, y}, {y, x}};
  const std::vector<Expr> swapped = substitute(g, es, swap);
  CHECK(swapped == std::vector<Expr>{subtract(g, y, x), power(g, y, x), n(3), tower(y, 100)});
  CHECK(substitute(g, std::span(es, 1), {}).front() == es[0]);
}

TEST_CASE_METHOD(Fixture, "replacing captures no bound variable", "[expr]") {
  const Expr slope = derivative(multiply(g, square_root(g, x), y), n(4));
  CHECK(put(slope, y, x) != derivative(power(g, x, g.rational(Rational(3, 2))), n(4)));
  const Expr t = g.symbol("t");
  const std::vector<Expr> inside = open(g, put(slope, y, x), t);
  CHECK(inside[0] == multiply(g, square_root(g, t), x));
  // An operation put into another's body: its own variable stays apart.
  const Expr nested = put(slope, y, derivative(square_root(g, x), n(9)));
  CHECK(g.node(nested).binders == 2);
  CHECK(open(g, nested, t)[0] == multiply(g, square_root(g, t), derivative(square_root(g, x), n(9))));
  CHECK(put(slope, x, n(2)) == slope);
}

TEST_CASE_METHOD(Fixture, "a rule rewrites inside operations too, and leaves what it does not enter", "[expr]") {
  const auto renamed = [this](Expr root, bool everywhere) {
    return rewrite(
        g, root, [&](Expr e) { return everywhere || g.kind(e) != Kind::operation; },
        [this](Expr e, std::span<const Expr> args) { return e == y ? n(5) : rebuilt(g, e, args); });
  };
  const Expr e = add(g, y, derivative(multiply(g, square_root(g, x), y), y));
  CHECK(renamed(e, true) == add(g, n(5), derivative(multiply(g, square_root(g, x), n(5)), n(5))));
  CHECK(renamed(e, false) == add(g, n(5), derivative(multiply(g, square_root(g, x), y), y)));
  CHECK(renamed(tower(x, 20000), true) == tower(x, 20000));
}
