#include "functions/vector_routine.h"

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <string>

namespace nabla::functions {
namespace {

using One = double (*)(double);
using Two = double (*)(double, double);

constexpr VectorFunction one(std::string_view function, const char* routine, double ulp, Slope slope, One scalar,
                             const char* accuracy = "u10") {
  return {function, routine, accuracy, ulp, slope, 1, scalar, nullptr};
}

const auto kRows = std::to_array<VectorFunction>({
    one("sin", "sin", 1, Slope::sine, std::sin),
    one("cos", "cos", 1, Slope::sine, std::cos),
    one("tan", "tan", 1, Slope::tangent, std::tan),
    one("asin", "asin", 1, Slope::arc_sine, std::asin),
    one("acos", "acos", 1, Slope::arc_sine, std::acos),
    one("atan", "atan", 1, Slope::arc_tangent, std::atan),
    one("exp", "exp", 1, Slope::exponential, std::exp),
    one("ln", "log", 1, Slope::logarithm, std::log),
    one("log2", "log2", 1, Slope::logarithm2, std::log2),
    one("log10", "log10", 1, Slope::logarithm10, std::log10),
    one("sinh", "sinh", 1, Slope::hyperbolic, std::sinh),
    one("cosh", "cosh", 1, Slope::hyperbolic, std::cosh),
    one("tanh", "tanh", 1, Slope::hyperbolic_tangent, std::tanh),
    one("asinh", "asinh", 1, Slope::area_sine, std::asinh),
    one("acosh", "acosh", 1, Slope::area_cosine, std::acosh),
    one("atanh", "atanh", 1, Slope::area_tangent, std::atanh),
    one("cbrt", "cbrt", 1, Slope::cube_root, std::cbrt),
    one("erf", "erf", 1, Slope::error_function, std::erf),
    one("erfc", "erfc", 1.5, Slope::error_function, std::erfc, "u15"),
    one("gamma", "tgamma", 1, Slope::gamma, std::tgamma),
    {"pow", "pow", "u10", 1, Slope::power, 2, nullptr, std::pow},
    {"atan2", "atan2", "u10", 1, Slope::angle, 2, nullptr, std::atan2},
    {"hypot", "hypot", "u05", 0.5001, Slope::distance, 2, nullptr, std::hypot},
});

struct Form {
  std::string_view function;
  std::string_view text;
};
// ln(1 + t) is 2 atanh(t/(2 + t)), without cancellation. 1/0 stands for no value.
constexpr Form kForms[] = {
    {"softplus", "max(x, 0) + 2*atanh(exp(-abs(x))/(2 + exp(-abs(x))))"},
    {"clamp", "if(lo <= hi, max(lo, min(x, hi)), 1/0)"},
    {"normpdf", "if(sd > 0, exp(-((x - mean)/sd)^2/2)/(sd*sqrt(2*pi)), 1/0)"},
    {"normcdf", "if(sd > 0, erfc((mean - x)/(sd*sqrt(2)))/2, 1/0)"},
    {"coth", "1/tanh(x)"},
    {"acoth", "atanh(1/x)"},
    {"lgamma", kByPoints},
};

std::string symbol(const char* routine, const char* accuracy, Isa isa) {
  const std::string name = std::string("Sleef_") + routine;
  switch (isa) {
    case Isa::baseline: return name + "d2_" + accuracy;
    case Isa::avx2: return name + "d4_" + accuracy + "avx2";
    case Isa::avx512: return name + "d8_" + accuracy + "avx512f";
  }
  return name;
}

void* find_symbol(const std::string& name) {
  static void* const library = dlopen("libsleef.so.3", RTLD_LAZY | RTLD_LOCAL);
  return library == nullptr ? nullptr : dlsym(library, name.c_str());
}

}  // namespace

std::string_view double_form(std::string_view function) {
  const auto found = std::ranges::find(kForms, function, &Form::function);
  return found == std::end(kForms) ? std::string_view() : found->text;
}

const VectorFunction* find_vector_function(std::string_view function) {
  const auto found = std::ranges::find(kRows, function, &VectorFunction::function);
  return found == kRows.end() ? nullptr : &*found;
}

void* vector_routine(const VectorFunction& f, Isa isa) {
  static std::array<std::array<std::atomic<void*>, 3>, kRows.size()> found{};
  std::atomic<void*>& known = found[static_cast<std::size_t>(&f - kRows.data())][static_cast<std::size_t>(isa)];
  if (known.load(std::memory_order_relaxed) == nullptr) known = find_symbol(symbol(f.routine, f.accuracy, isa));
  return known;
}

void* sine_and_cosine_routine(Isa isa) { return find_symbol(symbol("sincos", "u10", isa)); }

}  // namespace nabla::functions
