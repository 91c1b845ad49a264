#include "session/plot_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "algebra/rules/call.h"
#include "base/error.h"
#include "functions/table.h"
#include "session/curves.h"
#include "session/session.h"

namespace nabla::session {

namespace {

using base::Code;
using base::Error;
using base::Span;
using expr::Expr;
using expr::Value;
using view::Interval;
using view::Item;

constexpr std::string_view kExample = "write plot sin(x), cos(x) for x = -pi..pi";
constexpr double kHalfWidth = 10;           // -10..10 if no range is given
constexpr std::size_t kMostDots = 100'000;  // of a sequence
constexpr std::array<std::string_view, 6> kKeywords{"for", "window", "logx", "logy", "mark", "as"};

Span span_of(Tokens part) { return part.empty() ? Span{} : base::join(part.front().span, part.back().span); }

bool is_sign(const parse::Token& t, std::string_view sign) {
  return t.kind == parse::TokenKind::sign && t.text == sign;
}
bool is_word(const parse::Token& t, std::string_view word) {
  return t.kind == parse::TokenKind::name && t.text == word;
}

// The command split at its keywords.
struct Clauses {
  Tokens body;
  std::array<std::optional<Tokens>, kKeywords.size()> after;  // what follows each keyword
  const std::optional<Tokens>& operator[](std::string_view keyword) const {
    return after[static_cast<std::size_t>(std::ranges::find(kKeywords, keyword) - kKeywords.begin())];
  }
};

Clauses cut(Tokens tokens) {
  std::vector<std::pair<std::size_t, std::size_t>> cuts;  // position, keyword
  for (std::size_t k = 0; k < kKeywords.size(); ++k) {
    for (const std::size_t at : parse::find_top_level(tokens, kKeywords[k])) cuts.emplace_back(at, k);
  }
  std::ranges::sort(cuts);
  Clauses out;
  out.body = tokens.first(cuts.empty() ? tokens.size() : cuts.front().first);
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    const auto [at, keyword] = cuts[i];
    const bool last = kKeywords[keyword] == "as" || i + 1 == cuts.size();
    const std::size_t end = last ? tokens.size() : cuts[i + 1].first;
    if (out.after[keyword])
      throw Error(Code::syntax, tokens[at].span, fmt::format("'{}' stands here twice", kKeywords[keyword]));
    out.after[keyword] = tokens.subspan(at + 1, end - at - 1);
    if (kKeywords[keyword] == "as") break;
  }
  return out;
}

// One of the expressions of a plot, elaborated.
struct Part {
  enum class Kind { value, equation, points, slopes, arrows, heat, polar };
  Kind kind = Kind::value;
  Tokens tokens;
  Value value;          // of an equation its left side minus its right side; of slopes the slope
  std::string unknown;  // y in y = f(x) and y' = E
  Value right;          // of an equation y = …: its right side
};

class PlotReader {
 public:
  PlotReader(Invocation& call, Workspace& work) : call_(call), work_(work), g_(work.graph) {}

  PlotRequest run() {
    const Clauses clauses = cut(call_.tokens());
    if (clauses.body.empty())
      throw Error(Code::syntax, call_.statement.name_span, "plot needs something to plot", std::string(kExample));
    if (clauses["as"]) request_.file = file_after_as(call_, *clauses["as"], "svg png pdf");
    read_switches(clauses);
    Ranged form(call_, work_, clauses["for"] ? calc::split_ranges(*clauses["for"]) : std::vector<calc::RangeText>{});
    for (const Tokens part : split_at_commas(clauses.body)) parts_.push_back(read_part(form, part));
    choose_variables(form);
    if (clauses["window"]) read_windows(*clauses["window"]);
    for (const Part& part : parts_) add(part);
    return std::move(request_);
  }

 private:
  // A variable with its range.
  struct Variable {
    std::string name;
    Expr symbol;
    Interval range{-kHalfWidth, kHalfWidth};
    bool given = false;                  // else the default range
    std::optional<eval::Points> points;  // of integers or a list: dots are drawn
    Span span;
  };

  void read_switches(const Clauses& clauses) {
    view::Plot& plot = request_.plot;
    for (const std::string_view word : {"logx", "logy"}) {
      if (!clauses[word]) continue;
      if (!clauses[word]->empty())
        throw Error(Code::syntax, span_of(*clauses[word]), fmt::format("nothing is expected after '{}'", word));
      (word == "logx" ? plot.log_x : plot.log_y) = true;
    }
    if (!clauses["mark"]) return;
    for (const Tokens what : split_at_commas(*clauses["mark"])) {
      const bool roots = is_word(what.front(), "roots");
      if (what.size() != 1 || (!roots && !is_word(what.front(), "extrema")))
        throw Error(Code::syntax, span_of(what), "what can be marked is roots and extrema",
                    "write plot x^3 - 3x for x = -2..2 mark roots, extrema");
      (roots ? plot.mark_roots : plot.mark_extrema) = true;
    }
  }

  void read_windows(Tokens tokens) {
    for (const calc::RangeText& text : calc::split_ranges(tokens)) {
      const calc::Range range = calc::elaborate_range(work_.in, text, [&](Tokens part) {
        return parse::parse_expression(*call_.statement.terms, part, call_.statement.text, call_.session, {}, false,
                                       work_.notes);
      });
      const bool across = text.name == (x_ ? x_->name : "x");
      (across ? request_.plot.x : request_.plot.y) = window_of(range);
    }
  }

  static Interval window_of(const calc::Range& range) {
    if (range.low < range.high) return {range.low, range.high};
    throw Error(Code::range, range.span, fmt::format("the range of {} is empty", range.name),
                "a plot needs room, as in x = 0..5");
  }

  Part read_part(Ranged& form, Tokens tokens) {
    Part part;
    part.tokens = tokens;
    for (const auto& [word, kind] : {std::pair{"points", Part::Kind::points},
                                     {"field", Part::Kind::slopes},
                                     {"heat", Part::Kind::heat},
                                     {"polar", Part::Kind::polar}}) {
      if (!is_word(tokens.front(), word) || tokens.size() == 1) continue;
      part.kind = kind;
      part.tokens = tokens.subspan(1);
    }
    if (part.kind == Part::Kind::slopes) {
      read_field(form, part);
      return part;
    }
    const auto equals = parse::find_top_level(part.tokens, "=");
    if (part.kind == Part::Kind::value && !equals.empty()) {
      read_equation(form, part, equals.front());
    } else {
      part.value = form.value(part.tokens);
    }
    return part;
  }

  // y' = E or [P, Q].
  static void read_name_of_prime(Part& part, std::size_t& from) {
    const Tokens t = part.tokens;
    if (t.size() > 3 && t[0].kind == parse::TokenKind::name && is_sign(t[1], "'") && is_sign(t[2], "=")) {
      part.unknown = t[0].text;
      from = 3;
    }
  }

  void read_field(Ranged& form, Part& part) {
    std::size_t from = 0;
    read_name_of_prime(part, from);
    part.value = form.value(part.tokens.subspan(from));
    if (part.value.is_scalar()) return;
    if (!part.value.is_vector() || part.value.rows != 2)
      throw Error(Code::shape, span_of(part.tokens), "a field is y' = E or a vector [P, Q]",
                  "write plot field [-y, x] for x = -2..2, y = -2..2");
    part.kind = Part::Kind::arrows;
  }

  void read_equation(Ranged& form, Part& part, std::size_t equals) {
    const Tokens left = part.tokens.first(equals);
    const Tokens right = part.tokens.subspan(equals + 1);
    if (left.empty() || right.empty()) throw Error(Code::syntax, part.tokens[equals].span, "an equation has two sides");
    part.kind = Part::Kind::equation;
    part.right = form.value(right);
    if (left.size() == 1 && left[0].kind == parse::TokenKind::name) part.unknown = left[0].text;
    const Value l = form.value(left);
    if (!l.is_scalar() || !part.right.is_scalar())
      throw Error(Code::shape, span_of(part.tokens), "an equation of numbers is needed here");
    part.value = expr::subtract(g_, l.scalar(), part.right.scalar());
  }

  bool uses(const Part& part, Expr symbol) const {
    return std::ranges::any_of(part.value.elements, [&](Expr e) { return expr::depends_on(g_, e, symbol); });
  }
  std::size_t uses_of(const Part& part) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(variables_, [&](const Variable& v) { return uses(part, v.symbol); }));
  }
  bool is_truth(const Part& part) const { return part.value.is_scalar() && g_.is(part.value.scalar(), expr::kTruth); }
  static bool is_path(const Part& p) {
    return p.kind == Part::Kind::polar || (p.kind == Part::Kind::value && p.value.is_vector());
  }
  // Whether it fills the plane of two variables.
  bool is_plane(const Part& p) const {
    switch (p.kind) {
      case Part::Kind::equation:
      case Part::Kind::slopes:
      case Part::Kind::arrows:
      case Part::Kind::heat: return true;
      case Part::Kind::points:
      case Part::Kind::polar: return false;
      case Part::Kind::value: break;
    }
    return p.value.is_scalar() && (is_truth(p) ? variables_.size() >= 2 : uses_of(p) >= 2);
  }

  // Makes y = f(x) a curve, unless y has a range of its own.
  void resolve_unknowns(const Ranged& form) {
    for (Part& p : parts_) {
      if (p.kind != Part::Kind::equation || p.unknown.empty()) continue;
      const bool ranged = std::ranges::any_of(form.ranges(), [&](const calc::Range& r) { return r.name == p.unknown; });
      const Expr name = g_.symbol(p.unknown);
      if (ranged || expr::depends_on(g_, p.right.scalar(), name)) continue;
      p.kind = Part::Kind::value;
      p.value = p.right;
    }
  }

  void choose_variables(const Ranged& form) {
    resolve_unknowns(form);
    if (form.ranges().empty()) {
      add_free_names();
    } else {
      for (std::size_t i = 0; i < form.ranges().size(); ++i) add_range(form.ranges()[i], form.symbol(i));
    }
    for (const Part& p : parts_) {
      if (p.kind == Part::Kind::slopes && !p.unknown.empty()) add_unknown(p.unknown);
    }
    std::vector<Expr> known;
    for (const Variable& v : variables_) known.push_back(v.symbol);
    for (const Part& p : parts_) {
      for (const Expr e : p.value.elements) form.require_known(e, span_of(p.tokens), known);
    }
    choose_axes();
  }

  void add_free_names() {
    std::vector<std::string> names;
    for (const Part& p : parts_) {
      for (const Expr e : p.value.elements) {
        for (const Expr s : expr::symbols(g_, e)) names.push_back(g_.name(s));
      }
    }
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    if (names.size() > 2) {
      throw Error(Code::argument, call_.statement.name_span,
                  fmt::format("{} have no value and no range", fmt::join(names, ", ")),
                  fmt::format("write … for {} = -5..5", names.front()));
    }
    for (const std::string& name : names)
      variables_.push_back({name, g_.symbol(name), {-kHalfWidth, kHalfWidth}, false, std::nullopt, {}});
  }

  void add_unknown(const std::string& name) {
    if (std::ranges::none_of(variables_, [&](const Variable& v) { return v.name == name; }))
      variables_.push_back({name, g_.symbol(name), {-kHalfWidth, kHalfWidth}, false, std::nullopt, {}});
  }

  void add_range(const calc::Range& range, Expr symbol) {
    Variable v{range.name, symbol, {range.low, range.high}, true, std::nullopt, range.span};
    if (range.discrete) {
      v.points = range.points;
    } else {
      v.range = window_of(range);
    }
    variables_.push_back(std::move(v));
  }

  // Variables that occur in paths only are parameters, the others belong to the axes. The range of a name that occurs
  // nowhere is a window, unless the plane is to be filled.
  void choose_axes() {
    const bool plane = std::ranges::any_of(parts_, [&](const Part& p) { return is_plane(p); });
    const bool curves =
        std::ranges::any_of(parts_, [&](const Part& p) { return !is_path(p) && p.kind != Part::Kind::points; });
    std::vector<Variable*> axes;
    std::vector<Variable*> unused;
    for (Variable& v : variables_) {
      const bool used = std::ranges::any_of(parts_, [&](const Part& p) { return uses(p, v.symbol); });
      const bool parameter =
          used && std::ranges::all_of(parts_, [&](const Part& p) { return !uses(p, v.symbol) || is_path(p); });
      if (parameter) continue;
      (used || plane ? axes : unused).push_back(&v);
    }
    if (axes.empty() && curves && !unused.empty()) {
      axes.push_back(unused.front());
      unused.erase(unused.begin());
    }
    if (axes.size() > 2)
      throw Error(Code::argument, axes[2]->span, "a picture has two axes", "give ranges to two names");
    for (const Part& p : parts_) {
      if (p.kind == Part::Kind::slopes && axes.size() == 2 && axes[0]->name == p.unknown) std::swap(axes[0], axes[1]);
    }
    if (plane && axes.size() < 2) {
      throw Error(Code::argument, call_.statement.name_span, "two names need a range here",
                  "write plot x^2 + y^2 = 1 for x = -2..2, y = -2..2");
    }
    view::Plot& plot = request_.plot;
    plot.x_name = "x";
    plot.y_name = "y";
    if (!axes.empty()) {
      x_ = axes[0];
      plot.x_name = x_->name;
      plot.x = x_->range;
      if (x_->points) plot.x.reset();
    }
    if (axes.size() == 2) {
      y_ = axes[1];
      plot.y_name = y_->name;
      plot.y = y_->range;
    }
    plot.zoom = plane && !x_->given && !y_->given;
    for (const Variable* v : unused) (v->name == "x" && x_ == nullptr ? plot.x : plot.y) = v->range;
  }

  void add(const Part& part) {
    Item item;
    item.label = typed(call_, part.tokens, view::Style::unicode);
    item.plain_label = typed(call_, part.tokens, view::Style::plain);
    switch (part.kind) {
      case Part::Kind::points: add_points(part, item); break;
      case Part::Kind::polar: add_polar(part, item); break;
      case Part::Kind::slopes: add_plane(Item::Kind::slopes, part.value.scalar(), item); break;
      case Part::Kind::heat: add_plane(Item::Kind::heat, scalar_of(part), item); break;
      case Part::Kind::equation: add_plane(Item::Kind::equation, part.value.scalar(), item); break;
      case Part::Kind::arrows:
        add_plane(Item::Kind::arrows, part.value.elements[0], item);
        item.plane_y = plane_of(evaluator(), part.value.elements[1], x_->symbol, y_->symbol);
        break;
      case Part::Kind::value:
        if (is_path(part)) {
          add_path(part, item);
        } else if (!is_plane(part)) {
          add_curve(part, item);
        } else if (is_truth(part)) {
          item.strict = is_strict(part.value.scalar());
          add_plane(Item::Kind::region, signed_truth(part.value.scalar()), item);
        } else {
          add_plane(Item::Kind::contours, part.value.scalar(), item);
        }
        break;
    }
    request_.plot.items.push_back(std::move(item));
  }

  eval::Evaluator& evaluator() { return work_.in.evaluator(); }

  Expr scalar_of(const Part& part) const {
    if (part.value.is_scalar()) return part.value.scalar();
    throw Error(Code::shape, span_of(part.tokens), "a number is needed here, not a vector");
  }

  void add_plane(Item::Kind kind, Expr e, Item& item) {
    item.kind = kind;
    item.plane = plane_of(evaluator(), e, x_->symbol, y_->symbol);
  }

  // A truth value as a number that is positive where it holds and continuous where its parts are: its zeros are the
  // boundary.
  Expr signed_truth(Expr e) {
    const auto args = g_.args(e);
    if (g_.kind(e) == expr::Kind::compare &&
        (g_.relation(e) == expr::Relation::less || g_.relation(e) == expr::Relation::less_equal)) {
      return expr::subtract(g_, args[1], args[0]);
    }
    if (g_.kind(e) != expr::Kind::logic) return e;
    if (g_.connective(e) == expr::Connective::not_) return expr::negate(g_, signed_truth(args[0]));
    std::vector<Expr> parts;
    for (const Expr a : std::vector<Expr>(args.begin(), args.end())) parts.push_back(signed_truth(a));
    return algebra::call(g_, *functions::find(g_.connective(e) == expr::Connective::and_ ? "min" : "max"), parts);
  }

  bool is_strict(Expr e) const {
    if (g_.kind(e) == expr::Kind::compare) return g_.relation(e) == expr::Relation::less;
    const auto args = g_.args(e);
    return std::ranges::all_of(args, [&](Expr a) { return is_strict(a); });
  }

  void add_curve(const Part& part, Item& item) {
    const Expr e = scalar_of(part);
    const Expr x = x_ != nullptr ? x_->symbol : g_.symbol("x");
    item.curve = curve_of(evaluator(), e, x);
    if (x_ == nullptr || !x_->points) return;
    item.kind = Item::Kind::dots;
    const eval::Points& points = *x_->points;
    if (points.size() > kMostDots)
      throw Error(Code::range, x_->span, fmt::format("{} dots are too many for a picture", points.size()),
                  "write plot 1/n for n in 1..100");
    for (std::size_t i = 0; i < points.size(); ++i) {
      const double at = double_of(points.at(g_, i));
      item.dots.push_back({at, item.curve(at)});
    }
  }

  double double_of(Expr constant) {
    const eval::Outcome o = evaluator().evaluate(constant, 64);
    return o.has_value() ? o.ball.mid() : std::nan("");
  }

  // The variable of a path: the one it contains, else any parameter.
  const Variable& parameter_of(const Part& part) {
    const Variable* found = nullptr;
    for (const Variable& v : variables_) {
      if (!uses(part, v.symbol)) continue;
      if (found != nullptr)
        throw Error(Code::argument, span_of(part.tokens), "a curve has one parameter",
                    "write plot [cos(t), sin(t)] for t = 0..2pi");
      found = &v;
    }
    if (found == nullptr && !variables_.empty()) found = &variables_.front();
    if (found == nullptr)
      throw Error(Code::argument, span_of(part.tokens), "a curve needs the range of its parameter",
                  "write plot [cos(t), sin(t)] for t = 0..2pi");
    return *found;
  }

  void add_path(const Part& part, Item& item) {
    if (part.value.rows != 2)
      throw Error(Code::shape, span_of(part.tokens), "a curve in the plane has two components",
                  "write plot [cos(t), sin(t)] for t = 0..2pi");
    const Variable& t = parameter_of(part);
    item.kind = Item::Kind::path;
    item.parameter = t.range;
    item.path = path_of(evaluator(), part.value.elements[0], part.value.elements[1], t.symbol);
  }

  void add_polar(const Part& part, Item& item) {
    const Variable& t = parameter_of(part);
    item.label = "r = " + item.label;
    item.plain_label = "r = " + item.plain_label;
    item.kind = Item::Kind::path;
    item.parameter = t.range;
    item.path = polar_path_of(evaluator(), scalar_of(part), t.symbol);
  }

  // [u, v] with vectors u and v, or a list of points [[x1, y1], [x2, y2], [x3, y3]].
  void add_points(const Part& part, Item& item) {
    const Value& v = part.value;
    if (!v.is_matrix() || (v.rows != 2 && v.columns != 2))
      throw Error(Code::shape, span_of(part.tokens), "points are two vectors of one length: [u, v]",
                  "write plot points [[1, 2, 3], [2, 4, 8]], 2^x for x = 0..4");
    item.kind = Item::Kind::dots;
    const bool across = v.rows == 2;
    for (std::uint32_t i = 0; i < (across ? v.columns : v.rows); ++i) {
      item.dots.push_back(across ? view::Point{double_of(v.at(0, i)), double_of(v.at(1, i))}
                                 : view::Point{double_of(v.at(i, 0)), double_of(v.at(i, 1))});
    }
  }

  Invocation& call_;
  Workspace& work_;
  expr::Graph& g_;
  PlotRequest request_;
  std::vector<Part> parts_;
  std::vector<Variable> variables_;
  Variable* x_ = nullptr;
  Variable* y_ = nullptr;
};

}  // namespace

PlotRequest read_plot(Invocation& call, Workspace& work) { return PlotReader(call, work).run(); }

}  // namespace nabla::session
