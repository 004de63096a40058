#pragma once

#include <memory>

#include "evaluation/convolution.h"
#include "evaluation/embedding.h"
#include "evaluation/levels.h"
#include "workloads/graph.h"

namespace ernsim::evaluation {

/// What a node of the graph needs besides its inputs.
struct PreparedNode {
  std::unique_ptr<PackedConvolution> convolution;
  std::unique_ptr<ActivationLevels> levels;
  int activated_as = -1;  ///< of a convolution: the activation that alone reads it, whose codes are made at once
  bool may_wrap = false;  ///< a sum that does not fit is possible
  std::size_t map = 0;    ///< number of the buffer, among those of its kind, that holds its result
};

/// A network as the executor runs it, at the network's input size. Shared by all threads.
class PreparedNetwork {
 public:
  /// Sums wrap to `accumulator_bits`, 8 to 16. `keep_maps`: every node has a buffer of its own. Throws WorkloadError
  /// for a graph that the executor does not know how to run.
  PreparedNetwork(const workloads::IntegerNetwork& network, int accumulator_bits, bool keep_maps);

  const workloads::Graph& graph() const { return graph_; }
  const PreparedNode& node(std::size_t index) const { return nodes_[index]; }
  const Embedding& embedding() const { return embedding_; }
  int accumulator_bits() const { return bits_; }
  std::size_t maps() const { return maps_; }
  std::size_t classes() const { return logit_scale_.size(); }
  /// logit = scale x sum of the class's accumulators over all pixels, and pictures, / their number.
  const std::vector<double>& logit_scale() const { return logit_scale_; }
  /// Pixels that a class's accumulators are averaged over.
  std::size_t pooled_pixels() const { return pooled_pixels_; }

 private:
  void check_kinds() const;
  void fuse();
  void assign_maps(bool keep_maps);
  std::vector<std::size_t> last_uses() const;

  workloads::Graph graph_;
  Embedding embedding_;
  int bits_;
  std::vector<double> logit_scale_;
  std::vector<PreparedNode> nodes_;
  std::size_t maps_ = 0;
  std::size_t pooled_pixels_ = 1;
};

}  // namespace ernsim::evaluation
