#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

#include "models/accelerator/memory/memory_view.h"
#include "tests/rtl/bench/shape.h"

namespace ernsim::rtl {

using Bytes = std::vector<std::uint8_t>;

/// One on-chip memory as plain bytes.
struct Memory {
  std::size_t word_bytes = 0;
  Bytes bytes;

  MemoryView view() { return {bytes.data(), word_bytes}; }
  std::size_t words() const { return bytes.size() / word_bytes; }
  const std::uint8_t* word(std::size_t address) const { return bytes.data() + address % words() * word_bytes; }
  std::uint8_t* word(std::size_t address) { return bytes.data() + address % words() * word_bytes; }
  void write(std::size_t address, const Bytes& word_data) { std::memcpy(word(address), word_data.data(), word_bytes); }
};

/// The memories around the two units: activations, weights, thresholds, accumulators, residuals, results. Each ends
/// with the last word that the case uses.
struct Memories {
  Memory a, w, q, f, r, s;

  Memories() = default;
  explicit Memories(const Shape& shape) {
    const auto channels = static_cast<std::size_t>(shape.channels);
    const auto make = [](Memory& memory, std::size_t word_bytes, const Region& region) {
      memory = {word_bytes, Bytes(word_bytes * static_cast<std::size_t>(region.end()))};
    };
    make(a, channels / 4, shape.a);
    make(w, channels * static_cast<std::size_t>(shape.lanes) / 8, shape.w);
    make(q, channels * 8, shape.q);
    make(f, channels * 2, shape.f);
    make(r, channels * 2, shape.r);
    make(s, channels * 2, shape.s);
  }
};

}  // namespace ernsim::rtl
