// Balls against independent 30-digit values.
#include <fstream>
#include <set>

#include "points.h"

using namespace nabla;
using namespace nabla::test;

TEST_CASE("balls agree with 30-digit values of another library") {
  std::ifstream file(NABLA_TEST_FOLDER "/values.tsv");
  REQUIRE(file);
  std::set<std::string> covered;
  std::string line;
  while (std::getline(file, line)) {
    if (line.starts_with('#')) continue;
    const std::vector<std::string> fields = split(line, '\t');
    REQUIRE(fields.size() == 3);
    INFO(line);
    const expr::Function* f = functions::find(fields[0]);
    REQUIRE(f != nullptr);
    covered.insert(fields[0]);
    const Point p = fields[1].empty() ? Point() : point(fields[1]);
    const Rational value = rational(fields[2]);
    const Rational tolerance = value.abs() * Rational(1, 1000000000000000L) * Rational(1, 100000000000000L);
    Bits bits = 256;
    Ball ball = evaluate(*f, p, bits);
    while (bits < 4096 && !ball.is_exact() && ball.accuracy_bits() < 128) ball = evaluate(*f, p, bits *= 2);
    if (ball.is_nan() && f->forms.exact != nullptr && f->forms.exact(p)) ball = Ball(*f->forms.exact(p), bits);
    CHECK(ball.overlaps(Ball::hull(Ball(value - tolerance, 512), Ball(value + tolerance, 512), 512)));
    CHECK((ball.is_exact() || ball.accuracy_bits() > 120));
  }
  for (const expr::Function& f : functions::table()) {
    INFO(f.name);
    CHECK((f.name == "inf" || covered.contains(std::string(f.name))));
  }
}
