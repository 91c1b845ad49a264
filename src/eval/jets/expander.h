// The expansion of one expression in a series; only for the files jet*.cpp and derivative_at.cpp.
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "algebra/derivative/derivative_node.h"
#include "eval/jets/jet.h"

namespace nabla::eval {

// One run over an expression and the bodies of the recursive functions it calls, on an explicit stack.
class Expander {
 public:
  Expander(Evaluator& in, Expr x, Expr at, Side side, long terms, Bits bits)
      : in_(in), g_(in.graph()), x_(x), at_(at), side_(side), terms_(terms), bits_(bits) {}

  // Another variable that depends on x: its germ, and its value as an expression in x.
  struct Companion {
    Expr variable;
    Germ germ;
    Expr path;
  };
  // Branches at the point are decided by the exact value only, never because leading coefficients vanish (|x y|).
  void be_strict() { strict_ = true; }
  // Afterwards expanded expressions may contain it; it stays in `smooth`.
  void accompany(Companion companion) { companions_.push_back(std::move(companion)); }

  Expansion run(Expr root, const Ball& at);

 private:
  struct Frame {
    std::vector<Expansion> parameters;
    std::unordered_map<std::uint32_t, Expansion> known;
    const expr::Recursive* function = nullptr;
    std::size_t depth = 0;
  };
  struct Task {
    std::size_t frame;
    Expr node;
  };
  // A derivative node with its bound variable replaced by a symbol, and its formula on this side once found.
  struct Opened {
    algebra::DerivativeParts parts;
    std::optional<Expr> formula;
  };

  Expansion* find(std::size_t frame, Expr e);
  // The germ of a part; if it is not computed yet, requests it and returns nullptr.
  Expansion* want(std::size_t frame, Expr e);
  void settle(const Task& task, Expansion result);
  static Expansion without(Expansion::State state);
  Expansion known(Germ germ, Expr smooth);
  bool varies(std::size_t frame, Expr e);
  Expansion from_outcome(const Outcome& o, Expr e);
  void step(const Task& task);
  Expr rebuilt(Expr e, std::span<const Expansion* const> parts);
  Expr on_path(Expr e);  // in x alone
  Expr at_point(Expr e);
  Ball start() { return find(0, x_)->germ.c.coefficient(0); }
  Expansion combine(Expr e, std::span<const Expansion* const> parts);
  // Replaces a constant term that contains 0 by exactly 0, if the builders' exact arithmetic or a proof shows it.
  Expansion repaired(Expansion a);
  // Replaces an expression that is constant beside the point (x/x) by its number.
  Expansion simplified(Expansion a);
  // Whether a function is proven to be 0 at the point.
  bool proven_zero(Expr e);
  // Moves the first nonzero coefficient to the front. Nothing if that is undecided.
  std::optional<Germ> leading(const Expansion& a);
  // The sign of a function on this side of the point.
  std::optional<int> sign_beside(const Expansion& a);
  Expansion of_power(Expr e, std::span<const Expansion* const> parts);
  Expansion not_real(Expr e);
  Expansion of_general_power(Expr e, const Expansion& base, const Expansion& exponent, Expr smooth);
  Expansion of_vanishing_power(const Germ& base, const Expansion& exponent, Expr smooth);
  Expansion truth(bool value);
  Expansion of_compare(Expr e, std::span<const Expansion* const> parts);
  // Whether a condition holds at and beside the point: its germ is that of a truth value, or of a number used as one.
  // Nothing for Side::both if it is 0 at the point only.
  std::optional<number::Truth> holds(const Expansion& condition);
  // Finishes a task whose condition is undecided; whether it was.
  bool is_open(const Task& task, std::optional<number::Truth> t);
  void of_select(const Task& task);
  void of_logic(const Task& task);
  void of_component(const Task& task);
  // For a value that is undefined at the point but may be defined beside it.
  Expansion beside(Expansion at_point) const;

  // jet_calls.cpp
  void of_apply(const Task& task, std::span<const Expansion* const> parts);
  void of_call(const Task& task, std::span<const Expansion* const> parts);
  bool rounds(Expr call);
  number::Truth domain_around(const expr::Function& f, std::span<const Expansion* const> parts);
  Expansion of_steep_logarithm(const Expansion& a, Expr smooth);
  // Whether e^a tends to 0 faster than any power: a tends to -infinity like a power.
  bool vanishes(const Expansion& a);
  std::optional<Germ> by_series(const expr::Function& f, std::span<const Expansion* const> parts);
  // floor beside a point: if an integer is approached from below, one less.
  Expansion of_floor(const Expansion& a);
  // By integrating the derivative of the call, else by the row's expansion.
  void by_expansion(const Task& task, Expr smooth);
  Expansion by_slope(const Task& task, Expr smooth);

  // jet_operations.cpp
  void of_operation(const Task& task);
  // Each coefficient from a derivative of the operation at the point.
  Expansion by_coefficients(Expr node);
  void of_derivative(const Task& task);
  Opened& opened(Expr node);
  // Whether a body is analytic in x and in its own variable together.
  Expansion::State is_analytic(const Opened& d, const Expansion& point);
  // Finds the formula of a derivative on this side; if there is none, returns the expansion to use instead.
  std::optional<Expansion> find_formula(Expr node, Opened& d, const Expansion& point);
  // The formula of a derivative at a fixed point, valid for all x near it, if it is the same on both sides.
  std::optional<Expr> same_on_both_sides(const Opened& d);
  // Whether a node has no value at a distance of 2^-60 from the point.
  bool is_undefined_beside(Expr node);

  struct PlaceHash {
    std::size_t operator()(const std::pair<std::size_t, std::uint32_t>& p) const {
      return p.first * 1'000'003 + p.second;
    }
  };

  Evaluator& in_;
  Graph& g_;
  Expr x_;
  Expr at_;
  Side side_;
  long terms_;
  Bits bits_;
  std::vector<Companion> companions_;
  std::deque<Frame> frames_;
  std::vector<Task> stack_;
  std::unordered_map<std::uint32_t, bool> varies_;
  std::unordered_map<std::uint32_t, Opened> opened_;
  std::unordered_map<std::pair<std::size_t, std::uint32_t>, std::size_t, PlaceHash> calls_;
  bool strict_ = false;
  bool estimated_ = false;
  bool rough_ = false;
};

}  // namespace nabla::eval
