// Sessions without a terminal: what they say goes to their output, and two of them run on two threads.
#include <string>
#include <thread>
#include <vector>

#include "number/threads.h"
#include "session/interpreter.h"
#include "session/text_output.h"

namespace {

using namespace nabla;
using session::Interpreter;
using session::Session;
using session::TextOutput;

// A session with all that belongs to it.
struct Run {
  Session session;
  TextOutput output;
  Interpreter interpreter{session, output, {.keep_going = true}};

  void read(std::string_view text) { interpreter.run_text(text, {"", 0}); }
};

// Rules, simplification, balls, sweeps, plots, help, notes and errors: whatever caches something.
constexpr std::string_view kFirst = R"(
set digits 30
set style plain
a = 2
f(x) = x^2 sin(a x)
f(3)
f'(x)
diff(f(x)/(x^2 + 1), x, 3) at x = 1
(x^2 - 1)/(x - 1)
sin(pi/5) + cos(pi/12)
eigenvalues([[2, 1], [1, 2]])
sum(k^2, k, 1, 100)
table f(x), gamma(x) for x = 1..3 step 0.01
plot f(x), erf(x) for x = -3..3
extrema x^3 - 3x for x = -2..2
help sin
f(a
undefined_name_of(3)
1/0
f(0.5) + %3
)";

constexpr std::string_view kSecond = R"(
set digits 8
set width 60
a = 5
g(t) = exp(-t/a) cos(t)
f(x) = [x, x^2, g(x)]
f(3)
g''(t)
grad(x^2 y + ln(y), x, y)
same(sin(x)^2 + cos(x)^2, 1)
sum(g(k), k, 0, 2000)
table g(t), zeta(t + 2) for t = 0..2 step 0.005
plot x^2 + y^2 = a for x = -3..3
set format json
g(1/3)
ans * 2
sqrt(-1)
set format latex
g'(t)
tan(pi/8)
)";

std::string said(const TextOutput& output) { return output.answers() + "\n---\n" + output.messages(); }

std::string said_alone(std::string_view text) {
  Run run;
  run.read(text);
  return said(run.output);
}

}  // namespace

TEST_CASE("Two sessions on two threads answer as each does alone, with definitions and settings of their own",
          "[threads]") {
  constexpr int kRounds = 3;
  const std::vector<std::string_view> texts{kFirst, kSecond};
  std::vector<std::vector<std::string>> found(texts.size());
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < kRounds; ++round) found[i].push_back(said_alone(texts[i]));
      number::end_thread();
    });
  }
  for (std::thread& t : threads) t.join();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string alone = said_alone(texts[i]);
    for (const std::string& together : found[i]) CHECK(together == alone);
  }
}

TEST_CASE("Stopping a session ends its statement and no other's", "[threads]") {
  Run endless;
  Run other;
  other.read("a = 2\nf(x) = a x");
  std::thread stopped([&] {
    endless.read("sum(gamma(1/k)^k, k, 1, 10^9)");
    number::end_thread();
  });
  other.read("f(21)\ntable f(x), sin(x) for x = 0..1 step 0.001");
  *endless.session.stop = true;
  other.read("f(3)");
  stopped.join();
  CHECK(endless.output.answers().empty());
  CHECK(endless.output.messages().find("interrupted") != std::string::npos);
  CHECK(endless.interpreter.interrupted());
  CHECK_FALSE(*endless.session.stop);
  CHECK(other.output.messages().empty());
  CHECK(other.output.answers().starts_with("42\n"));
  CHECK(other.output.answers().ends_with("\n6\n"));
  // A session that was stopped goes on.
  endless.interpreter.resume();
  endless.read("1 + 1");
  CHECK(endless.output.answers() == "2\n");
}

TEST_CASE("An output is given answers, to be rendered in several formats") {
  class Notebook final : public session::Output {
   public:
    void answer(const view::Answer& found, const view::Look& look, long number) override {
      text += view::render(found, look);
      latex += view::render(found, {view::Format::latex, view::Style::unicode, look.exact});
      numbers.push_back(number);
    }
    void write(std::string_view words) override { text += words; }
    void message(std::string_view words) override { messages += words; }

    std::string text;
    std::string latex;
    std::string messages;
    std::vector<long> numbers;
  };
  Session session;
  Notebook notebook;
  Interpreter(session, notebook, {}).run_text("sin(pi/3)\nx = 3\nx^2\nhelp tour", {"", 0});
  CHECK(notebook.text.starts_with("√3/2  (0.866025403784)\n9\n"));
  CHECK(notebook.latex.find("\\frac{\\sqrt{3}}{2}") != std::string::npos);
  CHECK(notebook.messages.empty());
  CHECK(notebook.numbers == std::vector<long>{1, 2, 0});
}

TEST_CASE("Widths and colours are the output's, unless they are set") {
  const auto width_of = [](std::string_view text, int columns) {
    Session session;
    TextOutput output({.columns = columns, .rows = 0, .color = false, .unicode = true, .numbered = false});
    Interpreter(session, output, {}).run_text(text, {"", 0});
    CHECK(output.messages().empty());
    CHECK(output.answers().find('\x1b') == std::string::npos);
    return output.answers().substr(0, output.answers().find('\n'));
  };
  CHECK(width_of("plot x for x = 0..1", 40) != width_of("plot x for x = 0..1", 60));
  CHECK(width_of("set width 50\nplot x for x = 0..1", 40) == width_of("set width 50\nplot x for x = 0..1", 60));
}
