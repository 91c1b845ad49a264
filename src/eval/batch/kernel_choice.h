// Chooses the kernel of an instruction.
#pragma once

#include "eval/batch/kernel_loops.h"

namespace {

// Kernels that compute values, or values and bounds.
template <class F, bool kBounded>
Kernel one_of() {
  if constexpr (kBounded) return unary_bounded<F>;
  return unary<F>;
}
template <class F, bool kBounded>
Kernel two_of(Mode m) {
  if (m > 2) return nullptr;
  if constexpr (kBounded) {
    constexpr Kernel kAll[] = {binary_bounded<F, 0>, binary_bounded<F, 1>, binary_bounded<F, 2>};
    return kAll[m];
  } else {
    constexpr Kernel kAll[] = {binary<F, 0>, binary<F, 1>, binary<F, 2>};
    return kAll[m];
  }
}
template <class F, bool kBounded>
Kernel three_of(Mode m) {
  if (m > 6) return nullptr;
  if constexpr (kBounded) {
    constexpr Kernel kAll[] = {ternary_bounded<F, 0>, ternary_bounded<F, 1>, ternary_bounded<F, 2>,
                               ternary_bounded<F, 3>, ternary_bounded<F, 4>, ternary_bounded<F, 5>,
                               ternary_bounded<F, 6>};
    return kAll[m];
  } else {
    constexpr Kernel kAll[] = {ternary<F, 0>, ternary<F, 1>, ternary<F, 2>, ternary<F, 3>,
                               ternary<F, 4>, ternary<F, 5>, ternary<F, 6>};
    return kAll[m];
  }
}

Kernel power_of(long n) {
  switch (n) {
    case 2: return power<2>;
    case 3: return power<3>;
    case 4: return power<4>;
    case 5: return power<5>;
    case 6: return power<6>;
    default: return power<0>;
  }
}

Kernel routine_bounded_of(Slope slope) {
  switch (slope) {
    case Slope::sine: return routine_bounded<Slope::sine>;
    case Slope::exponential: return routine_bounded<Slope::exponential>;
    case Slope::exponential2: return routine_bounded<Slope::exponential2>;
    case Slope::exponential10: return routine_bounded<Slope::exponential10>;
    case Slope::logarithm: return routine_bounded<Slope::logarithm>;
    case Slope::logarithm2: return routine_bounded<Slope::logarithm2>;
    case Slope::logarithm10: return routine_bounded<Slope::logarithm10>;
    case Slope::tangent: return routine_bounded<Slope::tangent>;
    case Slope::arc_sine: return routine_bounded<Slope::arc_sine>;
    case Slope::arc_tangent: return routine_bounded<Slope::arc_tangent>;
    case Slope::hyperbolic: return routine_bounded<Slope::hyperbolic>;
    case Slope::hyperbolic_tangent: return routine_bounded<Slope::hyperbolic_tangent>;
    case Slope::area_sine: return routine_bounded<Slope::area_sine>;
    case Slope::area_cosine: return routine_bounded<Slope::area_cosine>;
    case Slope::area_tangent: return routine_bounded<Slope::area_tangent>;
    case Slope::cube_root: return routine_bounded<Slope::cube_root>;
    case Slope::error_function: return routine_bounded<Slope::error_function>;
    case Slope::gamma: return routine_bounded<Slope::gamma>;
    case Slope::unknown:
    case Slope::power:
    case Slope::angle:
    case Slope::distance: return routine_bounded<Slope::unknown>;
  }
  return routine_bounded<Slope::unknown>;
}
template <Slope kSlope>
Kernel routine_of_two_bounded_of(Mode m) {
  constexpr Kernel kAll[] = {routine_of_two_bounded<kSlope, 0>, routine_of_two_bounded<kSlope, 1>,
                             routine_of_two_bounded<kSlope, 2>};
  return m < 3 ? kAll[m] : nullptr;
}
Kernel routine_of_two_bounded_of(Mode m, Slope slope) {
  if (slope == Slope::power) return routine_of_two_bounded_of<Slope::power>(m);
  if (slope == Slope::angle) return routine_of_two_bounded_of<Slope::angle>(m);
  if (slope == Slope::distance) return routine_of_two_bounded_of<Slope::distance>(m);
  return routine_of_two_bounded_of<Slope::unknown>(m);
}
Kernel routine_of_two_of(Mode m) {
  constexpr Kernel kAll[] = {routine_of_two<0>, routine_of_two<1>, routine_of_two<2>};
  return m < 3 ? kAll[m] : nullptr;
}

// Vector forms that are more than one formula.
struct Power {
  template <bool kBounded>
  static Kernel kernel(Mode, long n, Slope) {
    return kBounded ? power_bounded : power_of(n);
  }
};
struct Polynomial {
  template <bool kBounded>
  static Kernel kernel(Mode, long, Slope) {
    return kBounded ? polynomial_bounded : polynomial;
  }
};
struct RoutineOfOne {
  template <bool kBounded>
  static Kernel kernel(Mode, long, Slope slope) {
    return kBounded ? routine_bounded_of(slope) : routine;
  }
};
struct SineCosine {
  template <bool kBounded>
  static Kernel kernel(Mode, long, Slope) {
    return kBounded ? sine_cosine_bounded : sine_cosine;
  }
};
struct RoutineOfTwo {
  template <bool kBounded>
  static Kernel kernel(Mode mode, long, Slope slope) {
    return kBounded ? routine_of_two_bounded_of(mode, slope) : routine_of_two_of(mode);
  }
};
struct PointByPoint {
  template <bool>
  static Kernel kernel(Mode, long, Slope) {
    return nullptr;
  }
};

template <int kArity, class F, bool kBounded>
Kernel form_of(Mode mode, long n, Slope slope) {
  if (kArity == 1 && mode != 0) return nullptr;
  if constexpr (requires { F::template kernel<kBounded>(mode, n, slope); }) {
    return F::template kernel<kBounded>(mode, n, slope);
  } else if constexpr (kArity == 1) {
    return one_of<F, kBounded>();
  } else if constexpr (kArity == 2) {
    return two_of<F, kBounded>(mode);
  } else {
    return three_of<F, kBounded>(mode);
  }
}

template <bool kBounded>
Kernel kernel_of(Code code, Mode mode, long n, Slope slope) {
  switch (code) {
#define NABLA_INSTRUCTION(name, arity, form, ...) \
  case Code::name:                                \
    return form_of<arity, form, kBounded>(mode, n, slope);
#include "eval/tape/instructions.inc"
#undef NABLA_INSTRUCTION
  }
  return nullptr;
}

Kernel plain_kernel(Code code, Mode mode, long n) { return kernel_of<false>(code, mode, n, Slope::unknown); }
Kernel bounded_kernel(Code code, Mode mode, long n, Slope slope) { return kernel_of<true>(code, mode, n, slope); }

}  // namespace
