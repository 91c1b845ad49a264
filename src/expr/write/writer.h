// What text and LaTeX have in common: writing from left to right without recursion.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/error.h"
#include "expr/graph.h"
#include "expr/rows.h"
#include "expr/write/bound_names.h"
#include "expr/write/layout.h"
#include "expr/write/print.h"

namespace nabla::expr {

// Writes one expression. What is still to be written stands on a stack, so that depth is no danger: node() puts the
// pieces of a node in order, and pieces that are nodes come back to it later.
class Writer {
 public:
  Writer(const Graph& g, Expr root, Order order)
      : g_(g), root_(root), layout_(g, root), bound_names_(bound_names(g, root)), order_(order) {}
  virtual ~Writer() = default;
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  std::string run() {
    put(root_, 0);
    while (!stack_.empty()) {
      const Item item = std::move(stack_.back());
      stack_.pop_back();
      if (const auto* text = std::get_if<std::string>(&item)) {
        out_ += *text;
        if (out_.size() > kLongestText)
          throw base::Error(base::Code::limit, {}, "the answer is too long to write out",
                            "ask for its value at a point: E at x = 1");
      } else {
        const std::size_t before = stack_.size();
        node(std::get<Piece>(item));
        std::reverse(stack_.begin() + static_cast<std::ptrdiff_t>(before), stack_.end());
      }
    }
    return std::move(out_);
  }

 protected:
  struct Piece {
    Expr e;
    int level;          // must hold together at least as tightly as this, else it is put in brackets
    bool without_sign;  // its minus sign is already written
  };

  virtual void node(const Piece& piece) = 0;

  void put(std::string_view text) { stack_.emplace_back(std::string(text)); }
  void put(Expr e, int level) { stack_.emplace_back(Piece{e, level, false}); }
  void put_arguments(std::span<const Expr> args) {
    for (std::size_t i = 0; i < args.size(); ++i) {
      if (i > 0) put(", ");
      put(args[i], 0);
    }
  }
  // The arguments of an operation in the order of its row, between commas.
  template <class PutVariable, class PutWord>
  void put_as_written(Expr e, PutVariable put_variable, PutWord put_word) {
    const Operation& op = g_.operation(e);
    const auto args = g_.args(e);
    std::size_t next = 0;
    bool first = true;
    for (std::size_t i = 0; i < std::max(op.arguments.count, args.size()); ++i) {
      const Argument kind = i < op.arguments.count ? op.arguments.kinds[i] : Argument::value;
      if (kind != Argument::variable && next == args.size()) break;
      if (!first) put(", ");
      first = false;
      switch (kind) {
        case Argument::variable: put_variable(); break;
        case Argument::word: put_word(op.word(g_.number(args[next++]).to_long().value())); break;
        case Argument::body:
        case Argument::value: put(args[next++], 0); break;
      }
    }
  }
  // The terms of a sum with the signs between them, each holding together as tightly as a product.
  void put_sum(Expr sum, int product_level) {
    bool first = true;
    for (Expr term : layout_.terms(sum, sum == root_ ? order_ : Order::descending)) {
      const bool negative = layout_.is_negative(term);
      if (!first) {
        put(negative ? " - " : " + ");
      } else if (negative) {
        put("-");
      }
      first = false;
      stack_.emplace_back(Piece{term, product_level, negative});
    }
  }

  Notation notation_of(Expr call) const {
    return g_.node(call).count == 1 ? g_.function(call).notation : Notation::name;
  }
  // The primes of a derivative at a point that is written so: zeta'(x), its body a function of the variable and nothing
  // else. Empty for any other.
  std::string primes_of(Expr derivative) const {
    constexpr long kMostPrimes = 3;
    const Expr body = g_.arg(derivative, 0);
    const long order = g_.number(g_.arg(derivative, 1)).to_long().value_or(0);
    const bool is_apply = g_.kind(body) == Kind::apply && g_.recursive(body).of == nullptr;
    if (!is_apply && g_.kind(body) != Kind::call) return {};
    const std::size_t shown = g_.node(body).count - (is_apply ? g_.recursive(body).lifted : 0u);
    bool plain = shown == 1 && g_.kind(g_.arg(body, 0)) == Kind::bound &&
                 g_.height(g_.arg(body, 0)) == g_.node(derivative).binders;
    for (std::size_t i = 1; plain && i < g_.node(body).count; ++i) {
      plain = !depends_on(g_, g_.arg(body, i), g_.arg(body, 0));
    }
    return plain && order <= kMostPrimes ? std::string(static_cast<std::size_t>(order), '\'') : std::string();
  }
  // The variables by which an application of a recursive function's derivative was differentiated, in order, where a
  // prime would not tell them: diff(pw(x, n), x). Empty where it does, or where they are no names.
  std::vector<std::string> partials_of(Expr apply) const {
    const Recursive* r = &g_.recursive(apply);
    const auto shown = static_cast<std::size_t>(r->arity - r->lifted);
    std::vector<std::string> names;
    bool needed = false;
    for (; r->of != nullptr; r = r->of) {
      const bool is_parameter = g_.kind(r->by) == Kind::parameter;
      const std::size_t i = is_parameter ? g_.height(r->by) : shown;
      const Expr variable = is_parameter ? g_.arg(apply, i) : r->by;
      if (g_.kind(variable) != Kind::symbol) return {};
      for (std::size_t j = 0; j < g_.node(apply).count; ++j) {
        if (j != i && depends_on(g_, g_.arg(apply, j), variable)) return {};
      }
      needed = needed || i >= shown || shown > 1;
      names.insert(names.begin(), g_.name(variable));
    }
    return needed ? names : std::vector<std::string>();
  }
  const std::string& base_name_of(Expr apply) const {
    const Recursive* r = &g_.recursive(apply);
    while (r->of != nullptr) r = r->of;
    return r->name;
  }
  const std::string& bound_name(std::uint16_t height) const { return bound_names_.at(height); }

  const Graph& g_;
  const Expr root_;
  const Layout layout_;

 private:
  using Item = std::variant<std::string, Piece>;

  std::unordered_map<std::uint16_t, std::string> bound_names_;
  Order order_;
  std::vector<Item> stack_;
  std::string out_;
};

}  // namespace nabla::expr
