#include "base/suggest.h"

#include <string>
#include <vector>

using nabla::base::edit_distance;
using nabla::base::nearest_name;

TEST_CASE("The nearest name is the one meant") {
  const std::vector<std::string> known{"sin", "sinh", "cos", "csc", "diff", "asin", "integrate", "print", "e"};
  CHECK(nearest_name("sine", known) == "sin");
  CHECK(nearest_name("sinn", known) == "sin");
  CHECK(nearest_name("Cos", known) == "cos");
  CHECK(nearest_name("csc2", known) == "csc");
  CHECK(nearest_name("deff", known) == "diff");
  CHECK(nearest_name("intergate", known) == "integrate");
  CHECK(nearest_name("flurb", known).empty());
  CHECK(nearest_name("q", known).empty());
}

TEST_CASE("Edits are counted, a swap as one") {
  CHECK(edit_distance("abc", "abc", 3) == 0);
  CHECK(edit_distance("abc", "acb", 3) == 1);
  CHECK(edit_distance("abc", "ab", 3) == 1);
  CHECK(edit_distance("abcdef", "ab", 2) == 3);
}
