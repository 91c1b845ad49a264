// Constants.

#include <numbers>

#include "number/functions/functions.h"
#include "number/functions/scalar_call.h"

namespace nabla::number {

Ball pi(Bits bits) {
  Ball r;
  arb_const_pi(r.raw(), bits);
  return r;
}

Ball e(Bits bits) {
  Ball r;
  arb_const_e(r.raw(), bits);
  return r;
}

Ball golden_ratio(Bits bits) {
  Ball r;
  arb_sqrt_ui(r.raw(), 5, bits);
  arb_add_ui(r.raw(), r.raw(), 1, bits);
  arb_mul_2exp_si(r.raw(), r.raw(), -1);
  return r;
}

Ball euler_gamma(Bits bits) {
  Ball r;
  arb_const_euler(r.raw(), bits);
  return r;
}

namespace forms {

constinit const Forms pi{
    .ball = [](Balls, Bits bits) { return number::pi(bits); },
    .scalar = [](const double*, int) { return std::numbers::pi; },
};

constinit const Forms e{
    .ball = [](Balls, Bits bits) { return number::e(bits); },
    .scalar = [](const double*, int) { return std::numbers::e; },
};

constinit const Forms tau{
    .ball = [](Balls, Bits bits) { return number::mul(number::pi(bits), number::Ball(2), bits); },
    .scalar = [](const double*, int) { return 2 * std::numbers::pi; },
};

constinit const Forms phi{
    .ball = [](Balls, Bits bits) { return number::golden_ratio(bits); },
    .scalar = [](const double*, int) { return std::numbers::phi; },
};

constinit const Forms infinity{
    .ball = [](Balls, Bits) { return number::Ball::infinity(1); },
    .scalar = [](const double*, int) { return kInfinity; },
};

constinit const Forms euler_gamma{
    .ball = [](Balls, Bits bits) { return number::euler_gamma(bits); },
    .scalar = [](const double*, int) { return std::numbers::egamma; },
};

}  // namespace forms
}  // namespace nabla::number
