#include "numpy.h"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

namespace bench {
namespace {

// Reads a line: an expression, or a stride. Writes seconds, or values.
constexpr const char* kProgram = R"(
import sys, time
import numpy as np
x_lo, x_hi, y_lo, y_hi = map(float, sys.argv[1:5])
n = int(sys.argv[5])
x = np.linspace(x_lo, x_hi, n, endpoint=False)
y = np.linspace(y_lo, y_hi, n, endpoint=False)
print("ready", flush=True)
for line in sys.stdin:
    if line.strip().isdigit():
        print(*[float(v) for v in r[:: int(line)]], flush=True)
        continue
    code = compile(line.strip(), "expression", "eval")
    start = time.process_time()
    r = eval(code)
    print(time.process_time() - start, flush=True)
)";

}  // namespace

Numpy::Numpy(double x_lo, double x_hi, double y_lo, double y_hi, std::size_t n) {
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  if (pipe(in.data()) != 0 || pipe(out.data()) != 0) return;
  process_ = fork();
  if (process_ == 0) {
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    for (const int end : {in[0], in[1], out[0], out[1]}) close(end);
    const auto text = [](auto v) { return fmt::format("{}", v); };
    execl("/usr/bin/python3", "python3", "-c", kProgram, text(x_lo).c_str(), text(x_hi).c_str(), text(y_lo).c_str(),
          text(y_hi).c_str(), text(n).c_str(), nullptr);
    _exit(127);
  }
  close(in[0]);
  close(out[1]);
  to_ = fdopen(in[1], "w");
  from_ = fdopen(out[0], "r");
  char word[8] = "";
  works_ = std::fscanf(from_, "%7s", word) == 1;
}

Numpy::~Numpy() {
  if (to_ != nullptr) std::fclose(to_);
  if (from_ != nullptr) std::fclose(from_);
  if (process_ > 0) waitpid(process_, nullptr, 0);
}

std::optional<double> Numpy::seconds(std::string_view expression) {
  if (!works_) return std::nullopt;
  fmt::print(to_, "{}\n", expression);
  std::fflush(to_);
  double seconds = 0;
  works_ = std::fscanf(from_, "%lf", &seconds) == 1;
  return works_ ? std::optional(seconds) : std::nullopt;
}

std::vector<double> Numpy::values(std::size_t stride) {
  std::vector<double> values;
  if (!works_) return values;
  fmt::print(to_, "{}\n", stride);
  std::fflush(to_);
  double v = 0;
  char next = ' ';
  while (next != '\n' && std::fscanf(from_, "%lf%c", &v, &next) == 2) values.push_back(v);
  return values;
}

}  // namespace bench
