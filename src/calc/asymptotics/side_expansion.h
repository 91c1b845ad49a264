// An expression beside a point as an asymptotic series.
#pragma once

#include <unordered_map>

#include "calc/asymptotics/asymptotic.h"
#include "calc/asymptotics/side_limit.h"

namespace nabla::calc {

// Expands the nodes of expressions in one variable on one side of one point; every node once.
class SideExpansion {
 public:
  SideExpansion(AsymptoticField& field, Expr x, Asymptotic germ_of_x) : f_(field), g_(field.graph()), x_(x) {
    known_.emplace(x.id, std::move(germ_of_x));
  }

  // Throws Error (undecided) where it gives up, (domain) where the expression has no value on this side.
  const Asymptotic& of(Expr e);

 private:
  Asymptotic expanded(Expr e);
  Asymptotic of_constant(Expr e);
  Asymptotic of_power(Expr base, Expr exponent);
  Asymptotic of_call(Expr e);
  bool holds(Expr condition);
  Asymptotic of_floor(Expr e);
  Asymptotic of_gamma(const expr::Function& f, Expr e);
  // f of an argument that tends to a number or to infinity, by the series of f there.
  Asymptotic by_local_series(Expr e);
  // The argument number i of a call is u, which tends to infinity; or c + v with v -> 0.
  Asymptotic at_infinity(Expr call, std::size_t i, const Asymptotic& u, int side);
  Asymptotic at_number(Expr call, std::size_t i, const Asymptotic& v, Expr c);
  Asymptotic local_antiderivative(Expr body, Expr s);
  // constant + series(v); where that gives up, constant + o(1).
  Asymptotic composed(Expr constant, const Asymptotic& series, const Asymptotic& v);
  Asymptotic bounded(Expr e);

  AsymptoticField& f_;
  Graph& g_;
  Expr x_;
  std::unordered_map<std::uint32_t, Asymptotic> known_;
  int nesting_ = 0;
};

// x itself, as it goes there.
Asymptotic approaching(AsymptoticField& field, const Approach& to);

}  // namespace nabla::calc
