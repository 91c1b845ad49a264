#include "view/plots/scene.h"

#include <cmath>

namespace nabla::view {

double Axis::part(double v) const {
  if (logarithmic) return (std::log(v) - std::log(lo)) / (std::log(hi) - std::log(lo));
  return (v - lo) / (hi - lo);
}

double Axis::at(double part) const {
  if (logarithmic) return std::exp(std::log(lo) + part * (std::log(hi) - std::log(lo)));
  return part <= 0.5 ? lo + part * (hi - lo) : hi - (1 - part) * (hi - lo);
}

}  // namespace nabla::view
