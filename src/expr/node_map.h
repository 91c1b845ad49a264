// Values of nodes: a hash table by their ids, as large as what is in it, whatever the size of the graph.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "expr/graph.h"

namespace nabla::expr {

// Nothing is taken out again. References and pointers hold until the next value is put in.
template <class T>
class NodeMap {
 public:
  std::size_t size() const { return size_; }

  const T* find(Expr e) const {
    if (size_ == 0) return nullptr;
    const Slot& s = slots_[place(e)];
    return s.key == 0 ? nullptr : &s.value;
  }
  bool contains(Expr e) const { return find(e) != nullptr; }
  // e must be in it.
  const T& at(Expr e) const { return slots_[place(e)].value; }

  void put(Expr e, T value) { (*this)[e] = std::move(value); }
  // A new value is T{}.
  T& operator[](Expr e) {
    if (2 * (size_ + 1) > slots_.size()) grow();
    Slot& s = slots_[place(e)];
    if (s.key == 0) {
      s.key = e.id + 1;
      ++size_;
    }
    return s.value;
  }

 private:
  struct Slot {
    std::uint32_t key = 0;  // id + 1, 0 is free
    T value{};
  };

  // Of e, or the free slot where it would go.
  std::size_t place(Expr e) const {
    constexpr std::uint32_t kGoldenRatio = 0x9E3779B1;
    std::size_t i = ((e.id + 1) * kGoldenRatio) >> shift_;
    while (slots_[i].key != 0 && slots_[i].key != e.id + 1) i = (i + 1) & (slots_.size() - 1);
    return i;
  }

  void grow() {
    constexpr std::size_t kFirst = 16;
    std::vector<Slot> old(slots_.empty() ? kFirst : 2 * slots_.size());
    old.swap(slots_);
    shift_ = old.empty() ? 28 : shift_ - 1;
    for (Slot& s : old) {
      if (s.key != 0) slots_[place(Expr{s.key - 1})] = std::move(s);
    }
  }

  std::vector<Slot> slots_;
  std::size_t size_ = 0;
  int shift_ = 28;  // 32 less the logarithm of the number of slots
};

}  // namespace nabla::expr
