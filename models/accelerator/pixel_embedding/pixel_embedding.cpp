#include "models/accelerator/pixel_embedding/pixel_embedding.h"

#include <algorithm>
#include <cstring>

namespace ernsim {

PixelEmbedding::PixelEmbedding(const PixelEmbeddingConfig& config, int block_channels)
    : config_(config), block_channels_(block_channels) {}

void PixelEmbedding::attach(MemoryView activations) {
  activations_ = activations;
  pass_through_.attach(activations);
}

void PixelEmbedding::set_thresholds(const std::vector<EmbeddingThresholds>& thresholds) {
  codes_per_colour_ = thresholds.size();
  blocks_ = (3 * static_cast<int>(codes_per_colour_) + block_channels_ - 1) / block_channels_;
  for (std::size_t value = 0; value < table_.size(); ++value) {
    table_[value] = {};
    for (std::size_t i = 0; i < thresholds.size(); ++i) {
      const auto code = std::count_if(thresholds[i].begin(), thresholds[i].end(),
                                      [value](std::uint8_t threshold) { return value > threshold; });
      for (std::size_t plane = 0; plane < 2; ++plane)
        table_[value][plane] |= (static_cast<std::uint64_t>(code) >> plane & 1U) << i;
    }
  }
}

Cycle PixelEmbedding::cycles(const LoadedBurst& loaded) const {
  if (!loaded.operands().image) return loaded.beat_steps();
  const Cycle pixels = (loaded.burst.bytes + 2) / 3;
  return std::max<Cycle>(loaded.beat_steps(), (pixels + config_.pixels_per_cycle - 1) / config_.pixels_per_cycle);
}

Work PixelEmbedding::work(const TransferOperands& operands) const {
  if (!operands.image) return LoadSink::work(operands);
  const std::int64_t pixels = on_chip_bytes(operands) / 3;
  Work work;
  work.comparisons = pixels * 3 * static_cast<std::int64_t>(codes_per_colour_) * 3;
  work.write_bytes = pixels * blocks_ * block_channels_ / 4;
  return work;
}

void PixelEmbedding::write(const LoadedBurst& loaded) {
  if (!loaded.operands().image) {
    pass_through_.write(loaded);
    return;
  }
  const RunPosition& position = loaded.position;
  if (position.offset_bytes == 0) collected_ = 0;
  for (std::uint32_t i = 0; i < loaded.burst.bytes; ++i) {
    colours_[collected_++] = loaded.burst.data[i];
    if (collected_ < 3) continue;
    collected_ = 0;
    embed(loaded.instruction, position.run, (position.offset_bytes + i) / 3);
  }
  if (loaded.ends_run()) report(loaded.instruction, position.run);
}

void PixelEmbedding::list_writes(const LoadedBurst& loaded, std::vector<WordWrite>& writes) const {
  if (!loaded.operands().image) return pass_through_.list_writes(loaded, writes);
  const std::uint32_t pixels = loaded.operands().run_bytes / 3, first = loaded.position.offset_bytes / 3;
  for (std::uint32_t pixel = first; pixel < loaded.end_offset() / 3; ++pixel) {
    const Cycle turn = (pixel - first) / config_.pixels_per_cycle;
    const Cycle step = std::max<Cycle>(turn, loaded.step_of(3 * pixel + 2));
    for (std::uint32_t block = 0; block < static_cast<std::uint32_t>(blocks_); ++block)
      writes.push_back({step, loaded.first_word() + block * pixels + pixel});
  }
}

void PixelEmbedding::embed(const Instruction& instruction, std::uint32_t run, std::uint32_t pixel) {
  const TransferOperands& operands = instruction.transfer;
  const std::uint32_t pixels = operands.run_bytes / 3;
  const std::size_t first = operands.memory_address + std::size_t{run} * operands.memory_stride_words + pixel;
  const auto plane_bytes = static_cast<std::size_t>(block_channels_) / 8;
  const auto& [red, green, blue] = colours_;
  const std::size_t n = codes_per_colour_;
  for (std::size_t plane = 0; plane < 2; ++plane) {
    if (3 * n <= 64 && blocks_ == 1) {
      const std::uint64_t bits = table_[red][plane] | table_[green][plane] << n | table_[blue][plane] << 2 * n;
      std::memcpy(activations_.word(first) + plane * plane_bytes, &bits, plane_bytes);
      continue;
    }
    std::array<std::uint64_t, 5> bits{};  // up to 96 channels and a shift's overhang
    for (std::size_t colour = 0; colour < 3; ++colour) {
      const std::uint64_t codes = table_[colours_[colour]][plane];
      const std::size_t at = colour * n;
      bits[at / 64] |= codes << at % 64;
      if (at % 64 != 0) bits[at / 64 + 1] |= codes >> (64 - at % 64);
    }
    for (std::size_t block = 0; block < static_cast<std::size_t>(blocks_); ++block) {
      const auto* source = reinterpret_cast<const std::uint8_t*>(bits.data()) + block * plane_bytes;
      std::copy_n(source, plane_bytes, activations_.word(first + block * pixels) + plane * plane_bytes);
    }
  }
}

void PixelEmbedding::report(const Instruction& instruction, std::uint32_t run) const {
  if (observer_ == nullptr) return;
  const TransferOperands& operands = instruction.transfer;
  const std::size_t first = operands.memory_address + std::size_t{run} * operands.memory_stride_words;
  observer_->embedded(instruction.at.row + static_cast<int>(run), instruction.at.column,
                      static_cast<int>(operands.run_bytes / 3), blocks_, activations_.word(first));
}

}  // namespace ernsim
