#pragma once

#include <array>

#include "evaluation/maps.h"

namespace ernsim::evaluation {

/// Pixels to codes: channel = colour * codes per colour + i. A network of one colour reads the first.
class Embedding {
 public:
  explicit Embedding(const workloads::Graph& graph);

  /// `codes` gets the picture's size.
  void embed(const workloads::Image& image, CodeMap& codes) const;

 private:
  static constexpr std::size_t colours = 3, values = 256;
  using Planes = std::array<std::uint64_t, 2>;

  int channels_;
  std::size_t blocks_;
  std::vector<Planes> table_;  ///< [block][colour][value]: that colour's share of a pixel's word
};

}  // namespace ernsim::evaluation
