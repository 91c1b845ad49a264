// A vector that needs no allocation while it is short.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <utility>

namespace nabla::base {

// Holds up to kFew elements in place, more on the heap. T moves without throwing.
template <class T, std::size_t kFew>
class SmallVector {
 public:
  SmallVector() = default;
  SmallVector(const SmallVector&) = delete;
  SmallVector& operator=(const SmallVector&) = delete;
  ~SmallVector() {
    clear();
    if (!in_place()) std::allocator<T>().deallocate(data_, capacity_);
  }

  void push_back(T value) {
    if (size_ == capacity_) grow();
    std::construct_at(data_ + size_, std::move(value));
    ++size_;
  }
  void append(std::span<const T> more) {
    for (const T& value : more) push_back(value);
  }
  void pop_back() { std::destroy_at(data_ + --size_); }
  void clear() {
    std::destroy_n(data_, size_);
    size_ = 0;
  }

  T* begin() { return data_; }
  T* end() { return data_ + size_; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }
  T& operator[](std::size_t i) { return data_[i]; }
  const T& operator[](std::size_t i) const { return data_[i]; }
  T& back() { return data_[size_ - 1]; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

 private:
  bool in_place() const { return data_ == place(); }
  T* place() const { return reinterpret_cast<T*>(const_cast<std::byte*>(place_)); }

  void grow() {
    T* const bigger = std::allocator<T>().allocate(2 * capacity_);
    std::uninitialized_move_n(data_, size_, bigger);
    std::destroy_n(data_, size_);
    if (!in_place()) std::allocator<T>().deallocate(data_, capacity_);
    data_ = bigger;
    capacity_ *= 2;
  }

  alignas(T) std::byte place_[kFew * sizeof(T)];
  T* data_ = place();
  std::size_t size_ = 0;
  std::size_t capacity_ = kFew;
};

}  // namespace nabla::base
