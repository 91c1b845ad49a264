// Expressions beside an end of a range of integration, as log-germs.
#pragma once

#include <unordered_map>

#include "eval/balls/evaluator.h"
#include "eval/quadrature/end_integral.h"
#include "eval/quadrature/log_germ.h"

namespace nabla::eval {

// Expands expressions in x = end ± h, or ±1/h at infinity, for all h in (0, h0] at once. Throws Error (timeout,
// interrupted).
class EndGerm {
 public:
  EndGerm(Evaluator& in, Expr x, const EndPoint& end, const LogGerms& near)
      : in_(in), g_(in.graph()), x_(x), end_(end), near_(near) {}

  // Nothing if e is not enclosed on (0, h0].
  MaybeGerm of(Expr e, int depth = 0);

 private:
  MaybeGerm compute(Expr e, int depth);
  MaybeGerm of_constant(Expr e);
  MaybeGerm of_variable();
  MaybeGerm of_power(Expr e, int depth);
  MaybeGerm of_call(Expr e, int depth);
  MaybeGerm of_step(const LogGerm& a, Expr argument);
  MaybeGerm by_jets(Expr e);
  MaybeGerm by_slope(Expr call, const LogGerm& argument, int depth);
  MaybeGerm bounded(Expr e, const MaybeGerm& argument);
  std::optional<bool> holds(Expr condition, int depth);
  std::optional<int> sign(const LogGerm& a);
  // A Taylor series whose first coefficients are exactly 0 where that is proven.
  LogGerm repaired(Expr e, LogGerm a);

  Evaluator& in_;
  Graph& g_;
  Expr x_;
  EndPoint end_;
  const LogGerms& near_;
  std::unordered_map<std::uint32_t, MaybeGerm> known_;
};

}  // namespace nabla::eval
