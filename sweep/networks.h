#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "workloads/graph.h"

namespace ernsim {

/// A network that a sweep takes from an ONNX file.
struct SweepNetworkFile {
  std::string path;  ///< as the sweep file names it, from the current folder
  std::string hash;  ///< XXH3 (128 bit) of its bytes
  workloads::Graph graph;
  std::vector<workloads::SignWeights> weights;  ///< [node]
};

/// The networks of a sweep: names of built-in ones and paths of ONNX files, which are read once.
class SweepNetworks {
 public:
  SweepNetworks() = default;
  /// Throws WorkloadError if a name is neither a built-in network nor a file that can be imported.
  explicit SweepNetworks(const std::vector<std::string>& names);

  /// The network with that stem and input size. Throws WorkloadError if it cannot have them.
  workloads::Graph graph(const std::string& name, const std::string& stem, int height, int width) const;
  /// Bits that accumulators and sums of that graph need so that none can overflow, whatever the picture: with the
  /// file's weights, or those that `ernsim run` draws for a built-in network.
  int accumulator_bits_needed(const std::string& name, const workloads::Graph& graph) const;
  /// Its own stem; that of a built-in network is "released" unless another is asked for.
  std::string stem(const std::string& name) const;
  /// Its own input size, "256x256" for a built-in network.
  std::string input_size(const std::string& name) const;
  /// A line "path hash" for every file.
  std::string text() const;

 private:
  const SweepNetworkFile* file(const std::string& name) const;

  std::vector<std::shared_ptr<const SweepNetworkFile>> files_;
};

/// "256x224": height and width.
std::pair<int, int> sides_of(const std::string& input_size);

}  // namespace ernsim
