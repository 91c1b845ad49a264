#include "calc/operations/diff/derivation.h"

#include <fmt/format.h>

#include <memory>

#include "algebra/derivative/derivative_node.h"
#include "calc/elaborate/forms.h"
#include "calc/steps/derivation_writer.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;
using parse::Head;

constexpr long kHighestOrder = 5;

[[noreturn]] void refuse(Span place) {
  throw Error(Code::argument, place, "steps shows how a derivative is found", "for example steps diff(x^2 sin(x), x)");
}

// A function of the user or the table by its bare name, at x; any other expression as it is.
Value body_of(Elaborator& in, Term t, Expr x) {
  if (t.is_name()) {
    const std::vector<std::string> own = parameters_of_function(in, t.text());
    if (own.size() == 1) return apply_function(in, t.text(), {x}, t.span());
  }
  return in.elaborate(t);
}

class Question {
 public:
  Question(Elaborator& in, Term t, expr::Style style) : in_(in), g_(in.graph()), t_(t), writer_(in, style) {}

  Derivation answer() {
    t_.head() == Head::prime ? prime() : diff();
    return writer_.take();
  }

 private:
  // diff(E, x), diff(E, x, 2, y), d/dx E
  void diff() {
    std::vector<std::string> names;
    if (t_.size() == 1 && t_[0].is_name()) names = parameters_of_function(in_, t_[0].text());
    if (t_.size() < 2 && names.size() != 1) refuse(t_.span());
    for (std::size_t i = 1; i < t_.size(); ++i) {
      names.push_back(in_.variable(t_[i], "steps"));
      if (i + 1 >= t_.size() || t_[i + 1].is_name()) continue;
      const long order = in_.integer(t_[++i], 1, kHighestOrder, "the order of a derivative shown step by step");
      for (long k = 1; k < order; ++k) names.push_back(names.back());
    }
    orders(names, t_[0]);
  }

  // f', f'(x), f''(x)
  void prime() {
    std::string name = "x";
    if (t_.size() == 1) {
      if (!t_[0].is_name()) {
        throw Error(Code::argument, t_[0].span(), "steps shows the formula of a derivative, at a variable",
                    fmt::format("for example steps {}'(x)", t_.text()));
      }
      name = in_.variable(t_[0], "steps");
    }
    const long order = t_.number().to_long().value_or(kHighestOrder + 1);
    const std::vector<std::string> own = parameters_of_function(in_, t_.text());
    if (own.size() != 1 || order > kHighestOrder) refuse(t_.span());
    if (t_.size() == 0 && in_.environment().find(t_.text()) != nullptr) name = own[0];
    const Expr x = g_.symbol(name);
    const Elaborator::Binding binding(in_, name, x);
    chain(apply_function(in_, t_.text(), {x}, t_.span()),
          std::vector<std::string>(static_cast<std::size_t>(order), name), t_.span());
  }

  void orders(const std::vector<std::string>& names, Term body) {
    std::vector<std::unique_ptr<Elaborator::Binding>> bindings;
    for (const std::string& name : names) {
      bindings.push_back(std::make_unique<Elaborator::Binding>(in_, name, g_.symbol(name)));
    }
    chain(body_of(in_, body, g_.symbol(names[0])), names, body.span());
  }

  // One derivative after another.
  void chain(const Value& body, const std::vector<std::string>& names, Span place) {
    if (!body.is_scalar()) throw Error(Code::shape, place, "steps needs a number, not a vector");
    Expr e = algebra::written_out(g_, body.scalar(), in_.budget());
    for (std::size_t i = 0; i < names.size(); ++i) e = derived(e, names[i], std::to_string(i + 1));
  }

  Expr derived(Expr e, const std::string& name, std::string number) {
    const Expr x = g_.symbol(name);
    const Expr answer = writer_.simplified(algebra::derivative_at(g_, e, x, 1, x, in_.budget()));
    writer_.derive(e, x, std::move(number), "", answer);
    return answer;
  }

  Elaborator& in_;
  Graph& g_;
  Term t_;
  DerivationWriter writer_;
};

}  // namespace

Derivation steps_of_derivative(Elaborator& in, const Term& question, expr::Style style) {
  return Question(in, question, style).answer();
}

}  // namespace nabla::calc
