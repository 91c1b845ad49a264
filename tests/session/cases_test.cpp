// Statements with answers that were computed independently to 30 digits. Columns of the tables: id, statement, check,
// expected, opts, source; of errors.tsv: id, statement, exit status, column, a word of the message, source.
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "number/decimal.h"
#include "support/child.h"

namespace {

using namespace nabla;
using number::Rational;
using Row = std::vector<std::string>;

std::vector<Row> table(const std::string& area) {
  std::ifstream file(std::string(NABLA_TEST_FOLDER) + "/cases/" + area + ".tsv");
  std::vector<Row> rows;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    Row row;
    for (std::string cell; std::getline(cells, cell, '\t');) row.push_back(cell);
    rows.push_back(row);
  }
  REQUIRE_FALSE(rows.empty());
  return rows;
}

std::map<std::string, std::string> options(const std::string& text) {
  std::map<std::string, std::string> found;
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ';');) {
    const std::size_t at = part.find('=');
    found[part.substr(0, at)] = part.substr(at + 1);
  }
  return found;
}

std::vector<std::string> numbers_in(const std::string& text) {
  static const std::regex number(R"(-?[0-9.]+(?:e[+-]?[0-9]+)?|-?inf)");
  return {std::sregex_token_iterator(text.begin(), text.end(), number), {}};
}

// Whether `printed` is `expected` correctly rounded to `digits`.
bool is_rounded(const std::string& printed, const std::string& expected, int digits) {
  if (printed == expected) return true;
  const auto p = Rational::parse(printed);
  const auto e = Rational::parse(expected);
  if (!p || !e) return false;
  return *p == *e || p == Rational::parse(number::decimal(*e, digits).text);
}

// The last answer in JSON, numbers as they were written.
std::string last_value(const testing::Outcome& outcome) {
  std::istringstream lines(outcome.out);
  std::string value;
  for (std::string line; std::getline(lines, line);) {
    static const std::regex field(R"re("value":("[^"]*"|\[.*?\](?=,"|\})|[^,}]+))re");
    std::smatch match;
    if (std::regex_search(line, match, field)) value = match[1];
  }
  return value;
}

void check_values(const std::string& area) {
  for (const Row& row : table(area)) {
    const std::string& check = row.at(2);
    if (check != "value" && check != "bool") continue;
    const int digits = std::stoi(options(row.at(4)).at("digits"));
    const testing::Outcome outcome =
        testing::run({"--format", "json", "--digits", std::to_string(digits), "-e", row.at(1)});
    INFO(row.at(0) << ": " << row.at(1) << "\nexpected " << row.at(3) << "\nout " << outcome.out << "err "
                   << outcome.err);
    CHECK(outcome.status == 0);
    const std::string value = last_value(outcome);
    if (check == "bool") {
      CHECK(value == row.at(3));
      continue;
    }
    const std::vector<std::string> printed = numbers_in(value);
    const std::vector<std::string> expected = numbers_in(row.at(3));
    REQUIRE(printed.size() == expected.size());
    for (std::size_t i = 0; i < printed.size(); ++i) CHECK(is_rounded(printed[i], expected[i], digits));
  }
}

// Operators and calls of a formula in plain spelling; the sign of a number is free (as scripts/formula-lengths counts).
int operations(const std::string& formula) {
  static const std::regex token(R"([0-9.]+(?:e[+-]?[0-9]+)?|[A-Za-z_][A-Za-z_0-9]*|[-+*/^(),?<>=!])");
  const std::vector<std::string> tokens{std::sregex_token_iterator(formula.begin(), formula.end(), token), {}};
  int count = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string before = i == 0 ? "(" : tokens[i - 1];
    if (tokens[i] == "(") {
      count += std::isalpha(static_cast<unsigned char>(before[0])) != 0 ? 1 : 0;
    } else if (std::string("+-*/^?<>=!").find(tokens[i]) != std::string::npos) {
      const bool is_sign =
          (tokens[i] == "-" || tokens[i] == "+") && std::string("(,+-*/^").find(before) != std::string::npos;
      const bool of_number = i + 1 < tokens.size() && std::isdigit(static_cast<unsigned char>(tokens[i + 1][0])) != 0;
      count += is_sign && of_number ? 0 : 1;
    }
  }
  return count;
}

}  // namespace

TEST_CASE("values are right to the last digit", "[cases]") { check_values("eval"); }

TEST_CASE("derivatives at points are right to the last digit", "[cases]") { check_values("diff"); }

TEST_CASE("errors say where and what", "[cases]") {
  for (const Row& row : table("errors")) {
    const testing::Outcome outcome = testing::ask(row.at(1));
    INFO(row.at(0) << ": " << row.at(1) << "\nerr " << outcome.err);
    CHECK(outcome.status == std::stoi(row.at(2)));
    const std::regex place(R"(-e:1:(\d+): error)");
    std::smatch match;
    REQUIRE(std::regex_search(outcome.err, match, place));
    if (!row.at(3).empty()) CHECK(match[1] == row.at(3));
    std::string message = outcome.err;
    std::ranges::transform(message, message.begin(), [](unsigned char c) { return std::tolower(c); });
    CHECK(message.find(row.at(4)) != std::string::npos);
  }
}

// formulas.tsv: functions of x, and how many operators and calls the shortest derivative has that SymPy or Maxima give.
TEST_CASE("derivatives are as short as those of computer algebra systems", "[cases]") {
  const std::vector<Row> rows = table("formulas");
  std::string script;
  for (const Row& row : rows) script += "diff(" + row.at(0) + ", x)\n";
  const testing::Outcome outcome = testing::run({"--format", "json"}, {.input = script});
  std::istringstream answers(outcome.out);
  std::vector<double> ratios;
  std::string longer;
  for (const Row& row : rows) {
    std::string line;
    REQUIRE(std::getline(answers, line));
    const auto answer = nlohmann::json::parse(line);
    INFO(row.at(0) << ": " << line);
    REQUIRE(answer.contains("value"));
    const std::string formula = answer["value"].is_string() ? answer["value"].get<std::string>() : "0";
    const int ours = operations(formula);
    const int best = std::stoi(row.at(1));
    ratios.push_back(best == 0 ? ours : static_cast<double>(ours) / best);
    if (ours > best + 1 && ours > 1.25 * best) {
      longer += row.at(0) + ": " + formula + " has " + std::to_string(ours) + ", " + row.at(2) + ' ' + row.at(1) + '\n';
    }
  }
  INFO(longer);
  CHECK(std::ranges::count(longer, '\n') <= static_cast<long>(rows.size()) / 100);
  std::ranges::nth_element(ratios, ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 2));
  CHECK(ratios[ratios.size() / 2] <= 1);
}
