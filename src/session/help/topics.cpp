#include "session/help/topics.h"

namespace nabla::session {

namespace {

constexpr TopicLine kNotation[] = {
    {"2x sin(x)", "a product needs no sign; but x 2 does"},
    {"x² - x^-1", "powers; x**2 is x^2"},
    {"√x + √(x + 1)", "√ takes the one thing after it"},
    {"sin²(x)", "(sin(x))^2; and sin^-1(x) is asin(x)"},
    {"|x - 1|", "absolute value, or the length of a vector"},
    {"π r²", "pi; also τ, ∞, φ and e"},
    {"sin(30°)", "degrees are π/180"},
    {"5!", "factorial"},
    {"0 < x ≤ 1", "both comparisons; and, or, not join conditions"},
    {"x > 0 ? x : -x", "a choice; also if(c, a, b) and piecewise(c1, v1, …, otherwise)"},
    {"sin'(x)", "a derivative; also d/dx sin(x) and diff(sin(x), x)"},
    {"[1, 2, 3]", "a vector; [[1, 2], [3, 4]] is a matrix, v[2] an element"},
    {"[k² for k in 1..5]", "a vector by a rule"},
    {"x² + 1 at x = 3", "with a name replaced"},
    {"f(x) = x² + 1", "defines a function"},
    {"a = √2", "defines a value, kept exact"},
    {"1 + 1; ans + 1", "several statements on a line; ans is the last answer, %3 the third"},
    {"1 + 1  # so it is", "a comment"},
};

constexpr TopicLine kCertainty[] = {
    {"1/4", "0.25 is exact: all of it"},
    {"sin(1)", "0.841470984808 is proven: correctly rounded at the last digit"},
    {"sin(pi/3)", "√3/2 is exact, and its decimals stand in brackets"},
    {"double(0.1 + 0.2)", "≈ 0.30000000000000004 is an estimate (~ in plain style)"},
    {"abs'(0)", "undefined: the question has no answer, and it is said why"},
    {"defined(1/0)", "false: outside of a domain there is an error instead of an answer"},
    {"same((x + 1)^2, x^2 + 2x + 1)", "true is proven; ≈ true: neither a proof nor a difference was found"},
};

constexpr TopicLine kPlots[] = {
    {"plot sin(x), cos(x) for x = -pi..pi", "curves"},
    {"plot 1/x for x = -3..3 window y = -5..5", "seen through a window"},
    {"plot exp(x) for x = 0..5 logy", "on a logarithmic scale; also logx"},
    {"plot x^3 - 3x for x = -2..2 mark roots, extrema", "with what is worth seeing"},
    {"plot [cos(t), sin(2t)] for t = 0..2pi", "a path"},
    {"plot polar 1 + cos(t) for t = 0..2pi", "a distance for each angle"},
    {"plot x^2 + y^2 = 1 for x = -2..2, y = -2..2", "an equation"},
    {"plot x y < 1 for x = -2..2, y = -2..2", "a region"},
    {"plot x^2 - y^2 for x = -2..2, y = -2..2", "contour lines"},
    {"plot heat sin(x) cos(y) for x = -3..3, y = -3..3", "shades"},
    {"plot field y' = x - y for x = -2..2, y = -2..2", "slopes"},
    {"plot field [-y, x] for x = -2..2, y = -2..2", "arrows"},
    {"plot points [[1, 2, 3], [1, 4, 9]], x^2 for x = 0..4", "measured points, and a curve"},
    {"plot sin(x) for x = 0..2pi as sine.svg", "as a file: .svg, .png, .pdf"},
};

constexpr TopicLine kFormats[] = {
    {"set format json", "an object a line: kind, value, certainty"},
    {"set format csv", "for spreadsheets: the numbers alone"},
    {"set format markdown", "tables for pages of text"},
    {"set format latex", "formulas for papers"},
    {"set format text", "as at the start"},
    {"set style plain", "x^2*sqrt(y) instead of x²·√y: for machines"},
    {"set digits 30", "more digits, proven all the same"},
    {"set exact only", "√3/2 without its decimals"},
    {"table x^2 for x = 1..3 as squares.csv", "a table as a file: .csv, .md, .tex, .json"},
};

constexpr WrittenTopic kTopics[] = {
    {"notation", "how statements are written", kNotation},
    {"certainty", "how sure an answer is", kCertainty},
    {"plots", "the kinds of pictures", kPlots},
    {"formats", "how answers are written", kFormats},
};

}  // namespace

std::span<const WrittenTopic> written_topics() { return kTopics; }

}  // namespace nabla::session
