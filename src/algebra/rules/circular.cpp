#include "algebra/rules/circular.h"

#include <algorithm>
#include <vector>

#include "functions/table.h"

namespace nabla::algebra {

const expr::Function& circular_function(int sine, int cosine, bool hyperbolic) {
  static const std::vector<const expr::Function*> all = [] {
    std::vector<const expr::Function*> found;
    for (const expr::Function& f : functions::table()) {
      if (find_circular(f) != nullptr) found.push_back(&f);
    }
    return found;
  }();
  return **std::ranges::find_if(all, [&](const expr::Function* f) {
    const Circular& c = f->circular;
    return c.sine == sine && c.cosine == cosine && c.hyperbolic == hyperbolic;
  });
}

}  // namespace nabla::algebra
