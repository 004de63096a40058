#pragma once

#include <cstddef>
#include <cstdint>

namespace ernsim {

/// Direct access to the words of an on-chip memory.
struct MemoryView {
  std::uint8_t* bytes = nullptr;
  std::size_t word_bytes = 0;
  std::size_t words = 0;  ///< 0 if not known

  std::uint8_t* word(std::size_t address) const { return bytes + address * word_bytes; }
};

}  // namespace ernsim
