#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "workloads/graph.h"
#include "workloads/network_plan.h"

namespace ernsim {

/// The stem that each network has.
inline constexpr const char* own_stem = "own";

/// A network that a sweep takes from an ONNX file.
struct SweepNetworkFile {
  std::string path;  ///< as the sweep file names it, from the current folder
  std::string hash;  ///< XXH3 (128 bit) of its bytes
  workloads::Graph graph;
  std::vector<workloads::SignWeights> weights;  ///< [node]
  std::string open_thermometer = {};            ///< why the file needs one, empty if it does not; graph is at any
  bool qonnx = false;                           ///< of QONNX, not of the official library
};

/// A built-in network, or one that a sweep takes from a file that describes it.
struct SweepNetworkPlan {
  std::string name;  ///< as the sweep file names it
  std::string hash;  ///< XXH3 (128 bit) of the file's bytes and of its weights'; empty for a built-in network
  workloads::NetworkPlan plan;
};

/// The networks of a sweep: names of built-in ones and paths of files, which are read once.
class SweepNetworks {
 public:
  SweepNetworks() = default;
  /// `thermometer`: of all of them. Throws WorkloadError if a name is neither a built-in network nor a file that can be
  /// read, or if a file has another thermometer.
  explicit SweepNetworks(const std::vector<std::string>& names, std::optional<int> thermometer = {});

  /// The network with that stem and input size, and what `settings` change ("network.stage2.width=96"). Throws
  /// WorkloadError or ConfigError if it cannot have them.
  workloads::Graph graph(const std::string& name, const std::string& stem, int height, int width,
                         const std::vector<std::string>& settings = {}) const;
  /// Throws ConfigError unless every network may have that setting.
  void check(const workloads::NetworkSetting& setting) const;
  /// Bits that accumulators and sums of that graph need so that none can overflow, whatever the picture: with the
  /// file's weights, or those that `ernsim run` draws for a network without.
  int accumulator_bits_needed(const std::string& name, const workloads::Graph& graph) const;
  /// Whether a network brings its weights: one whose weights are drawn scores what chance does.
  bool has_weights(const std::string& name) const;
  /// Such a network with its weights and thresholds.
  workloads::IntegerNetwork trained(const std::string& name, int height, int width) const;
  /// Its own stem.
  std::string stem(const std::string& name) const;
  /// Its own input size.
  std::string input_size(const std::string& name) const;
  /// A line "path hash" for every file.
  std::string text() const;

 private:
  const SweepNetworkFile* file(const std::string& name) const;
  const SweepNetworkPlan& plan(const std::string& name) const;

  std::vector<std::shared_ptr<const SweepNetworkFile>> files_;
  std::vector<SweepNetworkPlan> plans_;
  std::optional<int> thermometer_;
};

/// "256x224": height and width.
std::pair<int, int> sides_of(const std::string& input_size);

}  // namespace ernsim
