#include "functions/vector_routine.h"

#include <dlfcn.h>

#include <array>
#include <atomic>
#include <cmath>
#include <string>
#include <unordered_map>

#include "functions/table.h"

namespace nabla::functions {
namespace {

std::string symbol(const char* routine, const char* accuracy, Isa isa) {
  const std::string name = std::string("Sleef_") + routine;
  switch (isa) {
    case Isa::baseline: return name + "d2_" + accuracy;
    case Isa::avx2: return name + "d4_" + accuracy + "avx2";
    case Isa::avx512: return name + "d8_" + accuracy + "avx512f";
  }
  return name;
}

void* find_symbol(const std::string& name) {
  static void* const library = dlopen("libsleef.so.3", RTLD_LAZY | RTLD_LOCAL);
  return library == nullptr ? nullptr : dlsym(library, name.c_str());
}

// Of each set of instructions what was found so far.
using Addresses = std::array<std::atomic<void*>, 3>;

Addresses& addresses_of(const number::VectorForm& f) {
  static std::unordered_map<const number::VectorForm*, Addresses> all = [] {
    std::unordered_map<const number::VectorForm*, Addresses> made;
    made[&power_routine];
    for (const expr::Function& row : table()) made[&row.forms.vector];
    return made;
  }();
  return all.at(&f);
}

}  // namespace

const number::VectorForm power_routine{"pow", "u10", 1, number::Slope::power, nullptr, std::pow};

void* vector_routine(const number::VectorForm& f, Isa isa) {
  std::atomic<void*>& known = addresses_of(f)[static_cast<std::size_t>(isa)];
  if (known.load(std::memory_order_relaxed) == nullptr) known = find_symbol(symbol(f.routine, f.accuracy, isa));
  return known;
}

void* sine_and_cosine_routine(Isa isa) { return find_symbol(symbol("sincos", "u10", isa)); }

}  // namespace nabla::functions
