#include "view/answers/table.h"

using namespace nabla::view;

namespace {

Cell number(std::string decimal, Certainty certainty = Certainty::exact) {
  Cell c;
  c.decimal = std::move(decimal);
  c.certainty = certainty;
  return c;
}

Cell nothing() {
  Cell c;
  c.content = Cell::Content::nothing;
  return c;
}

std::string written(const TableLook& look, const std::vector<std::string>& names,
                    const std::vector<std::vector<Cell>>& rows) {
  std::string out;
  const auto writer = table_writer(look, {names, "table …", 3}, [&](std::string_view text) { out += text; });
  for (const auto& row : rows) writer->row(row);
  writer->finish(Certainty::proven);
  return out;
}

TableLook look(Format format, int width = 80) { return {{format, Style::plain, Exact::on}, width, false}; }

}  // namespace

TEST_CASE("numbers stand with their points below each other") {
  CHECK(written(look(Format::text), {"x", "f(x)"},
                {{number("1"), number("-0.25")}, {number("10"), number("123.5")}, {number("0.5"), nothing()}}) ==
        " x   |   f(x)\n"
        "-----+----------\n"
        " 1   |   -0.25\n"
        "10   |  123.5\n"
        " 0.5 | undefined\n");
}

TEST_CASE("names that are longer than their columns are cut to the width") {
  const std::string text =
      written(look(Format::text, 30), {"x", "a very long expression indeed", "another long expression"},
              {{number("1"), number("2"), number("3")}});
  CHECK(text.substr(0, text.find('\n')).size() <= 30);
  CHECK(text.find("...") != std::string::npos);
}

TEST_CASE("rows are written while others are still to come") {
  std::string out;
  const auto writer = table_writer(look(Format::text), {{"n"}, "", 1}, [&](std::string_view text) { out += text; });
  for (std::size_t i = 0; i < kLayoutRows; ++i) writer->row(std::vector<Cell>{number("1")});
  CHECK(!out.empty());
  const std::size_t before = out.size();
  writer->row(std::vector<Cell>{number("2")});
  CHECK(out.size() > before);
}

TEST_CASE("tables in the formats of other programs") {
  const std::vector<std::vector<Cell>> rows{{number("0"), nothing()},
                                            {number("1"), number("2.5e-7", Certainty::proven)}};
  const std::vector<std::string> names{"x", "f(x, 1)"};
  CHECK(written(look(Format::csv), names, rows) == "x,\"f(x, 1)\"\n0,\n1,2.5e-7\n");
  CHECK(written(look(Format::markdown), names, rows) ==
        "| x | f(x, 1) |\n| ---: | ---: |\n| 0 | undefined |\n| 1 | 2.5e-7 |\n");
  CHECK(written(look(Format::json), names, rows) ==
        "{\"line\":3,\"input\":\"table …\",\"kind\":\"table\",\"columns\":[\"x\",\"f(x, "
        "1)\"],\"rows\":[[0,null],[1,2.5e-7]],"
        "\"certainty\":\"proven\"}\n");
  CHECK(written(look(Format::latex), names, rows) ==
        "\\begin{tabular}{rr}\nx & f(x, 1) \\\\ \\hline\n$0$ & $\\text{undefined}$ \\\\\n$1$ & $2.5 \\cdot 10^{-7}$ "
        "\\\\\n"
        "\\end{tabular}\n");
}
