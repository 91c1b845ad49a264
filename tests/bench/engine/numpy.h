// numpy beside us: a Python process that evaluates when it is asked to, so that its turns come between ours.
#pragma once

#include <cstdio>
#include <optional>
#include <string_view>
#include <vector>

namespace bench {

class Numpy {
 public:
  // Takes its place with x and y as arrays of n points, evenly spaced from lo on, hi left out.
  Numpy(double x_lo, double x_hi, double y_lo, double y_hi, std::size_t n);
  ~Numpy();
  Numpy(const Numpy&) = delete;
  Numpy& operator=(const Numpy&) = delete;

  bool works() const { return works_; }
  // Seconds that Python computes for one evaluation of an expression over x and y; nothing if it fails.
  std::optional<double> seconds(std::string_view expression);
  // Every stride-th value of the last evaluation.
  std::vector<double> values(std::size_t stride);

 private:
  std::FILE* to_ = nullptr;
  std::FILE* from_ = nullptr;
  int process_ = -1;
  bool works_ = false;
};

}  // namespace bench
