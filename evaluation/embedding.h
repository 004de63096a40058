#pragma once

#include <array>

#include "evaluation/maps.h"

namespace ernsim::evaluation {

/// Pixels to codes: channel = colour * codes per colour + i. With one colour it is red's value that counts.
class Embedding {
 public:
  /// `colours`: 1 or 3.
  Embedding(const std::vector<workloads::EmbeddingThresholds>& thresholds, int colours);

  /// `codes` gets the picture's size.
  void embed(const workloads::Image& image, CodeMap& codes) const;

 private:
  static constexpr std::size_t values = 256, pixel_bytes = 3;
  using Planes = std::array<std::uint64_t, 2>;

  std::size_t colours_;
  int channels_;
  std::size_t blocks_;
  std::vector<Planes> table_;  ///< [block][colour][value]: that colour's share of a pixel's word
};

}  // namespace ernsim::evaluation
