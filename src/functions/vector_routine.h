// Elementary functions over SIMD vectors: SLEEF's routines, found at run time when first needed, so that a program that
// needs none does not pay for them. Source: SLEEF 3.5, <https://sleef.org>; its bounds of the error are tested.
#pragma once

#include <cstdint>
#include <string_view>

namespace nabla::functions {

// Sets of vector instructions, by the number of doubles in a vector.
enum class Isa : std::uint8_t { baseline, avx2, avx512 };  // 2, 4, 8

// How an error of the argument becomes one of the value: the bound of the slope near x that the engine computes.
enum class Slope : std::uint8_t {
  unknown,  // only exact arguments keep a bound
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

// A function of one or two doubles with a vector routine.
struct VectorFunction {
  std::string_view function;  // its row's name
  const char* routine;        // "sin": Sleef_sind8_u10avx512f and its kin
  const char* accuracy;       // "u10"
  double ulp;                 // bound of the error of all its routines
  Slope slope;
  int arity;
  double (*one)(double);          // of one point, for arity 1
  double (*two)(double, double);  // for arity 2
};

// The text, in the row's parameters, that computes a function over doubles where its expansion would overflow or
// cancel; kByPoints if none does, and empty if the expansion serves.
inline constexpr std::string_view kByPoints = "by points";
std::string_view double_form(std::string_view function);

// The row for the function of that name; nullptr if it has no vector routine.
const VectorFunction* find_vector_function(std::string_view function);

// The address of a routine: V (*)(V), V (*)(V, V). nullptr if the library is not there.
void* vector_routine(const VectorFunction& f, Isa isa);
// Sine and cosine at once: V2 (*)(V), the sine first.
void* sine_and_cosine_routine(Isa isa);

}  // namespace nabla::functions
