#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "models/accelerator/dma/memory_sink.h"
#include "models/accelerator/pixel_embedding/pixel_embedding_config.h"
#include "models/accelerator/unit/observer.h"

namespace ernsim {

/// A code is the number of these that the 8-bit colour value is greater than. 255: never.
using EmbeddingThresholds = std::array<std::uint8_t, 3>;

/// Turns RGB bytes on their way into A into words of 2-bit codes: channel = colour * codes_per_colour + i.
/// Other loads of activations pass through unchanged.
class PixelEmbedding : public LoadSink {
 public:
  PixelEmbedding(const PixelEmbeddingConfig& config, int block_channels);

  void attach(MemoryView activations);
  /// One entry per code of a colour, at most 32; from registers when a frame starts.
  void set_thresholds(const std::vector<EmbeddingThresholds>& thresholds);
  void set_observer(Observer* observer) { observer_ = observer; }

  std::uint32_t step_bytes(const TransferOperands&) const override {
    return static_cast<std::uint32_t>(activations_.word_bytes);
  }
  /// Cycles to embed the burst's pixels, `pixels_per_cycle` at a time; plain loads take one per step.
  Cycle cycles(const LoadedBurst& loaded) const override;
  /// Every colour of a pixel is compared with three thresholds per code, and every block of codes is a word of A.
  Work work(const TransferOperands& operands) const override;
  void write(const LoadedBurst& loaded) override;
  /// A pixel's words are written in the step in which it is embedded.
  void list_writes(const LoadedBurst& loaded, std::vector<WordWrite>& writes) const override;
  const MemoryView& memory() const override { return activations_; }

 private:
  void embed(const Instruction& instruction, std::uint32_t run, std::uint32_t pixel);
  void report(const Instruction& instruction, std::uint32_t run) const;

  PixelEmbeddingConfig config_;
  int block_channels_;
  int blocks_ = 1;
  std::size_t codes_per_colour_ = 0;
  Observer* observer_ = nullptr;
  MemoryView activations_;
  MemorySink pass_through_;
  std::array<std::uint8_t, 3> colours_{};  ///< of a pixel that bursts cut in two
  std::uint32_t collected_ = 0;
  std::array<std::array<std::uint64_t, 2>, 256> table_{};  ///< [value]: codes_per_colour bits of plane 0 and of plane 1
};

}  // namespace ernsim
