#include "number/memory.h"

#include <flint/flint.h>
#include <gmp.h>

#include <cstdlib>
#include <new>

namespace nabla::number {

namespace {

void* checked(void* memory) {
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

void* take(std::size_t bytes) { return checked(std::malloc(bytes > 0 ? bytes : 1)); }
void* take_zeros(std::size_t count, std::size_t bytes) { return checked(std::calloc(count > 0 ? count : 1, bytes)); }
void* take_again(void* memory, std::size_t bytes) { return checked(std::realloc(memory, bytes > 0 ? bytes : 1)); }
void* take_again_sized(void* memory, std::size_t, std::size_t bytes) { return take_again(memory, bytes); }
void give_back(void* memory) { std::free(memory); }
void give_back_sized(void* memory, std::size_t) { std::free(memory); }

}  // namespace

void throw_when_memory_ends() {
  mp_set_memory_functions(take, take_again_sized, give_back_sized);
  __flint_set_memory_functions(take, take_zeros, take_again, give_back);
}

}  // namespace nabla::number
