#include "view/plots/ticks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace nabla::view {
namespace {

using std::numbers::pi;

// With the decimals of the step, or with an exponent if that is shorter.
std::string tick_number(double x, double step) {
  if (std::abs(x) < step * 1e-6) return "0";
  const int decimals = std::max(0, static_cast<int>(-std::floor(std::log10(step) + 1e-9)));
  const double size = std::abs(x);
  if (size >= 1e6 || step < 1e-4) {
    const int exponent = static_cast<int>(std::floor(std::log10(size) + 1e-12));
    const int digits = std::max(0, exponent - static_cast<int>(std::floor(std::log10(step) + 1e-9)));
    if (digits > 6) return fmt::format("{:.{}f}", x, decimals);
    return fmt::format("{:.{}f}e{}", x / std::pow(10.0, exponent), digits, exponent);
  }
  return fmt::format("{:.{}f}", x, decimals);
}

Tick pi_tick(double at, PiMultiple m) {
  if (m.p == 0) return {0, "0", "0"};
  const std::string sign = m.p < 0 ? "-" : "";
  const long p = std::abs(m.p);
  const std::string factor = p == 1 ? "" : std::to_string(p);
  const std::string below = m.q == 1 ? "" : fmt::format("/{}", m.q);
  return {at, sign + factor + "π" + below, sign + factor + "pi" + below};
}

constexpr double kThirds = 0.3;  // how much worse thirds of π are than halves

bool is_multiple(double x, double step) {
  const double n = x / step;
  return std::abs(n - std::round(n)) < 1e-7;
}

// How far a step is from the best: about six ticks that include both ends.
double badness(double lo, double hi, double step, int most) {
  const double count = std::floor(hi / step + 1e-9) - std::ceil(lo / step - 1e-9) + 1;
  if (count > most || count < 2) return std::numeric_limits<double>::infinity();
  const bool ends = is_multiple(lo, step) && is_multiple(hi, step);
  return std::abs(std::log(count / std::min(6.0, most * 0.75))) + (ends ? 0 : 0.7);
}

std::vector<Tick> multiples(double lo, double hi, double step) {
  std::vector<Tick> ticks;
  for (double n = std::ceil(lo / step - 1e-9); n <= std::floor(hi / step + 1e-9); ++n) {
    const double at = std::clamp(n * step, lo, hi);
    const std::string label = tick_number(at, step);
    ticks.push_back({at, label, label});
  }
  return ticks;
}

std::vector<Tick> pi_ticks(double lo, double hi, int most) {
  static constexpr std::array<PiMultiple, 15> kSteps{{{1, 12},
                                                      {1, 6},
                                                      {1, 4},
                                                      {1, 3},
                                                      {1, 2},
                                                      {1, 1},
                                                      {2, 1},
                                                      {5, 1},
                                                      {10, 1},
                                                      {20, 1},
                                                      {50, 1},
                                                      {100, 1},
                                                      {200, 1},
                                                      {500, 1},
                                                      {1000, 1}}};
  const PiMultiple* best = nullptr;
  double least = std::numeric_limits<double>::infinity();
  for (const PiMultiple& step : kSteps) {
    const double thirds = step.q % 3 == 0 ? kThirds : 0;
    const double b =
        thirds + badness(lo / pi, hi / pi, static_cast<double>(step.p) / static_cast<double>(step.q), most);
    if (b < least) least = b, best = &step;
  }
  std::vector<Tick> ticks;
  if (best == nullptr) return ticks;
  const double step = pi * static_cast<double>(best->p) / static_cast<double>(best->q);
  for (long n = std::lround(std::ceil(lo / step - 1e-9)); static_cast<double>(n) * step <= hi + step * 1e-9; ++n) {
    const long p = n * best->p;
    const long common = std::gcd(p, best->q);
    ticks.push_back(pi_tick(std::clamp(static_cast<double>(n) * step, lo, hi), {p / common, best->q / common}));
  }
  return ticks;
}

std::vector<Tick> decade_ticks(double lo, double hi, int most) {
  const int first = static_cast<int>(std::ceil(std::log10(lo) - 1e-9));
  const int last = static_cast<int>(std::floor(std::log10(hi) + 1e-9));
  if (last - first < 1) return multiples(lo, hi, round_step(lo, hi, most));
  const int stride = std::max(1, (last - first + most) / most);
  std::vector<Tick> ticks;
  for (int k = first; k <= last; ++k) {
    if (((k - first) % stride) != 0) continue;
    const std::string label = short_number(std::pow(10.0, k));
    ticks.push_back({std::clamp(std::pow(10.0, k), lo, hi), label, label});
  }
  return ticks;
}

}  // namespace

PiMultiple pi_multiple(double x) {
  for (long q = 1; q <= 12; ++q) {
    const double p = x / pi * static_cast<double>(q);
    if (std::abs(p) < 1e6 && std::abs(p - std::round(p)) <= 1e-12 * std::max(1.0, std::abs(p)))
      return {std::lround(p), q};
  }
  return {};
}

std::string short_number(double x) {
  if (x == 0) return "0";
  const double size = std::abs(x);
  if (size >= 1e-4 && size < 1e6) return fmt::format("{:.5g}", x);
  std::string text = fmt::format("{:.4e}", x);
  const std::size_t e = text.find('e');
  std::string digits = text.substr(0, e);
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  return fmt::format("{}e{}", digits, std::stoi(text.substr(e + 1)));
}

double round_step(double lo, double hi, int most) {
  const double decade = std::pow(10.0, std::floor(std::log10((hi - lo) / 2)));
  double best = decade * 10;
  double least = std::numeric_limits<double>::infinity();
  for (double scale : {0.01, 0.1, 1.0, 10.0}) {
    for (double m : {1.0, 2.0, 5.0}) {
      const double step = scale >= 1 ? m * decade * scale : m * decade / std::round(1 / scale);
      const double b = badness(lo, hi, step, most);
      if (b < least) least = b, best = step;
    }
  }
  return best;
}

Interval round_interval(Interval range, int most) {
  const double step = round_step(range.lo, range.hi, most);
  // A multiple of a step like 0.1 is meant as the decimal number.
  const auto multiple = [step](double n) { return std::stod(fmt::format("{:.12g}", n * step)); };
  return {multiple(std::floor(range.lo / step + 1e-9)), multiple(std::ceil(range.hi / step - 1e-9))};
}

std::vector<Tick> round_ticks(const Axis& axis, int most) {
  if (axis.logarithmic) return decade_ticks(axis.lo, axis.hi, most);
  if ((axis.lo != 0 || axis.hi != 0) && pi_multiple(axis.lo).q != 0 && pi_multiple(axis.hi).q != 0) {
    std::vector<Tick> ticks = pi_ticks(axis.lo, axis.hi, most);
    if (!ticks.empty()) return ticks;
  }
  return multiples(axis.lo, axis.hi, round_step(axis.lo, axis.hi, most));
}

std::vector<Tick> ticks_with_ends(const Axis& axis, int most) {
  std::vector<Tick> ticks = round_ticks(axis, most);
  const double near = 1e-9 * (axis.hi - axis.lo);
  for (const double end : {axis.lo, axis.hi}) {
    const std::string label = short_number(end);
    const bool there =
        std::any_of(ticks.begin(), ticks.end(), [&](const Tick& t) { return std::abs(t.at - end) <= near; });
    if (there || std::stod(label) != end) continue;
    ticks.insert(end == axis.lo ? ticks.begin() : ticks.end(), {end, label, label});
  }
  return ticks;
}

}  // namespace nabla::view
