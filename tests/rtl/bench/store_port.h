#pragma once

#include "tests/rtl/bench/memories.h"

namespace ernsim::rtl {

/// One of the store engine's ports, read at random while the units work. A word that was read stays there until the
/// next read; a word that is written in the cycle of the read is not seen yet.
class StorePort {
 public:
  void begin(const Memory& contents) {
    memory_ = contents;
    expected_.clear();
  }
  /// In a cycle, first what is there, then the read, then the write.
  template <class Port>
  bool shows(const Port& port) const {
    return expected_.empty() || std::memcmp(&port, expected_.data(), expected_.size()) == 0;
  }
  void read(std::size_t address) {
    expected_.assign(memory_.word(address), memory_.word(address) + memory_.word_bytes);
  }
  template <class Port>
  void write(std::size_t address, const Port& port) {
    std::memcpy(memory_.word(address), &port, memory_.word_bytes);
  }

 private:
  Memory memory_;
  Bytes expected_;
};

}  // namespace ernsim::rtl
