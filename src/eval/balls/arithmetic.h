// Sums, products, powers and comparisons of slots: exact while the inputs are exact and small, else balls; infinities
// by the rules of limits. All give "undecided" if the precision does not suffice.
#pragma once

#include <span>
#include <string>

#include "eval/balls/slot.h"
#include "expr/graph.h"

namespace nabla::eval {

using Slots = std::span<Slot* const>;

// If an argument has no value, copies it to `out` and returns true. Sets `estimated` if an argument is an estimate.
bool passes_on(Slots in, Slot& out, bool& estimated);

// Errors are attributed to `where`.
void add(Slots in, Slot& out, Bits bits, Expr where);
void multiply(Slots in, Slot& out, Bits bits, Expr where);
// Of a negative base with an exponent q that is not written as this fraction.
base::Error no_computed_root(const Rational& q);

// `literal`: the exponent is written with its denominator, so that an odd one takes the real root of a negative base.
void raise(Slot& base, Slot& exponent, bool literal, Slot& out, Bits bits, Expr where);

number::Truth compare(expr::Relation r, Slot& a, Slot& b, Bits bits);
// Whether a number counts as true: it is not 0.
number::Truth nonzero(const Slot& a);

// A value as an error message shows it: "-2", "1.41421".
std::string shown(const Slot& s);

}  // namespace nabla::eval
