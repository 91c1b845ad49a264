#include "eval/balls/decimal_places.h"

#include <algorithm>

#include "algebra/rules/call.h"
#include "expr/fold.h"

namespace nabla::eval {
namespace {

using expr::Kind;

constexpr int kMostPlaces = 100;

class Places {
 public:
  Places(const Graph& g, std::span<const Ending> variables) : g_(g), variables_(variables) {}

  std::optional<int> run(Expr root) const {
    return expr::fold<Known>(g_, root, [this](Expr e, std::span<const Known> below) {
      const Known found = of(e, below);
      return found && *found > kMostPlaces ? std::nullopt : found;
    });
  }

 private:
  using Known = std::optional<int>;

  Known of(Expr e, std::span<const Known> below) const {
    switch (g_.kind(e)) {
      case Kind::rational: return decimal_places(g_.number(e));
      case Kind::symbol: return of_variable(e);
      case Kind::sum: return most(below);
      case Kind::product: return together(below);
      case Kind::power: return of_power(g_.arg(e, 1), below[0]);
      case Kind::boolean:
      case Kind::compare:
      case Kind::logic: return 0;
      case Kind::select: return most(below.subspan(1));
      case Kind::call:
        if (algebra::is_call(g_, e, algebra::kernel().floor)) return 0;
        if (algebra::is_call(g_, e, algebra::kernel().abs)) return below[0];
        return std::nullopt;
      case Kind::bound:
      case Kind::parameter:
      case Kind::operation:
      case Kind::apply:
      case Kind::component: return std::nullopt;
    }
    return std::nullopt;
  }

  Known of_variable(Expr e) const {
    const auto found = std::ranges::find(variables_, e, &Ending::variable);
    return found == variables_.end() ? std::nullopt : std::optional(found->places);
  }

  static Known most(std::span<const Known> below) {
    int places = 0;
    for (const Known& a : below) {
      if (!a) return std::nullopt;
      places = std::max(places, *a);
    }
    return places;
  }

  static Known together(std::span<const Known> below) {
    int places = 0;
    for (const Known& a : below) {
      if (!a) return std::nullopt;
      places = std::min(kMostPlaces + 1, places + *a);
    }
    return places;
  }

  Known of_power(Expr exponent, const Known& base) const {
    if (!base || !g_.is_number(exponent)) return std::nullopt;
    const std::optional<long> n = g_.number(exponent).to_long();
    if (!n || *n < 0 || *n > kMostPlaces) return std::nullopt;
    return static_cast<int>(*n) * *base;
  }

  const Graph& g_;
  std::span<const Ending> variables_;
};

}  // namespace

std::optional<int> decimal_places(const Rational& q) {
  Rational scaled = q;
  for (int places = 0; places <= kMostPlaces; ++places) {
    if (scaled.is_integer()) return places;
    scaled = scaled * Rational(10);
  }
  return std::nullopt;
}

std::optional<int> decimal_places(const Graph& g, Expr e, std::span<const Ending> variables) {
  return Places(g, variables).run(e);
}

}  // namespace nabla::eval
