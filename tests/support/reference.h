#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "tests/support/npz.h"
#include "workloads/graph.h"
#include "workloads/parameters.h"

namespace ernsim::test {

/// The folder of golden data of the official implementation: $ERNSIM_REFERENCE, or ../shared/reference beside the
/// sources. Empty, and said as 'skipped:', if it is not there.
std::optional<std::string> reference_folder();

/// One golden file with the graph's key of each node ("013.backbone.layer1.0.add").
struct Golden {
  std::map<std::string, NpyArray> arrays;
  std::map<std::string, std::string> keys;  ///< node name -> key

  workloads::Image image() const;
  /// Array `<key>.<what>` of a node, null if the file has none.
  const NpyArray* find(const std::string& node, const std::string& what) const;
};

/// `part`: golden0, golden1, golden_64x64, golden_64x96 or params.
Golden read_golden(const std::string& folder, const std::string& network, const std::string& part);

/// Parameters from arrays that `find(node, what)` gives, null for one that is not there: weight_bits, weight_magnitude
/// (of convolutions that have a scale) and bn_gamma, bn_beta, bn_mean, bn_var.
workloads::Parameters parameters_of(const workloads::Graph& graph,
                                    const std::function<const NpyArray*(const std::string&, const std::string&)>& find);

/// The parameters of `network`'s params file for its graph.
workloads::Parameters read_parameters(const std::string& folder, const workloads::Graph& graph);

}  // namespace ernsim::test
