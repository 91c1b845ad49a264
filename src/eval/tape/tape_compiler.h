// From a graph to the instructions of a tape.
#pragma once

#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/small_vector.h"
#include "eval/tape/common_factors.h"
#include "eval/tape/tape.h"

namespace nabla::eval {

// tape_compiler.cpp walks over the nodes, tape_products.cpp makes sums, products and powers, tape_emit.cpp
// instructions. Values are numbered as they are made; slots are assigned at the end, so that a slot is reused after the
// last use of its value.
class TapeCompiler {
 public:
  TapeCompiler(Tape& tape, Evaluator& in) : tape_(tape), in_(in), g_(in.graph()) {}
  void run(std::span<const Expr> roots);

 private:
  using Id = std::uint32_t;  // of a value
  enum class Origin : std::uint8_t { constant, parameter, input, computed };
  struct ValueInfo {
    Origin origin = Origin::computed;
    bool varying = false;
    std::uint32_t index = 0;  // of the constant, parameter or input
  };
  struct Draft {
    Instruction code;  // slots are value numbers
    bool varying = false;
  };
  using IdList = base::SmallVector<Id, 8>;
  // Factors of a product: the rational one, those multiplied and those divided by.
  struct Factors {
    Rational coefficient = 1;
    IdList over;
    IdList under;
  };
  static bool has_kernel(const expr::Function& f, std::size_t arguments);
  bool expand_calls(std::vector<Expr>& roots, std::span<const Expr> nodes);
  void number_nodes(std::span<const Expr> roots, std::span<const Expr> nodes);
  void share_common_factors(std::span<const Expr> needed);
  Id pair_value(std::uint32_t pair);
  void guard_externals(std::span<const Expr> roots);
  Id value(Expr e);
  bool depends(Expr e);  // on an input or parameter
  bool deferred(Expr e);
  Id compile(Expr e);
  Id compile_sum(Expr e);
  bool compile_polynomial(std::span<const Expr> terms, Id& result);
  Id add_term(Id sum, Expr term);
  bool divides(Expr factor);
  void find_factors(Expr e, Factors& f);
  void add_factor(Expr e, Factors& f);
  Id product_of(const Factors& f);
  Id product_of(std::span<const Id> factors);
  Id compile_power(Expr e);
  Id rational_power(Id base, const Rational& q);  // q > 0
  Id integer_power(Id base, long n);
  Id compile_call(Expr e);
  Id compile_external(Expr e);

  static double rounding_of(double x);
  Id constant(Expr e);
  Id constant(const Rational& q);
  Id constant(double value, double error);
  Id emit(Instruction i, std::initializer_list<Id> operands);
  Id unary(Code c, Id a);
  Id binary(Code c, Id a, Id b);
  Id ternary(Code c, Id a, Id b, Id third);
  Id routine(const number::VectorForm& f, Id a);
  Id routine(const number::VectorForm& f, Id a, Id b);
  Id new_value(Origin origin, bool varying, std::uint32_t index);
  Id result_of(Id id);
  void finish();

  Tape& tape_;
  Evaluator& in_;
  Graph& g_;
  std::vector<ValueInfo> infos_;
  std::vector<Draft> drafts_;
  std::vector<Id> results_;  // the roots
  // Facts about a node.
  struct NodeInfo {
    Id value = kNoSlot;
    std::uint32_t uses = 0;
    bool varying = false;  // depends on inputs or parameters
    bool needed = false;
    std::uint8_t turns = 0;  // 1 if its sine is needed, 2 its cosine
  };
  NodeInfo& info(Expr e) {
    if (e.id >= nodes_.size()) nodes_.resize(g_.size());
    return nodes_[e.id];
  }
  std::vector<NodeInfo> nodes_;
  std::unordered_map<std::uint32_t, std::pair<Id, Id>> sine_cosines_;
  FactorLists candidates_;  // factors of products that might be shared, before and after pairs were taken out
  FactorLists paired_;
  std::unordered_map<std::uint32_t, std::size_t> shared_;  // products that hold such pairs: their index in candidates_
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_;
  std::vector<Id> pair_values_;
  std::unordered_map<std::uint32_t, Expr> guards_;  // of externals
  std::unordered_map<std::uint64_t, Id> constant_ids_;
};

}  // namespace nabla::eval
