// Expressions as a graph in which equal nodes are the same node.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "number/rational.h"

namespace nabla::expr {

using number::Rational;

class Graph;
struct Function;   // a row of functions/table.cpp
struct Operation;  // a row of calc/operations.cpp
struct Recursive;  // an instance of a recursive user function

// A handle of a node; valid for one Graph. Ids grow from children to parents, so that ascending order is a topological
// order.
struct Expr {
  std::uint32_t id = 0;
  friend constexpr bool operator==(Expr, Expr) = default;
  friend constexpr auto operator<=>(Expr, Expr) = default;
};

enum class Kind : std::uint8_t {
  rational,   // number()
  boolean,    // detail 0 or 1
  symbol,     // name(): a free name
  bound,      // height(): the variable of an enclosing operation, named by the operation's binder height
  parameter,  // height(): the n-th parameter, in the body of a Recursive
  sum,        // two arguments or more; at most one rational, first
  product,    // two arguments or more; at most one rational, first
  power,      // base, exponent
  call,       // function(): a mathematical function or (no arguments) constant
  compare,    // relation(): two arguments
  logic,      // connective(): and, or: two arguments or more; not: one
  select,     // condition, value if true, value otherwise
  operation,  // operation(): arguments as the row says; those that are bodies may contain bound(binder height)
  apply,      // recursive(): the arguments of the call
  component,  // index, then the elements: the index-th (from 1) of them
};

enum class Relation : std::uint8_t { less, less_equal, equal, not_equal };  // > and >= are stored turned round
enum class Connective : std::uint8_t { and_, or_, not_ };

// Facts about a node and all below it, computed when it is made.
enum Fact : std::uint16_t {
  kHasSymbol = 1 << 0,
  kHasBound = 1 << 1,      // a bound variable that is not bound below this node
  kHasOperation = 1 << 2,  // an operation or a recursive call
  kTotal = 1 << 3,         // proven to be defined for all real values of its symbols
  kTruth = 1 << 4,         // true or false, not a number (of this node)
  kEstimate = 1 << 5,      // contains an operation whose answer is an estimate
  kPositive = 1 << 6,      // total and proven to be > 0
  kNonnegative = 1 << 7,   // total and proven to be >= 0
  kHasParameter = 1 << 8,
};

struct Node {
  Kind kind = Kind::rational;
  std::uint8_t detail = 0;  // Relation, Connective, boolean
  std::uint16_t facts = 0;
  std::uint16_t binders = 0;    // nesting depth of the operations in it that bind a variable
  std::uint16_t top_bound = 0;  // the greatest height of a bound variable that occurs free in it
  std::uint32_t count = 0;      // of its arguments
  std::uint32_t hash = 0;
  const Expr* args = nullptr;
  std::uint64_t payload = 0;  // index of the number or name, height, or the address of the row
};

// Rewriting that depends on rows, applied by the builders: exact values and the like. Set by algebra.
struct Rules {
  // f(args) by total identities.
  Expr (*call)(Graph& g, const Function& f, std::span<const Expr> args) = nullptr;
  // base^exponent if a rule about functions applies (e^u is exp(u)), else nothing.
  std::optional<Expr> (*power)(Graph& g, Expr base, Expr exponent) = nullptr;
  // The rows of operations that passes make nodes of; nullptr: they cannot be made in this graph.
  const Operation* point_derivative = nullptr;  // a derivative kept as what it is: body, order, point
  const Operation* defined = nullptr;           // whether the argument has a value: 1 or 0
  const Operation* nowhere = nullptr;           // has no value
};

class Graph {
 public:
  explicit Graph(const Rules* rules = nullptr);
  ~Graph();
  Graph(const Graph&) = delete;
  Graph& operator=(const Graph&) = delete;

  // Make nodes without rewriting. Passes use the builders of expr/build.h.
  // Throws Error (limit) beyond Budget::kMaxNodes.
  Expr rational(const Rational& q);
  Expr boolean(bool b);
  Expr symbol(std::string_view name);
  Expr fresh_symbol();  // one that no text can name
  Expr bound(std::uint16_t height);
  Expr parameter(std::uint16_t index);
  Expr make(Kind kind, std::span<const Expr> args, std::uint64_t payload = 0, std::uint8_t detail = 0);

  const Rules* rules() const { return rules_; }
  const Node& node(Expr e) const { return nodes_[e.id]; }
  Kind kind(Expr e) const { return nodes_[e.id].kind; }
  bool is(Expr e, Fact f) const { return (nodes_[e.id].facts & f) != 0; }
  // Stays valid while the graph grows.
  std::span<const Expr> args(Expr e) const { return {nodes_[e.id].args, nodes_[e.id].count}; }
  Expr arg(Expr e, std::size_t i) const { return nodes_[e.id].args[i]; }
  const Rational& number(Expr e) const { return numbers_[nodes_[e.id].payload]; }
  const std::string& name(Expr e) const { return names_[nodes_[e.id].payload]; }
  std::uint16_t height(Expr e) const { return static_cast<std::uint16_t>(nodes_[e.id].payload); }
  bool truth(Expr e) const { return nodes_[e.id].detail != 0; }
  Relation relation(Expr e) const { return static_cast<Relation>(nodes_[e.id].detail); }
  Connective connective(Expr e) const { return static_cast<Connective>(nodes_[e.id].detail); }
  const Function& function(Expr e) const { return *reinterpret_cast<const Function*>(nodes_[e.id].payload); }
  const Operation& operation(Expr e) const { return *reinterpret_cast<const Operation*>(nodes_[e.id].payload); }
  const Recursive& recursive(Expr e) const { return *reinterpret_cast<const Recursive*>(nodes_[e.id].payload); }

  std::size_t size() const { return nodes_.size(); }
  bool is_number(Expr e) const { return kind(e) == Kind::rational; }
  bool is_zero(Expr e) const { return is_number(e) && number(e).is_zero(); }
  bool is_one(Expr e) const { return is_number(e) && number(e).is_one(); }
  bool is_constant(Expr e) const { return (nodes_[e.id].facts & (kHasSymbol | kHasBound | kHasParameter)) == 0; }

  // A Recursive lives as long as its graph and is identified by its address.
  Recursive& make_recursive();

  void clear();  // forgets every node, keeps the memory

 private:
  Expr intern(Node n, std::span<const Expr> args);
  void fill_facts(Node& n) const;
  Expr* store(std::span<const Expr> args);
  void grow();

  const Rules* rules_;
  std::deque<Node> nodes_;
  std::vector<std::unique_ptr<Expr[]>> chunks_;  // of arguments; never moved
  std::size_t chunk_size_ = 0;
  std::size_t chunk_used_ = 0;
  std::deque<Rational> numbers_;
  std::deque<std::string> names_;
  std::unordered_map<std::string, std::uint32_t> name_index_;
  std::vector<std::uint32_t> table_;  // open addressing; id + 1, 0 is free
  std::deque<std::unique_ptr<Recursive>> recursives_;
  std::uint32_t fresh_ = 0;
};

// A recursive user function for given shapes of its arguments. The body is an expression over parameter(0) …
// parameter(arity - 1) and symbols, with apply nodes for its calls; it is set after the instance exists.
struct Recursive {
  std::string name;  // as printed: "fact", or "fact'" for a derivative
  std::uint16_t arity = 0;
  std::uint16_t lifted = 0;  // how many of the last arguments pass free symbols of the body; they are not printed
  Expr body;
  // For a derivative: the function, and the parameter or symbol it is differentiated by.
  const Recursive* of = nullptr;
  Expr by;
  // Instances of the derivative by a parameter or by a symbol of the body, made when first needed.
  mutable std::vector<std::pair<Expr, Recursive*>> derivatives;
};

// The free symbols of e, by name.
std::vector<Expr> symbols(const Graph& g, Expr e);
// All nodes below and including the roots, children first (ascending ids).
std::vector<Expr> reachable(const Graph& g, std::span<const Expr> roots);
// Whether x (a symbol, bound or parameter node) occurs free in e.
bool depends_on(const Graph& g, Expr e, Expr x);

}  // namespace nabla::expr
