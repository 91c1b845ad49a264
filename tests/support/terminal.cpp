#include "support/terminal.h"

#include <utf8proc.h>

#include <algorithm>

namespace nabla::testing {

namespace {

std::size_t character_size(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte < 0xC0) return 1;
  return byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

int width_of(std::string_view character) {
  utf8proc_int32_t c = 0;
  utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(character.data()),
                   static_cast<utf8proc_ssize_t>(character.size()), &c);
  return utf8proc_charwidth(c);
}

}  // namespace

Terminal::Terminal(int columns, int rows) : columns_(columns), lines_(static_cast<std::size_t>(rows)) {
  for (Row& r : lines_) r.cells.resize(static_cast<std::size_t>(columns));
}

void Terminal::write(std::string_view bytes) {
  pending_ += bytes;
  std::size_t at = 0;
  while (at < pending_.size()) {
    const char c = pending_[at];
    if (c == '\x1b') {
      if (at + 1 >= pending_.size()) break;
      std::size_t end = at + 2;
      if (pending_[at + 1] == '[') {
        while (end < pending_.size() && (pending_[end] < '@' || pending_[end] > '~')) ++end;
        if (end >= pending_.size()) break;
        ++end;
      }
      escape(std::string_view(pending_).substr(at + 1, end - at - 1));
      at = end;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      control(c);
      ++at;
    } else {
      const std::size_t size = character_size(c);
      if (at + size > pending_.size()) break;
      put(std::string_view(pending_).substr(at, size));
      at += size;
    }
  }
  pending_.erase(0, at);
}

void Terminal::put(std::string_view character) {
  const int width = width_of(character);
  auto cells = [&]() -> std::vector<Cell>& { return lines_[static_cast<std::size_t>(row_)].cells; };
  if (width == 0) {
    const int before = full_ ? column_ : column_ - 1;
    if (before >= 0) cells()[static_cast<std::size_t>(before)].text += character;
    return;
  }
  if (full_ || column_ + width > columns_) {
    lines_[static_cast<std::size_t>(row_)].wrapped = true;
    line_feed();
    column_ = 0;
    full_ = false;
  }
  cells()[static_cast<std::size_t>(column_)] = {std::string(character), look_};
  if (width == 2) cells()[static_cast<std::size_t>(column_ + 1)] = {"", look_};
  column_ += width;
  if (column_ < columns_) {
    lines_[static_cast<std::size_t>(row_)].wrapped = false;
    return;
  }
  column_ = columns_ - 1;
  full_ = true;
}

void Terminal::control(char c) {
  switch (c) {
    case '\r':
      column_ = 0;
      full_ = false;
      break;
    case '\n': line_feed(); break;
    case '\b': column_ = std::max(column_ - 1, 0); break;
    case '\a': ++bells_; break;
    default: break;
  }
}

void Terminal::line_feed() {
  full_ = false;
  if (row_ + 1 < rows()) {
    ++row_;
    return;
  }
  lines_.erase(lines_.begin());
  lines_.emplace_back();
  lines_.back().cells.resize(static_cast<std::size_t>(columns_));
}

void Terminal::erase(int row, int from) {
  Row& r = lines_[static_cast<std::size_t>(row)];
  std::fill(r.cells.begin() + from, r.cells.end(), Cell{});
  r.wrapped = false;
}

void Terminal::escape(std::string_view sequence) {
  if (sequence.empty() || sequence.front() != '[' || sequence.find_first_of("?<>=") != std::string_view::npos) return;
  std::vector<int> numbers;
  std::string digits;
  for (char c : sequence.substr(1)) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else {
      numbers.push_back(digits.empty() ? 0 : std::stoi(digits));
      digits.clear();
    }
  }
  const int n = std::max(numbers.front(), 1);
  switch (sequence.back()) {
    case 'A': row_ = std::max(row_ - n, 0); break;
    case 'B': row_ = std::min(row_ + n, rows() - 1); break;
    case 'C': column_ = std::min(column_ + n, columns_ - 1); break;
    case 'D': column_ = std::max(column_ - n, 0); break;
    case 'H':
      row_ = std::clamp(n - 1, 0, rows() - 1);
      column_ = numbers.size() > 1 ? std::clamp(numbers[1] - 1, 0, columns_ - 1) : 0;
      break;
    case 'J':
      if (numbers.front() == 0) erase(row_, column_);
      for (int r = numbers.front() == 0 ? row_ + 1 : 0; r < rows(); ++r) erase(r, 0);
      return;
    // Where a row is full the character in its last column goes, as on xterm.
    case 'K': return erase(row_, column_);
    case 'm': return set_look(numbers);
    default: return;
  }
  full_ = false;
}

void Terminal::set_look(const std::vector<int>& codes) {
  for (std::size_t i = 0; i < codes.size(); ++i) {
    switch (codes[i]) {
      case 0: look_ = {}; break;
      case 1: look_.bold = true; break;
      case 4: look_.underlined = true; break;
      case 7: look_.reversed = true; break;
      case 39: look_.color = -1; break;
      case 38:
        if (i + 2 < codes.size()) look_.color = codes[i + 2];
        i += 2;
        break;
      default: break;
    }
  }
}

void Terminal::resize(int columns, int rows) {
  // The lines as they were written, and where the cursor is in them.
  std::vector<std::vector<Cell>> written(1);
  std::size_t cursor_line = 0;
  std::size_t cursor_at = 0;
  for (int r = 0; r < this->rows(); ++r) {
    const Row& line = lines_[static_cast<std::size_t>(r)];
    if (r == row_) {
      cursor_line = written.size() - 1;
      cursor_at = written.back().size() + static_cast<std::size_t>(column_ + (full_ ? 1 : 0));
    }
    std::size_t size = line.cells.size();
    if (!line.wrapped) {
      while (size > 0 && line.cells[size - 1].text == " ") --size;
    }
    written.back().insert(written.back().end(), line.cells.begin(), line.cells.begin() + static_cast<long>(size));
    if (!line.wrapped) written.emplace_back();
  }
  while (written.size() > cursor_line + 1 && written.back().empty()) written.pop_back();

  columns_ = columns;
  full_ = false;
  std::vector<Row> fresh;
  const auto width = static_cast<std::size_t>(columns);
  for (std::size_t l = 0; l < written.size(); ++l) {
    const std::size_t first = fresh.size();
    for (std::size_t at = 0; at == 0 || at < written[l].size(); at += width) {
      Row r;
      const std::size_t end = std::min(at + width, written[l].size());
      r.cells.assign(written[l].begin() + static_cast<long>(at), written[l].begin() + static_cast<long>(end));
      r.cells.resize(width);
      r.wrapped = end < written[l].size();
      fresh.push_back(std::move(r));
    }
    if (l == cursor_line) {
      row_ = static_cast<int>(first + cursor_at / width);
      column_ = static_cast<int>(cursor_at % width);
    }
  }
  while (static_cast<int>(fresh.size()) <= row_) fresh.emplace_back().cells.resize(width);
  while (static_cast<int>(fresh.size()) > rows && row_ > 0) {
    fresh.erase(fresh.begin());
    --row_;
  }
  fresh.resize(static_cast<std::size_t>(rows));
  for (Row& r : fresh) r.cells.resize(width);
  lines_ = std::move(fresh);
}

std::string Terminal::row(int row) const {
  std::string out;
  for (const Cell& c : lines_[static_cast<std::size_t>(row)].cells) out += c.text;
  out.erase(out.find_last_not_of(' ') + 1);
  return out;
}

std::string Terminal::text() const {
  std::string out;
  for (int r = 0; r < rows(); ++r) out += row(r) + "\n";
  out.erase(out.find_last_not_of('\n') + 1);
  return out.empty() ? out : out + "\n";
}

const Cell& Terminal::cell(int row, int column) const {
  return lines_[static_cast<std::size_t>(row)].cells[static_cast<std::size_t>(column)];
}

Look Terminal::look_of(int row, std::string_view text) const {
  std::string so_far;
  std::vector<int> column_of_byte;
  for (int c = 0; c < columns_; ++c) {
    const std::string& t = cell(row, c).text;
    so_far += t;
    column_of_byte.resize(so_far.size(), c);
  }
  const std::size_t at = so_far.find(text);
  return at == std::string::npos ? Look{-2, false, false, false} : cell(row, column_of_byte[at]).look;
}

}  // namespace nabla::testing
