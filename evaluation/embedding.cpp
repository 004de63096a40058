#include "evaluation/embedding.h"

#include <algorithm>

namespace ernsim::evaluation {

Embedding::Embedding(const std::vector<workloads::EmbeddingThresholds>& thresholds, int colours)
    : colours_(static_cast<std::size_t>(colours)),
      channels_(static_cast<int>(colours_ * thresholds.size())),
      blocks_(blocks_of(channels_)),
      table_(blocks_ * colours_ * values) {
  for (std::size_t channel = 0; channel < colours_ * thresholds.size(); ++channel) {
    const auto& passed = thresholds[channel % thresholds.size()];
    const std::size_t colour = channel / thresholds.size(), block = channel / block_channels;
    for (std::size_t value = 0; value < values; ++value) {
      const auto code = static_cast<std::uint64_t>(
          std::count_if(passed.begin(), passed.end(), [value](std::uint8_t threshold) { return value > threshold; }));
      Planes& planes = table_[(block * colours_ + colour) * values + value];
      for (std::size_t plane = 0; plane < 2; ++plane) planes[plane] |= (code >> plane & 1U) << channel % block_channels;
    }
  }
}

void Embedding::embed(const workloads::Image& image, CodeMap& codes) const {
  codes.resize(MapSize(workloads::Shape{channels_, image.height, image.width}));
  std::uint64_t* word = codes.planes.data();
  for (std::size_t block = 0; block < blocks_; ++block) {
    const Planes* of_block = &table_[block * colours_ * values];
    const std::uint8_t* pixel = image.bytes.data();
    for (std::size_t i = 0; i < codes.size.pixels(); ++i, pixel += pixel_bytes, word += 2) {
      Planes all{};
      for (std::size_t colour = 0; colour < colours_; ++colour) {
        const Planes& share = of_block[colour * values + pixel[colour]];
        for (std::size_t plane = 0; plane < 2; ++plane) all[plane] |= share[plane];
      }
      std::copy(all.begin(), all.end(), word);
    }
  }
}

}  // namespace ernsim::evaluation
