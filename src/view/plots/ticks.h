// Round ticks of an axis and their labels.
#pragma once

#include <string>
#include <vector>

#include "view/plots/scene.h"

namespace nabla::view {

// Ticks at multiples of 1, 2 or 5 times a power of ten, of a fraction of π if both ends are, or at decades; at most
// `most`, at least two. The ends of the axis are ticks if a step allows it.
std::vector<Tick> round_ticks(const Axis& axis, int most);

// The same, and the ends of the axis if they are short decimal numbers.
std::vector<Tick> ticks_with_ends(const Axis& axis, int most);

// The step those ticks would have on lo..hi, at most `most` of them.
double round_step(double lo, double hi, int most);

// lo..hi widened to multiples of the step of its ticks.
struct Interval {
  double lo = 0;
  double hi = 0;
};
Interval round_interval(Interval range, int most);

// A number for a label: "0.5", "-1200", "1e-7".
std::string short_number(double x);

// p/q with q up to 12 if x is that multiple of π up to rounding, else q = 0.
struct PiMultiple {
  long p = 0;
  long q = 0;
};
PiMultiple pi_multiple(double x);

}  // namespace nabla::view
