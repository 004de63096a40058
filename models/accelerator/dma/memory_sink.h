#pragma once

#include <algorithm>
#include <cstring>

#include "models/accelerator/dma/load_sink.h"

namespace ernsim {

/// The words that a burst completes when every `word_bytes` bytes of a run make one: each is written with the beat that
/// brings its last byte. A run that ends inside a word writes the bytes that came; the word's others stay.
inline void list_words(const LoadedBurst& loaded, std::uint32_t word_bytes, std::vector<WordWrite>& writes) {
  const std::uint32_t run_bytes = loaded.operands().run_bytes;
  for (std::uint32_t word = loaded.position.offset_bytes / word_bytes;; ++word) {
    const std::uint32_t end = std::min((word + 1) * word_bytes, run_bytes);
    if (end > loaded.end_offset() || word * word_bytes >= run_bytes) return;
    writes.push_back({loaded.step_of(end - 1), loaded.first_word() + word});
  }
}

/// Writes bytes as they come to an on-chip memory, a word's bytes a cycle or, if that is more, a beat's.
class MemorySink : public LoadSink {
 public:
  void attach(MemoryView memory) { memory_ = memory; }

  std::uint32_t step_bytes(const TransferOperands&) const override {
    return static_cast<std::uint32_t>(memory_.word_bytes);
  }
  Cycle cycles(const LoadedBurst& loaded) const override { return loaded.beat_steps(); }
  void write(const LoadedBurst& loaded) override {
    std::memcpy(memory_.word(loaded.first_word()) + loaded.position.offset_bytes, loaded.burst.data,
                loaded.burst.bytes);
  }
  void list_writes(const LoadedBurst& loaded, std::vector<WordWrite>& writes) const override {
    list_words(loaded, static_cast<std::uint32_t>(memory_.word_bytes), writes);
  }
  const MemoryView& memory() const override { return memory_; }

 private:
  MemoryView memory_;
};

}  // namespace ernsim
