#include "calc/operations/defined.h"

#include "algebra/simplify/domain_conditions.h"
#include "calc/elaborate/forms.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;
using eval::Outcome;
using number::Bits;

Value elaborate_defined(Elaborator& in, const Term& call) {
  const Term t = only_argument(call, "defined(1/0)");
  Graph& g = in.graph();
  Value v;
  try {
    v = in.elaborate(t);
  } catch (const Error& e) {
    if (e.code == Code::domain || e.code == Code::undefined || e.code == Code::index) return g.boolean(false);
    throw;
  }
  std::vector<Expr> parts;
  for (Expr e : v.elements) {
    if (g.is(e, expr::kTotal) && !g.is(e, expr::kHasOperation)) continue;
    parts.push_back(expr::compare(g, expr::Relation::equal, algebra::defined(g, e), expr::integer(g, 1)));
  }
  return expr::logic(g, expr::Connective::and_, parts);
}

Outcome enclose_defined(eval::Evaluator& in, Expr node, Bits bits) {
  const Outcome& o = in.evaluated(in.graph().arg(node, 0), bits);
  switch (o.state) {
    case Outcome::State::enclosed:
    case Outcome::State::estimated: return Outcome::enclosed(Rational(1), bits);
    case Outcome::State::undefined: return Outcome::enclosed(Rational(0), bits);
    case Outcome::State::undecided: return Outcome::undecided();
  }
  return Outcome::undecided();
}

}  // namespace

const expr::Operation kDefined{
    .name = "defined",
    .title = "whether there is a value",
    .signature = "defined(E)",
    .help = "true if E has a value, false if it is undefined or outside a domain. Of a vector: of all its elements.",
    .example = "defined(1/0)",
    .answer = "false",
    .elaborate = elaborate_defined,
    .enclose = enclose_defined};

extern const expr::OperationRows defined_operations(&kDefined, 1);

}  // namespace nabla::calc
