#include "evaluation/embedding.h"

#include <algorithm>

namespace ernsim::evaluation {

Embedding::Embedding(const workloads::Graph& graph)
    : channels_(graph.colours * static_cast<int>(graph.embedding.size())),
      blocks_(blocks_of(channels_)),
      table_(blocks_ * colours * values) {
  const auto& thresholds = graph.embedding;
  for (std::size_t channel = 0; channel < static_cast<std::size_t>(channels_); ++channel) {
    const auto& passed = thresholds[channel % thresholds.size()];
    const std::size_t colour = channel / thresholds.size(), block = channel / block_channels;
    for (std::size_t value = 0; value < values; ++value) {
      const auto code = static_cast<std::uint64_t>(
          std::count_if(passed.begin(), passed.end(), [value](std::uint8_t threshold) { return value > threshold; }));
      Planes& planes = table_[(block * colours + colour) * values + value];
      for (std::size_t plane = 0; plane < 2; ++plane) planes[plane] |= (code >> plane & 1U) << channel % block_channels;
    }
  }
}

void Embedding::embed(const workloads::Image& image, CodeMap& codes) const {
  codes.resize(MapSize(workloads::Shape{channels_, image.height, image.width}));
  std::uint64_t* word = codes.planes.data();
  for (std::size_t block = 0; block < blocks_; ++block) {
    const Planes* red = &table_[block * colours * values];
    const Planes *green = red + values, *blue = green + values;
    const std::uint8_t* pixel = image.bytes.data();
    for (std::size_t i = 0; i < codes.size.pixels(); ++i, pixel += colours, word += 2)
      for (std::size_t plane = 0; plane < 2; ++plane)
        word[plane] = red[pixel[0]][plane] | green[pixel[1]][plane] | blue[pixel[2]][plane];
  }
}

}  // namespace ernsim::evaluation
