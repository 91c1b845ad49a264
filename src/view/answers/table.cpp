#include "view/answers/table.h"

#include <algorithm>

#include "base/text.h"
#include "view/answers/entries.h"
#include "view/answers/format.h"

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

  void finish(Certainty, Ending) override {
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
  MarkupTable(const Look& look, const TableHead& head, Write write)
      : format_(row_of(look.format)), style_(look.style), write_(std::move(write)) {
    write_(format_.head(head));
  }

  void row(std::span<const Cell> cells) override {
    line_ = first_ ? std::string_view() : format_.before_next;
    first_ = false;
    line_ += format_.before;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) line_ += format_.between;
      line_ += format_.cell(cells[i], style_);
    }
    line_ += format_.after;
    write_(line_);
  }

  void finish(Certainty certainty, Ending ending) override {
    if (const std::string foot = format_.foot(certainty, ending); !foot.empty()) write_(foot);
  }

 private:
  const FormatRow& format_;
  Style style_;
  Write write_;
  std::string line_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<TableWriter> table_writer(const TableLook& look, TableHead head, Write write) {
  if (row_of(look.look.format).head == nullptr) {
    return std::make_unique<TextTable>(look, std::move(head), std::move(write));
  }
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
