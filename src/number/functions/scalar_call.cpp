#include "number/functions/scalar_call.h"

#include <array>

namespace nabla::number {
namespace {

constexpr Bits kGoodBits = 56;
constexpr Bits kMaxBits = 2048;
constexpr int kMaxArguments = 3;

}  // namespace

double rounded(BallFunction f, const double* x, int count) {
  std::array<Ball, kMaxArguments> at;
  for (int i = 0; i < count; ++i) at[static_cast<std::size_t>(i)] = Ball::from_double(x[i]);
  Ball value = Ball::nan();
  for (Bits bits = 64; bits <= kMaxBits && (value.is_nan() || value.accuracy_bits() < kGoodBits); bits *= 2) {
    value = f({at.data(), static_cast<std::size_t>(count)}, bits);
    if (value.is_exact() || (value.is_nan() && bits > kGoodBits * 2)) break;
  }
  return value.is_nan() ? kNan : value.mid();
}

}  // namespace nabla::number
