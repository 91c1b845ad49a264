// Elaboration: a term and the meaning of its names become a value in a graph.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/budget.h"
#include "base/error.h"
#include "eval/evaluator.h"
#include "expr/build.h"
#include "expr/rows.h"
#include "expr/value.h"
#include "parse/term.h"

namespace nabla::calc {

using base::Span;
using expr::Expr;
using expr::Graph;
using expr::Value;
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

// Turns the terms of one statement into values of one graph. Names are resolved: bound name, parameter, value, constant,
// symbol. Calls of user functions are expanded; recursive ones that do not end by themselves become apply nodes.
class Elaborator {
 public:
  Elaborator(Graph& graph, const Environment& environment, base::Budget& budget, std::vector<base::Note>& notes);
  ~Elaborator();

  Graph& graph() { return graph_; }
  base::Budget& budget() { return budget_; }
  eval::Evaluator& evaluator() { return evaluator_; }
  const Environment& environment() const { return environment_; }

  Value elaborate(Term t);
  Expr scalar(Term t);        // Error (shape) unless it is a number
  Value vector(Term t);       // Error (shape) unless it is a vector
  long integer(Term t, long lo, long hi, std::string_view what);  // a constant integer in lo..hi, else Error (argument)
  Expr condition(Term t);     // truth-valued, or a number that counts as one

  // A name in a variable place: the name a term consists of. Error (argument) if it is none ("diff needs a name to …").
  std::string variable(Term t, std::string_view operation);
  std::vector<std::string> variables(Term list, std::string_view operation);

  // While it lives, `name` stands for `value`, hiding any definition.
  class Binding {
   public:
    Binding(Elaborator& in, std::string name, Value value);
    ~Binding();
    Binding(const Binding&) = delete;
    Binding& operator=(const Binding&) = delete;

   private:
    Elaborator& in_;
    std::string name_;
    std::vector<Value> hidden_;
  };

  // The symbol that stands for a variable name while a body is elaborated; and its replacement by the definition of that
  // name afterwards, if there is one (diff(x^2, x) with x = 3 is worked out for the symbol, then answers 6).
  Expr symbol_of(const std::string& name);
  Value replaced_by_definition(const Value& v, const std::string& name, Expr symbol);

  // The value of a user function at values. Error (argument) on a wrong count.
  Value apply(const Definition& f, const std::vector<Value>& args, Span place);

  // Every node made is attributed to the term it came from, so that an error can point at it.
  Span place_of(Expr e) const;
  void attribute(const Value& v, Span place);
  void note(Span place, std::string text);

  // Errors of the evaluation of a constant, with their place.
  eval::Number number(Expr e, int digits);

 private:
  friend class Binding;
  Graph& graph_;
  const Environment& environment_;
  base::Budget& budget_;
  std::vector<base::Note>& notes_;
  eval::Evaluator evaluator_;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nabla::calc
