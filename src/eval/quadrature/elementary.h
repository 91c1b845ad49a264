// Elementary functions of a ball.
#pragma once

#include <span>

#include "number/functions/forms.h"
#include "number/functions/functions.h"

namespace nabla::eval {

inline number::Ball exp_of(const number::Ball& x, number::Bits bits) {
  return number::forms::exp.ball(std::span(&x, 1), bits);
}
inline number::Ball ln_of(const number::Ball& x, number::Bits bits) {
  return number::forms::ln.ball(std::span(&x, 1), bits);
}
inline number::Ball cos_of(const number::Ball& x, number::Bits bits) {
  return number::forms::cos.ball(std::span(&x, 1), bits);
}
inline number::Ball sin_of(const number::Ball& x, number::Bits bits) {
  return number::forms::sin.ball(std::span(&x, 1), bits);
}

}  // namespace nabla::eval
