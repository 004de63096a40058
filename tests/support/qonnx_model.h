#pragma once

#include <map>
#include <string>
#include <vector>

#include "import/onnx_tensor.h"

namespace ernsim::test {

/// Writes files as exporters of quantized networks do, a node at a time. A node's output has its name.
class QonnxModel {
 public:
  /// An image [1,channels,height,width] or, `last`, [1,height,width,channels], called "image".
  QonnxModel(int channels, int height, int width, bool last = false);

  std::string tensor(const std::string& name, const std::vector<std::int64_t>& dims, const std::vector<float>& values);
  std::string number(float value);
  std::string integers(const std::vector<std::int64_t>& values);
  onnx::NodeProto& node(const std::string& type, const std::string& name, const std::vector<std::string>& inputs);

  /// Unsigned, `bits` 2; returns the output.
  std::string quant(const std::string& name, const std::string& input, float scale, float bits = 2);
  /// 1 is +scale.
  std::string bipolar(const std::string& name, const std::string& weights, const std::string& scale);
  std::string convolution(const std::string& name, const std::string& input, const std::string& weights, int kernel,
                          int stride);
  /// Ends with that tensor.
  onnx::ModelProto& finish(const std::string& output);

  onnx::ModelProto model;

 private:
  int numbers_ = 0;
};

void set_integers(onnx::NodeProto& node, const std::string& name, const std::vector<std::int64_t>& values);
void set_integer(onnx::NodeProto& node, const std::string& name, std::int64_t value);
void set_decimal(onnx::NodeProto& node, const std::string& name, float value);
void set_text(onnx::NodeProto& node, const std::string& name, const std::string& value);

/// A tensor of doubles, C order.
struct FloatTensor {
  std::vector<std::int64_t> dims;
  std::vector<double> values;
};

/// What every node of the file makes of an image, operation by operation as ONNX and QONNX define them, in double
/// precision; shares nothing with the importer.
std::map<std::string, FloatTensor> execute_float(const onnx::ModelProto& model, const FloatTensor& image);

}  // namespace ernsim::test
