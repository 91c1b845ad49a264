#include "base/small_vector.h"

#include <memory>
#include <numeric>
#include <vector>

namespace nabla::base {
namespace {

TEST_CASE("A small vector holds what was put in, in place and on the heap") {
  for (const int count : {0, 1, 3, 4, 5, 9, 1000}) {
    SmallVector<int, 4> v;
    for (int i = 0; i < count; ++i) v.push_back(i);
    REQUIRE(v.size() == static_cast<std::size_t>(count));
    CHECK(v.empty() == (count == 0));
    std::vector<int> expected(v.size());
    std::iota(expected.begin(), expected.end(), 0);
    CHECK(std::vector<int>(v.begin(), v.end()) == expected);
    if (count > 0) {
      v.pop_back();
      CHECK(v.size() == expected.size() - 1);
    }
    v.clear();
    CHECK(v.empty());
  }
}

TEST_CASE("A small vector moves, copies and destroys its elements") {
  const auto counted = std::make_shared<int>(1);
  {
    SmallVector<std::shared_ptr<int>, 2> v;
    for (int i = 0; i < 10; ++i) v.push_back(counted);
    CHECK(counted.use_count() == 11);
    const std::vector<std::shared_ptr<int>> more(5, counted);
    v.append(more);
    CHECK(counted.use_count() == 21);
    v.pop_back();
    CHECK(counted.use_count() == 20);
    CHECK(v.back() == counted);
  }
  CHECK(counted.use_count() == 1);
}

}  // namespace
}  // namespace nabla::base
