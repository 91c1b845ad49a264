#include "view/answers/table.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "view/answers/entries.h"

namespace nabla::view {
namespace {

using base::display_width;

// A cell split at its decimal point; `before` holds all of a cell that is not a number.
struct Cut {
  std::string before;
  std::string after;  // with the point
  bool number = true;
};

Cut cut(const Cell& c, Style style) {
  const std::string text = text_entry(c, style);
  const bool number = c.content == Cell::Content::number;
  const std::size_t point = number ? text.find_first_of(".e*") : std::string::npos;
  if (point == std::string::npos) return {text, "", number};
  return {text.substr(0, point), text.substr(point), true};
}

struct Column {
  std::size_t before = 1;
  std::size_t after = 0;
  std::size_t words = 0;  // of cells that are no numbers
  std::size_t name = 0;

  void include(const Cut& c) {
    if (c.number) {
      before = std::max(before, display_width(c.before));
      after = std::max(after, c.after.size());
    } else {
      words = std::max(words, display_width(c.before));
    }
  }
  std::size_t cells() const { return std::max(before + after, words); }
  std::size_t width() const { return std::max(cells(), name); }
};

constexpr std::size_t kShortName = 6;  // never cut
constexpr std::size_t kGap = 3;        // between columns

std::size_t total(const std::vector<Column>& columns) {
  std::size_t sum = kGap * (columns.size() - 1);
  for (const Column& c : columns) sum += c.width();
  return sum;
}

class TextTable final : public TableWriter {
 public:
  TextTable(const TableLook& look, TableHead head, Write write)
      : look_(look), head_(std::move(head)), write_(std::move(write)), columns_(head_.names.size()) {}

  void row(std::span<const Cell> cells) override {
    std::vector<Cut> cuts;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      cuts.push_back(cut(cells[i], look_.look.style));
      columns_[i].include(cuts.back());
    }
    if (started_) {
      write_row(cuts);
      return;
    }
    held_.push_back(std::move(cuts));
    if (held_.size() == kLayoutRows) start();
  }

  void finish(Certainty) override {
    if (!started_) start();
  }

 private:
  bool unicode() const { return look_.look.style == Style::unicode; }

  // Names get their full width if there is room; otherwise the longest are cut first.
  void start() {
    started_ = true;
    const auto width = static_cast<std::size_t>(look_.width);
    for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i].name = display_width(head_.names[i]);
    while (total(columns_) > width) {
      const auto widest = std::max_element(columns_.begin(), columns_.end(), [](const Column& a, const Column& b) {
        return (a.name > a.cells() ? a.name : 0) < (b.name > b.cells() ? b.name : 0);
      });
      if (widest->name <= widest->cells() || widest->name <= kShortName) break;
      --widest->name;
    }
    std::string names;
    std::string rule;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (i > 0) names += unicode() ? " │ " : " | ";
      if (i > 0) rule += unicode() ? "─┼─" : "-+-";
      const std::string name = fitted(head_.names[i], static_cast<int>(columns_[i].width()), unicode());
      const std::size_t blanks = columns_[i].width() - std::min(columns_[i].width(), display_width(name));
      const std::size_t left = blanks / 2;
      names += std::string(left, ' ') + (look_.color ? "\x1b[1m" + name + "\x1b[0m" : name);
      if (i + 1 < columns_.size()) names += std::string(blanks - left, ' ');
      for (std::size_t k = 0; k < columns_[i].width(); ++k) rule += unicode() ? "─" : "-";
    }
    write_(names + "\n" + rule + "\n");
    for (const std::vector<Cut>& cuts : held_) write_row(cuts);
    held_.clear();
  }

  void write_row(const std::vector<Cut>& cuts) {
    std::string line;
    for (std::size_t i = 0; i < cuts.size(); ++i) {
      if (i > 0) line += unicode() ? " │ " : " | ";
      const Column& c = columns_[i];
      const Cut& entry = cuts[i];
      // Numbers are centred in a wide column, their points aligned.
      const std::size_t slack = c.width() - c.cells();
      const std::size_t numbers = c.before + c.after;
      const std::size_t start = slack / 2 + (c.cells() - numbers) / 2;
      const std::size_t before = display_width(entry.before);
      const std::size_t used = before + entry.after.size();
      const std::size_t left = entry.number ? start + c.before - before : (c.width() - used) / 2;
      line += std::string(left, ' ') + entry.before + entry.after;
      line += std::string(c.width() - left - used, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    write_(line + "\n");
  }

  TableLook look_;
  TableHead head_;
  Write write_;
  std::vector<Column> columns_;
  std::vector<std::vector<Cut>> held_;
  bool started_ = false;
};

// The formats in which a row does not depend on the others.
class MarkupTable final : public TableWriter {
 public:
  MarkupTable(const Look& look, const TableHead& head, Write write) : look_(look), write_(std::move(write)) {
    switch (look.format) {
      case Format::csv: begin_csv(head); break;
      case Format::markdown: begin_markdown(head); break;
      case Format::latex: begin_latex(head); break;
      case Format::json: begin_json(head); break;
      case Format::text: break;
    }
  }

  void row(std::span<const Cell> cells) override {
    line_ = before_;
    if (look_.format == Format::json && !first_) line_ += ",";
    if (look_.format == Format::json) line_ += "[";
    first_ = false;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) line_ += between_;
      line_ += entry(cells[i]);
    }
    line_ += after_;
    write_(line_);
  }

  void finish(Certainty certainty) override {
    if (look_.format == Format::latex) write_("\\end{tabular}\n");
    if (look_.format == Format::json) write_(fmt::format("],\"certainty\":\"{}\"}}\n", certainty_name(certainty)));
  }

 private:
  std::string entry(const Cell& c) const {
    switch (look_.format) {
      case Format::csv: return csv_entry(c);
      case Format::markdown: return markdown_entry(c, look_.style);
      case Format::latex: return "$" + latex_entry(c) + "$";
      case Format::json: return json_entry(c);
      case Format::text: break;
    }
    return {};
  }

  void begin_csv(const TableHead& head) {
    std::string line;
    for (const std::string& name : head.names) line += (line.empty() ? "" : ",") + csv_field(name);
    between_ = ",";
    after_ = "\n";
    write_(line + "\n");
  }

  void begin_markdown(const TableHead& head) {
    std::string line = "|";
    std::string rule = "|";
    for (const std::string& name : head.names) {
      line += " " + escaped_for_markdown(name) + " |";
      rule += " ---: |";
    }
    before_ = "| ";
    between_ = " | ";
    after_ = " |\n";
    write_(line + "\n" + rule + "\n");
  }

  void begin_latex(const TableHead& head) {
    std::string line = "\\begin{tabular}{" + std::string(head.names.size(), 'r') + "}\n";
    for (std::size_t i = 0; i < head.names.size(); ++i) line += (i > 0 ? " & " : "") + escaped_for_latex(head.names[i]);
    between_ = " & ";
    after_ = " \\\\\n";
    write_(line + " \\\\ \\hline\n");
  }

  void begin_json(const TableHead& head) {
    std::string line =
        fmt::format("{{\"line\":{},\"input\":{},\"kind\":\"table\",\"columns\":[", head.line, quoted(head.input));
    for (std::size_t i = 0; i < head.names.size(); ++i) line += (i > 0 ? "," : "") + quoted(head.names[i]);
    between_ = ",";
    after_ = "]";
    write_(line + "],\"rows\":[");
  }

  Look look_;
  Write write_;
  std::string before_;
  std::string between_;
  std::string after_;
  std::string line_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<TableWriter> table_writer(const TableLook& look, TableHead head, Write write) {
  if (look.look.format == Format::text) return std::make_unique<TextTable>(look, std::move(head), std::move(write));
  return std::make_unique<MarkupTable>(look.look, head, std::move(write));
}

std::string table(const Answer& a, const Look& look) {
  std::string out;
  TableLook wide;
  wide.look = look;
  const auto writer = table_writer(wide, {a.header, a.input, a.line}, [&](std::string_view text) { out += text; });
  const std::span<const Cell> cells(a.cells);
  for (std::size_t i = 0; i + a.columns <= cells.size(); i += a.columns) writer->row(cells.subspan(i, a.columns));
  writer->finish(a.certainty);
  return out;
}

std::size_t text_table_width(std::span<const std::string> names, std::span<const std::vector<Cell>> rows, Style style) {
  std::vector<Column> columns(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) columns[i].name = std::min(kShortName, display_width(names[i]));
  for (const std::vector<Cell>& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) columns[i].include(cut(row[i], style));
  return total(columns);
}

}  // namespace nabla::view
