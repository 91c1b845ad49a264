#include "number/functions/exact_call.h"

#include <fmt/format.h>

#include "base/error.h"
#include "number/functions/functions.h"

namespace nabla::number {
namespace {

constexpr Bits kLogBits = 64;

}  // namespace

void too_large(std::string_view what) {
  throw base::Error(base::Code::limit, {}, fmt::format("{} has more than a million digits", what),
                    "lgamma gives the logarithm of such a number");
}

double ln_of(const Rational& x) {
  const Ball ball(x, kLogBits);
  return forms::ln.ball({&ball, 1}, kLogBits).mid();
}

}  // namespace nabla::number
