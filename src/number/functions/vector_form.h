// How a function is computed over vectors of doubles: a routine of SLEEF (<https://sleef.org>), or an instruction of
// the processor.
#pragma once

#include <cstddef>
#include <cstdint>

namespace nabla::number {

// How an error of the argument becomes an error of the value: which bound of the slope near x the engine computes.
enum class Slope : std::uint8_t {
  unknown,  // a bound is known for exact arguments only
  sine,
  exponential,
  exponential2,
  exponential10,
  logarithm,
  logarithm2,
  logarithm10,
  tangent,
  arc_sine,
  arc_tangent,
  hyperbolic,
  hyperbolic_tangent,
  area_sine,
  area_cosine,
  area_tangent,
  cube_root,
  error_function,
  gamma,
  power,
  angle,
  distance,
};

// A routine for a function of one or two doubles.
struct VectorForm {
  const char* routine = nullptr;   // "sin": Sleef_sind8_u10avx512f and so on; nullptr: there is none
  const char* accuracy = nullptr;  // "u10"
  double ulp = 0;                  // error bound of all its routines
  Slope slope = Slope::unknown;
  double (*one)(double) = nullptr;          // at one point, of one argument
  double (*two)(double, double) = nullptr;  // of two

  std::size_t arity() const { return one != nullptr ? 1 : two != nullptr ? 2 : 0; }
};

// What vectors of doubles do without a routine.
enum class Intrinsic : std::uint8_t {
  none,
  absolute,
  sign,
  floor,
  ceiling,
  truncate,
  round,  // halves away from zero
  unit_step,
  minimum,  // of any number of arguments
  maximum,
};

}  // namespace nabla::number
