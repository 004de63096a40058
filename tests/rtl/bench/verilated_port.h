#pragma once

#include <cstring>
#include <initializer_list>

#include "tests/rtl/bench/memories.h"

namespace ernsim::rtl {

/// Verilator keeps a port of any width as little-endian words without gaps.
template <class Port>
void set(Port& port, const void* bytes, std::size_t count, std::size_t offset = 0) {
  std::memcpy(reinterpret_cast<std::uint8_t*>(&port) + offset, bytes, count);
}

template <class Port>
Bytes get(const Port& port, std::size_t count, std::size_t offset = 0) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(&port) + offset;
  return Bytes(bytes, bytes + count);
}

template <class Port>
std::uint16_t get_16(const Port& port, std::size_t index) {
  std::uint16_t value = 0;
  std::memcpy(&value, reinterpret_cast<const std::uint8_t*>(&port) + 2 * index, sizeof value);
  return value;
}

/// Eleven bits from bit 11 * index on.
template <class Port>
std::uint16_t get_count(const Port& port, std::size_t index) {
  std::uint32_t value = 0;
  const std::size_t bit = 11 * index, byte = bit / 8;
  std::memcpy(&value, reinterpret_cast<const std::uint8_t*>(&port) + byte,
              std::min<std::size_t>(4, sizeof port - byte));
  return static_cast<std::uint16_t>(value >> bit % 8 & 0x7FF);
}

template <class Port>
void set_count(Port& port, std::size_t index, std::uint16_t count) {
  for (std::size_t i = 0; i < 11; ++i) {
    const std::size_t bit = 11 * index + i;
    auto& byte = reinterpret_cast<std::uint8_t*>(&port)[bit / 8];
    byte = static_cast<std::uint8_t>((byte & ~(1U << bit % 8)) | ((count >> i & 1U) << bit % 8));
  }
}

template <class Count, class Data>
void set_pushes(Count& count, Data& data, const std::vector<EncodedInstruction>& pushes) {
  count = static_cast<Count>(pushes.size());
  for (std::size_t i = 0; i < pushes.size(); ++i) set(data, pushes[i].data(), instruction_bytes, i * instruction_bytes);
}

/// One to three cycles of reset, with up to four instructions pushed in each of them, in vain.
template <class Model, class Count>
void reset(Model& model, std::initializer_list<Count*> push_counts, std::uint32_t seed) {
  model.reset = 1;
  for (Count* count : push_counts) *count = static_cast<Count>(seed / 3 % 5);
  for (std::uint32_t i = 0; i < 2 * (1 + seed % 3); ++i) {
    model.clock = static_cast<std::uint8_t>(i % 2);
    model.eval();
  }
  for (Count* count : push_counts) *count = 0;
  model.reset = 0;
}

}  // namespace ernsim::rtl
