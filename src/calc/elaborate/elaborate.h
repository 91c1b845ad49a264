// Elaboration: a term and the meaning of its names become a value in a graph.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/budget.h"
#include "base/error.h"
#include "eval/balls/evaluator.h"
#include "expr/build.h"
#include "expr/rows.h"
#include "expr/value.h"
#include "parse/term.h"

namespace nabla::calc {

using base::Span;
using expr::Expr;
using expr::Graph;
using expr::Value;
using number::Rational;
using parse::Term;

// A definition of the user.
struct Definition {
  std::string name;
  std::vector<std::string> parameters;  // empty and !is_function: a value
  bool is_function = false;
  std::shared_ptr<const parse::Terms> terms;
  Term body;           // of a function
  std::string source;  // "f(x) = x^2 sin(x)", as written
  Value value;         // of a value, in the session's graph
};

// Where names of the user are looked up.
class Environment {
 public:
  virtual ~Environment() = default;
  virtual const Definition* find(std::string_view name) const = 0;
  virtual const Graph& graph() const = 0;  // that of the definitions' values
  // The n-th answer (0: the last); nullptr if there is none.
  virtual const Value* answer(long n) const = 0;
  virtual std::vector<std::string> names() const = 0;
};

// Turns the terms of one statement into values of one graph. Names are resolved: bound name, parameter, value,
// constant, symbol. Calls of user functions are expanded, recursive ones as far as their conditions are decided; the
// others become apply nodes. A variable of a form is visible in the functions called inside it; a parameter is visible
// in its own body only.
class Elaborator {
 public:
  Elaborator(Graph& graph, const Environment& environment, base::Budget& budget, std::vector<base::Note>& notes);
  ~Elaborator();

  Graph& graph() { return graph_; }
  base::Budget& budget() { return budget_; }
  eval::Evaluator& evaluator() { return evaluator_; }
  const Environment& environment() const { return environment_; }

  Value elaborate(Term t);
  Expr scalar(Term t);                                            // Error (shape) unless it is a number
  Value vector(Term t);                                           // Error (shape) unless it is a vector
  long integer(Term t, long lo, long hi, std::string_view what);  // a constant integer in lo..hi, else Error (argument)

  // The name a term in a variable place consists of. Error (argument) if it is none.
  std::string variable(Term t, std::string_view operation);
  std::vector<std::string> variables(Term list, std::string_view operation);  // of a vector of names, or one name
  // A fresh symbol for a variable, so that nothing outside the form is captured.
  Expr fresh_symbol() { return graph_.fresh_symbol(); }
  // What a name stands for outside the form whose variable it is: its definition, else its symbol.
  Value meaning(const std::string& name, Span place);
  // v with a form's symbols replaced by the meanings of its variables' names (diff(x^2, x) with x = 3 answers 6).
  Value with_meanings(const Value& v, std::span<const Expr> variables, std::span<const std::string> names, Span place);

  // While it lives, the variable `name` stands for `value`, hiding any definition.
  class Binding {
   public:
    Binding(Elaborator& in, std::string name, Value value);
    ~Binding();
    Binding(const Binding&) = delete;
    Binding& operator=(const Binding&) = delete;

   private:
    Elaborator& in_;
    std::string name_;
    std::vector<Value> hidden_parameter_;
  };

  // The value of a user function at values. Error (argument) on a wrong count.
  Value apply(const Definition& f, const std::vector<Value>& args, Span place);
  // The value of a mathematical function, component by component for vectors.
  Value apply(const expr::Function& f, const std::vector<Value>& args, Span place);

  // The n-th answer of the session, the last one for 0.
  Value previous(const Rational& n, Span place);

  // The place of the term that made a node first, for errors.
  Span place_of(Expr e) const;
  void note(Span place, std::string text);
  // The names whose value was looked up among the variables of forms since the innermost "at" began.
  std::set<std::string, std::less<>>& looked_up();

  // The number a constant stands for, to `digits` digits; errors carry their place.
  eval::Number number(Expr e, int digits);

 private:
  friend class Binding;
  struct Impl;

  Value symbol(const std::string& name, Span place);
  void explain_long_name(const std::string& name, Span place);
  Value imported(const Value& v);
  Value free_meaning(const std::string& name);
  Value variable_outside(const std::string& name, Span place);
  Value expand(const Definition& f, const std::vector<Value>& args, Span place);
  expr::Recursive& make_instance(const Definition& f, const std::vector<Value>& args, Span place);
  void lift_symbols(expr::Recursive& instance);
  Value apply_instance(expr::Recursive& instance, const std::vector<Value>& args);

  Graph& graph_;
  const Environment& environment_;
  base::Budget& budget_;
  std::vector<base::Note>& notes_;
  eval::Evaluator evaluator_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nabla::calc
