#pragma once

#include "evaluation/prepared_network.h"

namespace ernsim::evaluation {

/// What a picture gives: integers alone.
struct Outcome {
  std::vector<std::int64_t> class_sums;  ///< of a class's accumulators over all pixels
  std::vector<std::int64_t> overflows;   ///< [node]: sums that did not fit the accumulators and wrapped
};

Outcome& operator+=(Outcome& total, const Outcome& more);

/// Runs pictures, one at a time: values only, no time. One per thread; the network outlives it.
class Executor {
 public:
  explicit Executor(const PreparedNetwork& network);

  /// The picture has the network's input size.
  const Outcome& run(const workloads::Image& image);

  /// Of the last picture, for a network that keeps its maps: codes of an embedding or an activation, sums of an add.
  const CodeMap& codes(std::size_t node) const { return codes_[network_.node(node).map]; }
  const SumMap& sums(std::size_t node) const { return sums_[network_.node(node).map]; }

 private:
  void convolve(std::size_t n);
  void activate(std::size_t n);
  void add(std::size_t n);
  void read_codes(std::size_t n, const workloads::Image& image);
  void upsample(std::size_t n);
  void pool(std::size_t n);
  std::size_t input(std::size_t n, std::size_t which) const;
  MapSize size_of(std::size_t n) const { return MapSize(network_.graph().nodes[n].out); }

  const PreparedNetwork& network_;
  Convolver convolver_;
  std::vector<CodeMap> codes_;  ///< [map]
  std::vector<SumMap> sums_;
  Outcome outcome_;
};

}  // namespace ernsim::evaluation
