#pragma once

#include <set>

#include "import/qonnx_value.h"
#include "workloads/qonnx_import.h"

namespace ernsim::workloads {

/// The network that a file becomes: an integer node for each convolution, activation and sum.
class QonnxGraph {
 public:
  explicit QonnxGraph(const OnnxFile& file) : file_(file) {}

  /// [1,C,H,W] or [1,H,W,C], C 1 or 3, of colours; or [1,Ck,H,W] of the codes that a thermometer of k, named in
  /// `options`, makes of them; or [1,C,H,W] of codes that a quantizer reads.
  QonnxValue input(const onnx::ValueInfoProto& input, const QonnxOptions& options);
  /// `weights` [O,I,k,k], of one magnitude per output channel. Colours become codes of the thermometer in `options`.
  QonnxValue convolution(const onnx::NodeProto& node, const QonnxValue& in, const Constant& weights,
                         const QonnxOptions& options);
  /// Along channels, of codes that are worth the same.
  QonnxValue concatenated(const onnx::NodeProto& node, const std::vector<QonnxValue>& in) const;
  QonnxValue fully_connected(const onnx::NodeProto& node, const QonnxValue& in, const Constant& weights);
  /// Codes of sums, or of colours; `levels` by channel. A code is worth `scale`.
  QonnxValue activation(const onnx::NodeProto& node, const QonnxValue& in,
                        const std::vector<std::vector<Level>>& levels, Real scale);
  /// Of codes that are quantized once more: must leave them as they are.
  QonnxValue requantized(const onnx::NodeProto& node, const QonnxValue& in, const std::vector<Level>& levels,
                         Real scale);
  /// An 8-bit quantizer of the image: its integers are the colour values.
  QonnxValue eight_bits(const onnx::NodeProto& node, const QonnxValue& in, Real scale);
  /// Each pixel so often both ways. Of sums, what reads them decides whether sums or codes are repeated.
  QonnxValue upsampled(const onnx::NodeProto& node, QonnxValue value, int repetition);
  /// Height and width of a value.
  Shape map_of(const QonnxValue& value) const;
  QonnxValue sum(const onnx::NodeProto& node, const QonnxValue& a, const QonnxValue& b);
  QonnxValue scaled(const onnx::NodeProto& node, QonnxValue value, const std::vector<double>& by, bool divided);
  QonnxValue shifted(const onnx::NodeProto& node, QonnxValue value, const std::vector<double>& by, bool subtracted);
  QonnxValue pooled(const onnx::NodeProto& node, const QonnxValue& in);
  void check_whole_map(const onnx::NodeProto& node, const QonnxValue& in) const;
  void check_single_pixel(const onnx::NodeProto& node, const QonnxValue& in) const;

  /// Complete, with `output` as its logits.
  IntegerNetwork finished(const std::string& name, const QonnxValue& output);

 private:
  Node& at(int index) { return made_.graph.nodes[static_cast<std::size_t>(index)]; }
  const Node& at(int index) const { return made_.graph.nodes[static_cast<std::size_t>(index)]; }
  int push(const onnx::NodeProto* source, NodeKind kind, const std::string& wanted, std::vector<int> inputs,
           int channels, Node geometry = {});
  bool is_quantized(const std::string& input) const;
  QonnxValue code_input(int channels);
  int embed(const onnx::NodeProto* source, std::vector<EmbeddingThresholds> thresholds);
  QonnxValue embedded(const onnx::NodeProto& node, const QonnxValue& in, const std::vector<std::vector<Level>>& levels,
                      Real scale);
  QonnxValue through_thermometer(const onnx::NodeProto& node, const QonnxValue& image, const QonnxOptions& options);
  int upsampled_node(const onnx::NodeProto& node, int of, int repetition);
  QonnxValue convolved(const onnx::NodeProto& node, const std::string& name, const QonnxValue& in,
                       const Constant& weights, const Node& geometry);
  QonnxValue over_parts(const onnx::NodeProto& node, const QonnxValue& in, const Constant& weights,
                        const Node& geometry);
  std::vector<Real> magnitudes(const onnx::NodeProto& node, const Constant& weights) const;
  Node geometry_of(const onnx::NodeProto& node, const QonnxValue& in, const Constant& weights) const;
  void settle_scale(QonnxValue& image, bool divided, const std::vector<double>& by) const;
  void settle_roles();

  const OnnxFile& file_;
  IntegerNetwork made_;
  std::set<std::string> names_;
  std::vector<const onnx::NodeProto*> sources_;  ///< [node]
};

}  // namespace ernsim::workloads
