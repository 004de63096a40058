#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "import/onnx_file.h"
#include "import/onnx_tensor_names.h"
#include "import/onnx_value.h"
#include "workloads/onnx_import.h"

namespace ernsim::workloads {

/// A quantized weight: where its floats come from and which of the two quantizers it went through.
struct OnnxWeight {
  const onnx::NodeProto* quantizer = nullptr;
  bool power_of_two = false;
};

/// What has been read of a file: its values and weights by name, and the graph that is made of them.
class OnnxBuild {
 public:
  explicit OnnxBuild(const std::string& path);

  OnnxFile& file() { return file_; }
  ImportedNetwork& made() { return made_; }
  TensorNames& names() { return tensors_; }

  void set_image(const std::string& name) { values_[name] = {OnnxKind::image, -1}; }
  /// The image is codes, in so many channels.
  void set_codes(const std::string& name, int channels);
  /// What the node makes.
  void produce(const onnx::NodeProto& node, OnnxValue made);
  void produce(const onnx::NodeProto& node, OnnxKind kind, int graph_node) {
    produce(node, OnnxValue{kind, graph_node});
  }
  void produce(const onnx::NodeProto& node, OnnxWeight made) { weights_[node.output(0)] = made; }

  /// Learns from a quantizer of weights how its nodes' names of modules differ from the initializers'.
  void note_scope(const onnx::NodeProto& quantizer);
  /// What a node's module is called: after an initializer that is its own; after the node's name if other nodes share
  /// it, as where an exporter has merged equal ones.
  std::string module_name(const onnx::NodeProto& node, int initializer) const;

  /// The value of that name, which counts as used from now on.
  std::optional<OnnxValue> use(const std::string& name);
  /// The same for an input of a node. Refuses the node if no earlier one makes it, or it is none of the kinds allowed.
  OnnxValue value(const onnx::NodeProto& node, int index);
  OnnxValue value(const onnx::NodeProto& node, int index, std::initializer_list<OnnxKind> allowed);
  /// Null if that is no quantized weight.
  const OnnxWeight* weight(const std::string& name) const;
  /// Which node makes a value; null for the image.
  const onnx::NodeProto* maker_of(const std::string& name) const;
  /// Refuses a node whose value is never used.
  void require_all_used() const;

  Node& at(int index) { return made_.graph.nodes[static_cast<std::size_t>(index)]; }
  std::size_t channels_of(int index) { return static_cast<std::size_t>(at(index).out.channels); }
  /// Adds a node to the graph, made by `source`. Nodes that share an initializer share its name: the second is called
  /// name_2. Returns its index.
  int push(const onnx::NodeProto& source, NodeKind kind, const std::string& wanted, std::vector<int> inputs,
           int channels);
  /// Moves a node that no other reads behind a later one; those between move forward by one.
  void move_behind(int node, int later);

  /// The network, every node with its shape. Refuses one whose sizes do not fit, or whose sums count in what single
  /// precision cannot say.
  ImportedNetwork finished();

 private:
  void check_scales() const;

  OnnxFile file_;
  TensorNames tensors_;
  ImportedNetwork made_;
  std::map<std::string, OnnxValue> values_;
  std::map<std::string, OnnxWeight> weights_;
  std::map<std::string, const onnx::NodeProto*> makers_;  ///< [value]
  std::set<std::string> used_;
  std::set<std::string> names_;                  ///< of graph nodes
  std::map<std::string, std::string> scopes_;    ///< [as nodes name it]: as initializers do
  std::map<std::string, int> uses_;              ///< of the file's tensors, as inputs of nodes and as outputs
  std::vector<const onnx::NodeProto*> sources_;  ///< [graph node]
};

}  // namespace ernsim::workloads
