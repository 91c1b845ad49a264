#include "calc/elaborate/operation_list.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "functions/index.h"

namespace nabla::calc {
namespace {

struct List {
  std::vector<const expr::Operation*> rows;
  std::unordered_map<std::string_view, const expr::Operation*> by_name;

  List() {
    for (const expr::OperationRows* file : operation_files()) {
      for (const expr::Operation& row : *file) rows.push_back(&row);
      functions::for_each_name(*file,
                               [&](std::string_view name, std::size_t i) { by_name.emplace(name, &(*file)[i]); });
    }
  }
};

const List& list() {
  static const List all;
  return all;
}

}  // namespace

std::span<const expr::Operation* const> operations() { return list().rows; }

const expr::Operation* find_operation(std::string_view name) {
  const auto found = list().by_name.find(name);
  return found == list().by_name.end() ? nullptr : found->second;
}

const expr::Operation& operation_of_primes() {
  return **std::ranges::find_if(list().rows, [](const expr::Operation* o) { return o->reads_primes; });
}

}  // namespace nabla::calc
