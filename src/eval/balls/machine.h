// Runs programs, with frames on an explicit stack, so that user functions may recurse ten thousand deep.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "eval/balls/arithmetic.h"
#include "eval/balls/program.h"

namespace nabla::eval {

class Machine {
 public:
  Machine(Evaluator& owner, Graph& graph, base::Budget& budget) : owner_(owner), graph_(graph), budget_(budget) {}

  // The value of e; exact values may come without a ball. Valid until the next run.
  Slot& run(Expr e, Bits bits);

  Binding& binding(Expr variable) { return bindings_[variable.id]; }
  // Call this when a binding has changed.
  void renew(Expr variable, Binding& b);
  void forget(Expr variable);  // results that depend on it through calls of user functions

  bool proven_equal(Expr a, Expr b);

 private:
  // A call of a user function with exact arguments.
  struct Call {
    const expr::Recursive* function;
    std::vector<Rational> arguments;
    friend bool operator==(const Call&, const Call&) = default;
  };
  struct CallHash {
    std::size_t operator()(const Call& c) const;
  };
  struct Memo {
    Slot value;
    Bits bits = 0;
    bool in_progress = false;
  };

  struct Activation {
    Program* program = nullptr;
    Frame* frame = nullptr;
    std::span<Slot> parameters;
    std::uint64_t version = 0;  // of the parameters
    bool called = false;        // by another activation
    Memo* memo = nullptr;
    const Call* call = nullptr;
  };

  // For its lifetime, evaluations see the parameters of this activation.
  class Inside {
   public:
    Inside(Machine& m, const Activation& a) : m_(m), parameters_(m.parameters_), version_(m.parameters_version_) {
      m.parameters_ = a.parameters;
      m.parameters_version_ = a.version;
    }
    ~Inside() {
      m_.parameters_ = parameters_;
      m_.parameters_version_ = version_;
    }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

   private:
    Machine& m_;
    std::span<Slot> parameters_;
    std::uint64_t version_;
  };

  Program& program(Expr e);
  Slot& start(const Activation& a, Bits bits);
  // Prepares a frame. Returns the steps to repeat, or nullptr: all that are not done.
  const std::vector<std::uint32_t>* refresh(const Activation& a, Bits bits);
  Slot& straight(const Activation& a, const std::vector<std::uint32_t>* list);
  Slot& execute(std::size_t base);
  void advance(const Activation& a, std::uint32_t step);
  // Requests steps that are not done yet; whether there are any.
  bool need(const Activation& a, std::span<const std::uint32_t> steps);
  void decide_select(const Activation& a, const Step& s, Slot& out);
  void decide_logic(const Activation& a, const Step& s, Slot& out);
  void choose_component(const Activation& a, const Step& s, Slot& out);
  void enter_call(const Activation& a, const Step& s, Slot& out);
  void finish();  // ends the top activation and passes its value to the caller
  void unwind(std::size_t base);

  // Computes one step whose arguments are known (machine_steps.cpp).
  void compute(const Activation& a, const Step& s, Slot& out);
  void compute_once(const Activation& a, const Step& s, Slot& out);
  void compute_call(const Activation& a, const Step& s, Slot& out);
  std::optional<Rational> exact_value(const expr::Function& f, std::span<Slot* const> exact_arguments);
  std::optional<Rational> value_of_step(const expr::Function& f, std::span<Slot* const> given);
  void compute_by_expansion(const Activation& a, const Step& s, Slot& out);
  void compute_compare(const Activation& a, const Step& s, Slot& out);
  bool outside_domain(const Activation& a, const Step& s, std::span<const std::uint32_t> args, Slot& out);
  std::span<Slot* const> slots(const Activation& a, std::span<const std::uint32_t> args);
  number::Balls balls(const Activation& a, std::span<const std::uint32_t> args);

  // Proofs of equality, tried from the precision at which balls should have decided.
  bool settle_arguments(const Activation& a, const Step& s);
  bool settle(Expr node, Slot& s);
  number::Truth condition(const Activation& a, Expr node, Slot& s);
  std::optional<Expr> closed(Expr e);

  Evaluator& owner_;
  Graph& graph_;
  base::Budget& budget_;
  std::unordered_map<std::uint32_t, std::unique_ptr<Program>> programs_;
  Expr last_expression_;
  Program* last_program_ = nullptr;
  std::unordered_map<std::uint32_t, Binding> bindings_;
  std::uint64_t version_ = 0;
  std::unordered_map<Call, Memo, CallHash> memos_;
  std::unordered_map<std::uint64_t, bool> equalities_;

  std::vector<Activation> stack_;
  std::span<Slot> parameters_;  // of the user function being evaluated
  std::uint64_t parameters_version_ = 0;
  Bits bits_ = 0;
  int nested_ = 0;
  long calls_ = 0;
  std::size_t live_slots_ = 0;

  std::vector<Slot*> slot_scratch_;
  std::vector<Ball> ball_scratch_;
  std::vector<Rational> rational_scratch_;
};

}  // namespace nabla::eval
