#include "calc/steps/steps.h"

#include "calc/elaborate/operation_list.h"

namespace nabla::calc {

Derivation derivation(Elaborator& in, Term question, expr::Style style) {
  using parse::Head;
  const expr::Operation* row = nullptr;
  if (question.head() == Head::prime || question.head() == Head::partial) row = &operation_of_primes();
  if (question.head() == Head::call) row = find_operation(question.text());
  if (row == nullptr || row->steps == nullptr) {
    throw base::Error(base::Code::argument, question.span(), "steps shows how a derivative is found",
                      "for example steps diff(x^2 sin(x), x)");
  }
  try {
    return row->steps(in, question, style);
  } catch (base::Error& e) {
    if (e.span.empty()) e.span = question.span();
    throw;
  }
}

}  // namespace nabla::calc
