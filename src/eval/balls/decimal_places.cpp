#include "eval/balls/decimal_places.h"

#include <algorithm>
#include <unordered_map>

#include "algebra/rules/call.h"

namespace nabla::eval {
namespace {

using expr::Kind;

constexpr int kMostPlaces = 100;

class Places {
 public:
  Places(const Graph& g, std::span<const Ending> variables) : g_(g), variables_(variables) {}

  std::optional<int> run(Expr root) {
    for (const Expr e : expr::reachable(g_, std::span(&root, 1))) {
      std::optional<int> found = of(e);
      if (found && *found > kMostPlaces) found.reset();
      known_[e.id] = found;
    }
    return known_[root.id];
  }

 private:
  std::optional<int> of(Expr e) {
    const auto args = g_.args(e);
    switch (g_.kind(e)) {
      case Kind::rational: return decimal_places(g_.number(e));
      case Kind::symbol: return of_variable(e);
      case Kind::sum: return most(args);
      case Kind::product: return together(args);
      case Kind::power: return of_power(e);
      case Kind::boolean:
      case Kind::compare:
      case Kind::logic: return 0;
      case Kind::select: return most(args.subspan(1));
      case Kind::call:
        if (algebra::is_call(g_, e, algebra::kernel().floor)) return 0;
        if (algebra::is_call(g_, e, algebra::kernel().abs)) return known_[args[0].id];
        return std::nullopt;
      case Kind::bound:
      case Kind::parameter:
      case Kind::operation:
      case Kind::apply:
      case Kind::component: return std::nullopt;
    }
    return std::nullopt;
  }

  std::optional<int> of_variable(Expr e) const {
    const auto found = std::ranges::find(variables_, e, &Ending::variable);
    return found == variables_.end() ? std::nullopt : std::optional(found->places);
  }

  std::optional<int> most(std::span<const Expr> args) {
    int places = 0;
    for (const Expr a : args) {
      if (!known_[a.id]) return std::nullopt;
      places = std::max(places, *known_[a.id]);
    }
    return places;
  }

  std::optional<int> together(std::span<const Expr> args) {
    int places = 0;
    for (const Expr a : args) {
      if (!known_[a.id]) return std::nullopt;
      places = std::min(kMostPlaces + 1, places + *known_[a.id]);
    }
    return places;
  }

  std::optional<int> of_power(Expr e) {
    const std::optional<int> base = known_[g_.arg(e, 0).id];
    const Expr exponent = g_.arg(e, 1);
    if (!base || !g_.is_number(exponent)) return std::nullopt;
    const std::optional<long> n = g_.number(exponent).to_long();
    if (!n || *n < 0 || *n > kMostPlaces) return std::nullopt;
    return static_cast<int>(*n) * *base;
  }

  const Graph& g_;
  std::span<const Ending> variables_;
  std::unordered_map<std::uint32_t, std::optional<int>> known_;
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
