// Colours that colour-blind readers can distinguish (Okabe and Ito, "Color Universal Design", 2008; the colours of
// heights are viridis by Smith and van der Walt, 2015).
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace nabla::view {

struct Color {
  double r = 0;
  double g = 0;
  double b = 0;
};

inline Color pen_color(int pen) {
  static constexpr std::array<Color, 7> kColors{{{0.0, 0.447, 0.698},
                                                 {0.835, 0.369, 0.0},
                                                 {0.0, 0.62, 0.451},
                                                 {0.8, 0.475, 0.655},
                                                 {0.902, 0.624, 0.0},
                                                 {0.337, 0.706, 0.914},
                                                 {0.1, 0.1, 0.1}}};
  return kColors[static_cast<std::size_t>(pen) % kColors.size()];
}

// `part` runs from 0 (low) to 1 (high).
inline Color height_color(double part) {
  static constexpr std::array<Color, 9> kStops{{{0.267, 0.005, 0.329},
                                                {0.278, 0.176, 0.484},
                                                {0.231, 0.319, 0.545},
                                                {0.172, 0.449, 0.558},
                                                {0.128, 0.567, 0.551},
                                                {0.153, 0.682, 0.503},
                                                {0.361, 0.785, 0.387},
                                                {0.667, 0.862, 0.196},
                                                {0.993, 0.906, 0.144}}};
  const double at = std::clamp(part, 0.0, 1.0) * (kStops.size() - 1);
  const auto i = std::min(static_cast<std::size_t>(at), kStops.size() - 2);
  const double f = at - static_cast<double>(i);
  const Color& a = kStops[i];
  const Color& b = kStops[i + 1];
  return {a.r + f * (b.r - a.r), a.g + f * (b.g - a.g), a.b + f * (b.b - a.b)};
}

}  // namespace nabla::view
