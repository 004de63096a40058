#pragma once

#include <cstdint>

namespace ernsim {

/// Bytes of a memory, 0 at first. Only what is touched takes room of the machine.
class ByteStore {
 public:
  /// Throws std::bad_alloc if there are not as many addresses.
  explicit ByteStore(std::uint64_t size);
  ByteStore(const ByteStore&) = delete;
  ByteStore& operator=(const ByteStore&) = delete;
  ~ByteStore();

  std::uint8_t* data() { return bytes_; }
  std::uint64_t size() const { return size_; }

 private:
  std::uint64_t size_;
  std::uint64_t reserved_;
  std::uint8_t* reserve_;
  std::uint8_t* bytes_;
};

}  // namespace ernsim
