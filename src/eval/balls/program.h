// An expression compiled for evaluation in balls: its nodes as a list of steps, children first, and the frames of slots
// in which it runs. Compiled once, run for any precision and any values of its variables.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "eval/balls/slot.h"
#include "expr/graph.h"

namespace nabla::eval {

enum class Op : std::uint8_t {
  constant,   // a rational or truth value, `number`
  variable,   // a symbol or bound variable: its binding
  parameter,  // of the user function whose body this is, `detail`
  sum,
  product,
  power,
  literal_power,  // the exponent is written as a number; of `power`, `detail`: its odd written denominator, or 0
  call,           // `function`
  compare,        // `detail`: the relation
  logic,          // `detail`: the connective
  select,
  operation,  // evaluated by its row; its arguments are programs of their own
  apply,      // `recursive`
  component,
};

// The value of a variable.
struct Binding {
  Slot value;
  bool bound = false;
  std::uint64_t version = 0;  // changes with every new value
};

struct Step {
  Op op = Op::constant;
  std::uint8_t detail = 0;
  std::uint32_t first = 0;  // of its arguments: slots
  std::uint32_t count = 0;
  Expr node;
  union {
    const Rational* number = nullptr;
    const expr::Function* function;
    const expr::Operation* operation;
    const expr::Recursive* recursive;
    const Binding* binding;
    std::uint16_t parameter;
  };
};

// A variable the program depends on.
struct Leaf {
  Expr node;
  bool parameter = false;
  const Binding* binding = nullptr;       // of a variable
  std::vector<std::uint32_t> users;       // steps whose value depends on it directly
  std::vector<std::uint32_t> dependents;  // all steps that depend on it, ascending; made when first needed
};

// One run of a program.
struct Frame {
  std::vector<Slot> slots;
  std::uint32_t epoch = 0;
  Bits bits = 0;
  std::vector<std::uint64_t> seen;     // versions of the leaves' values
  std::vector<std::uint32_t> pending;  // steps still to do, the next one last
  std::vector<Slot> arguments;         // of the call, for the body of a user function
};

class Program {
 public:
  Program(const Graph& g, Expr root);

  std::span<const Step> steps() const { return steps_; }
  const Step& step(std::uint32_t i) const { return steps_[i]; }
  std::span<const std::uint32_t> args(const Step& s) const { return {args_.data() + s.first, s.count}; }
  std::uint32_t root() const { return static_cast<std::uint32_t>(steps_.size() - 1); }
  std::vector<Leaf>& leaves() { return leaves_; }
  // Whether only a part of the steps may be evaluated: there are conditions or calls of user functions.
  bool lazy() const { return lazy_; }
  const std::vector<std::uint32_t>& dependents(Leaf& leaf);  // of one leaf
  const std::vector<std::uint32_t>& varying();               // of any leaf

  void attach(Leaf& leaf, const Binding& binding);

  // A free frame, preferably the one used last; give it back with release().
  Frame& acquire();
  void release(Frame& f) { free_.push_back(&f); }

 private:
  std::uint32_t leaf_of(Expr node, bool parameter);
  void depend(const Graph& g, Expr from, std::uint32_t step);
  std::vector<std::uint32_t> spread(std::vector<bool> marks) const;

  std::vector<Step> steps_;
  std::vector<std::uint32_t> args_;
  std::vector<Leaf> leaves_;
  std::vector<std::uint32_t> varying_;
  bool has_varying_ = false;
  bool lazy_ = false;
  std::vector<std::unique_ptr<Frame>> frames_;
  std::vector<Frame*> free_;
};

}  // namespace nabla::eval
