// table E1, E2, … for RANGE[, RANGE] [as FILE]
#include "view/answers/table.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "session/interpreter.h"
#include "session/new_file.h"
#include "session/ranged.h"
#include "session/style.h"
#include "session/tables/tabulate.h"
#include "view/answers/format.h"

namespace nabla::session {

namespace {

using base::Code;
using base::Error;
using expr::Expr;
using view::Cell;
using view::Format;

constexpr int kLeastDigits = 4;  // in a table that must fit a narrow screen
constexpr std::size_t kMostGridColumns = 1000;
constexpr std::size_t kFlushed = 4096;  // rows between two checks of the clock

class TableCommand {
 public:
  explicit TableCommand(Invocation& call)
      : call_(call), output_(call.interpreter.output()), settings_(call.session.settings) {}

  void run() {
    Tokens tokens = call_.tokens();
    if (const auto as = parse::find_top_level(tokens, "as"); !as.empty()) {
      file_ = file_after_as(call_, tokens.subspan(as.back() + 1), view::format_extensions(" "));
      tokens = tokens.first(as.back());
    }
    const auto at = parse::find_top_level(tokens, "for");
    if (at.empty() || at.front() == 0) {
      throw Error(Code::syntax, call_.statement.name_span, "table needs expressions and a range",
                  "write table sin(x), cos(x) for x = 0..1 step 0.1");
    }
    const auto ranges = calc::split_ranges(tokens.subspan(at.front() + 1));
    if (ranges.size() > 2) throw Error(Code::argument, ranges[2].span, "a table has at most two ranges");
    Ranged form(call_, call_.interpreter.new_workspace(), ranges);
    read_columns(form, tokens.first(at.front()));
    call_.interpreter.tell_notes(form.work());
    write(form);
  }

 private:
  void read_columns(Ranged& form, Tokens body) {
    const view::Style style = settings_.look.style;
    for (const Tokens part : split_at_commas(body)) {
      const expr::Value v = form.value(part);
      const std::string name = typed(call_, part, style);
      for (std::size_t i = 0; i < v.elements.size(); ++i) {
        form.require_known(v.elements[i], base::join(part.front().span, part.back().span));
        columns_.push_back(v.elements[i]);
        names_.push_back(v.is_scalar() ? name : fmt::format("{}[{}]", name, i + 1));
      }
    }
  }

  void write(Ranged& form) {
    std::vector<eval::Variable> variables;
    std::vector<std::string> ranged_names;
    for (std::size_t i = 0; i < form.ranges().size(); ++i) {
      variables.push_back({form.symbol(i), form.ranges()[i].points_or_default(form.work().graph)});
      ranged_names.push_back(form.ranges()[i].name);
    }
    if (variables.size() == 2 &&
        static_cast<double>(variables[0].points.size()) * static_cast<double>(variables[1].points.size()) >
            calc::kMostPoints)
      throw Error(Code::range, form.ranges()[1].span, "the ranges have more than a billion points",
                  "choose larger steps");
    look_.look = settings_.look;
    if (file_)
      look_.look = {view::format_of_extension(extension_of(file_->path))->format, view::Style::unicode,
                    settings_.look.exact};
    const Screen screen = output_.screen();
    look_.width = screen_width(settings_, screen);
    look_.color = !file_ && uses_color(settings_, screen);
    const bool is_grid = variables.size() == 2 && columns_.size() == 1 && !view::row_of(look_.look.format).is_data;
    across_ = is_grid ? variables[1].points.size() : 0;
    Tabulator cells(form.work().in.evaluator(), std::move(variables), columns_);
    digits_ = settings_.digits;
    if (across_ > 0) {
      if (across_ > kMostGridColumns) too_wide(form, fmt::format("a grid of {} columns is too wide", across_));
      name_grid(cells, ranged_names);
    } else {
      names_.insert(names_.begin(), ranged_names.begin(), ranged_names.end());
    }
    if (look_.look.format == Format::text) fit(form, cells);
    if (file_) {
      NewFile out(file_->path, file_->span);
      fill(cells, *view::table_writer(look_, head(), [&](std::string_view text) { out.write(text); }));
      out.complete();
    } else {
      fill(cells, *output_.table(look_, head()));
    }
  }

  // The values of the second variable become the names of the columns.
  void name_grid(Tabulator& cells, const std::vector<std::string>& ranged_names) {
    names_ = {fmt::format("{} \\ {}", ranged_names[0], ranged_names[1])};
    for (std::size_t i = 0; i < across_; ++i) {
      const Cell y = cells.row(i, settings_.digits)[1];
      names_.push_back(y.decimal);
    }
  }

  std::size_t rows(const Tabulator& cells) const { return across_ > 0 ? cells.size() / across_ : cells.size(); }

  std::span<const Cell> row(Tabulator& cells, std::size_t i) {
    if (across_ == 0) return cells.row(i, digits_);
    grid_row_.clear();
    for (std::size_t k = 0; k < across_; ++k) {
      const std::span<const Cell> point = cells.row(i * across_ + k, digits_);
      if (k == 0) grid_row_.push_back(point[0]);
      grid_row_.push_back(point[2]);
    }
    return grid_row_;
  }

  // Chooses as many digits as fit the width, which is estimated from the first rows and a sample of the others.
  void fit(Ranged& form, Tabulator& cells) {
    constexpr std::size_t kOthers = 8;
    const std::size_t count = rows(cells);
    std::vector<std::size_t> sample;
    for (std::size_t i = 0; i < std::min(count, view::kLayoutRows / 2); ++i) sample.push_back(i);
    for (std::size_t k = 1; k <= kOthers && sample.size() < count; ++k) sample.push_back((count - 1) * k / kOthers);
    for (;; --digits_) {
      std::vector<std::vector<Cell>> shown;
      for (const std::size_t i : sample) {
        const std::span<const Cell> now = row(cells, i);
        shown.emplace_back(now.begin(), now.end());
      }
      const std::size_t width = view::text_table_width(names_, shown, look_.look.style);
      if (width <= static_cast<std::size_t>(look_.width)) return;
      const std::size_t excess = (width - static_cast<std::size_t>(look_.width)) / (columns_.size() + 1);
      if (digits_ <= kLeastDigits)
        too_wide(form, fmt::format("this table needs {} characters a line, and there are {}", width, look_.width));
      digits_ = std::max(kLeastDigits + 1, digits_ - static_cast<int>(excess));
    }
  }

  [[noreturn]] void too_wide(const Ranged& form, std::string message) const {
    throw Error(Code::range, form.ranges().back().span, std::move(message),
                "ask for fewer columns, set width 200, or write it as FILE.csv");
  }

  view::TableHead head() const { return call_.interpreter.table_head(names_); }

  void fill(Tabulator& cells, view::TableWriter& writer) {
    const std::size_t count = rows(cells);
    const auto progress = output_.progress(count, !file_);
    number::Certainty certainty = number::Certainty::exact;
    try {
      for (std::size_t i = 0; i < count; ++i) {
        const std::span<const Cell> now = row(cells, i);
        for (const Cell& c : now) certainty = std::max(certainty, c.certainty);
        writer.row(now);
        if (i % kFlushed == view::kLayoutRows && !file_) output_.flush();
        if (i % 64 == 0) progress->reach(i);
      }
    } catch (...) {
      if (!file_) writer.finish(certainty, view::Ending::cut_off);
      throw;
    }
    writer.finish(certainty);
    if (look_.look.format == Format::csv && certainty == number::Certainty::estimated)
      call_.interpreter.note({}, "an estimate");
  }

  Invocation& call_;
  Output& output_;
  const Settings& settings_;
  std::optional<FileName> file_;
  std::vector<Expr> columns_;
  std::vector<std::string> names_;
  view::TableLook look_;
  std::size_t across_ = 0;  // columns of a grid of one expression over two ranges; 0: a row a point
  int digits_ = 0;
  std::vector<Cell> grid_row_;
};

void run(Invocation& call) { TableCommand(call).run(); }

}  // namespace

extern const Command table_command{
    .name = "table",
    .signature = "table E1, E2, … for RANGE[, RANGE] [as FILE]",
    .help =
        "A row for each point: the values of expressions, proven to the last digit. One expression over two ranges "
        "gives a grid. Files: .csv, .md, .tex, .json.",
    .example = "table x^2, sqrt(x) for x = 0..4",
    .run = run,
    .example_shown = true,
};

}  // namespace nabla::session
