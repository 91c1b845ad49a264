#include "session/help/words.h"

#include <algorithm>
#include <array>

namespace nabla::session {

namespace {

constexpr auto kWords = std::to_array<Word>({
    {"and", "c and d", "true where both conditions hold; binds tighter than or", "2 > 1 and 3 > 2", "true"},
    {"ans", "ans", "the last answer, exact; %3 is the third of the session", "", ""},
    {"as", "table E for RANGE as FILE", "writes a table or a plot to a file", "table x for x = 1..2 as table.csv", ""},
    {"at", "E at x = 2, y = 3", "the expression with these names replaced; binds loosest", "x^2 + y at x = 2, y = 1",
     "5"},
    {"false", "false", "what a condition is that does not hold; counts as 0", "1 == 2", "false"},
    {"for", "[E for k in 1..n]", "a vector by a rule; in table and plot what runs", "[k^2 for k in 1..4]",
     "[1, 4, 9, 16]"},
    {"from", "from", "a word of the language that no command uses yet", "", ""},
    {"if", "if(c, a, b)", "a where the condition holds, else b, like c ? a : b; only that one has to be defined",
     "if(1 < 2, 10, 1/0)", "10", true},
    {"in", "k in 1..n", "the integers of a range; in table also x in [1, 2, 5]", "[1/k for k in 1..2]", "[1, 0.5]"},
    {"not", "not c", "true where the condition does not hold", "not 1 == 2", "true"},
    {"or", "c or d", "true where one of the conditions holds", "1 > 2 or 3 > 2", "true"},
    {"parts", "x = a..b parts n", "a range of n steps of the same length", "table x^2 for x = 0..1 parts 2", ""},
    {"piecewise", "piecewise(c1, v1, c2, v2, …, otherwise)",
     "the value behind the first condition that holds; only that one has to be defined",
     "piecewise(x < 0, -1, x > 0, 1, 0) at x = 5", "1", true},
    {"step", "x = a..b step s", "a range whose members are s apart", "table x^2 for x = 0..1 step 0.5", ""},
    {"true", "true", "what a condition is that holds; counts as 1", "1 < 2", "true"},
});

constexpr auto kArgumentWords = std::to_array<ArgumentWord>({
    {"plot", "field", "field y' = E: slopes; field [P, Q]: arrows"},
    {"plot", "heat", "heat E: shades"},
    {"plot", "points", "points [u, v]: measured points"},
    {"plot", "extrema", "with mark: the highest and lowest points"},
    {"plot", "roots", "with mark: where it is 0"},
    {"plot", "polar", "polar E: a distance for each angle"},
    {"plot", "logx", "a logarithmic scale to the right"},
    {"plot", "logy", "a logarithmic scale upwards"},
    {"plot", "mark", "mark roots, extrema: shows where they are"},
    {"plot", "window", "window y = lo..hi: what is seen"},
    {"limit", "left", "from below"},
    {"limit", "right", "from above"},
    {"numdiff", "backward", "(f(x) - f(x - h))/h"},
    {"numdiff", "central", "(f(x + h) - f(x - h))/(2h)"},
    {"numdiff", "complex_step", "the imaginary part of f(x + ih)/h"},
    {"numdiff", "five_point", "from x - 2h to x + 2h"},
    {"numdiff", "forward", "(f(x + h) - f(x))/h"},
    {"numdiff", "richardson", "central differences of smaller and smaller h, extrapolated"},
});

}  // namespace

std::span<const ArgumentWord> argument_words() { return kArgumentWords; }

std::span<const Word> words() { return kWords; }

const Word* find_word(std::string_view name) {
  const auto found = std::ranges::find(kWords, name, &Word::name);
  return found == kWords.end() ? nullptr : &*found;
}

}  // namespace nabla::session
