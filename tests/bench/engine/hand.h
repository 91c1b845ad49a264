// The references: what a good programmer writes by hand for this machine, with SLEEF's vector functions.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace bench {

using ByHand = void (*)(const double* x, const double* y, double* out, std::size_t n);
struct Classroom {
  std::string_view nabla;
  std::string_view muparser;
  std::string_view numpy;
  ByHand hand;
};
std::span<const Classroom> classroom();

// A network of 2 inputs, 8 hidden tanh units and 1 output: 33 parameters (w1 8, w2 8, b 8, v 8, c); the mean of the
// squared errors over the rows, and its gradient if `gradient` is not null.
double network(const double* x1, const double* x2, const double* y, std::size_t rows, const double* p,
               double* gradient);
// a + b x + the sum over k of A_k exp(-B_k (x - C_k)^2) for k = 1, 2, plus A_3 sin(B_3 x): 10 parameters.
double fit(const double* x, const double* y, std::size_t rows, const double* p, double* gradient);

}  // namespace bench
