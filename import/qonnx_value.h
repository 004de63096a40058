#pragma once

#include <string>

#include "import/onnx_file.h"
#include "import/qonnx_constant.h"
#include "import/qonnx_levels.h"

namespace ernsim::workloads {

enum class QonnxKind { image, codes, concatenated, sums, pooled_codes, pooled, shape };

/// What a tensor of the file is in the graph. Its value is gain x integer + shift, by channel; of codes the gain is the
/// same for all of them and the shift 0.
struct QonnxValue {
  QonnxKind kind = QonnxKind::shape;
  int node = -1;
  std::vector<Real> gain, shift;
  bool relu = false;   ///< 0 where that is negative
  bool scaled = true;  ///< of an image: what a colour value is worth is known
  Layout layout = Layout::nchw;
  int repetition = 1;           ///< of sums: how often each pixel is to be there
  std::vector<int> parts = {};  ///< of concatenated codes: the nodes whose channels follow each other

  std::size_t channels() const { return gain.size(); }
  /// Whose channels follow each other: the parts, or its node alone.
  std::vector<int> nodes() const { return parts.empty() ? std::vector<int>{node} : parts; }
};

/// The same for so many channels.
inline std::vector<Real> all(std::size_t channels, Real value) { return std::vector<Real>(channels, value); }

const char* name_of(QonnxKind kind);

/// Whether gain and shift of all channels are.
bool is_finite(const QonnxValue& value);

/// Reads constants of a file, its own and those that follow from them: quantized, transposed and scaled weights.
class QonnxConstants {
 public:
  explicit QonnxConstants(const OnnxFile& file) : file_(file) {}

  bool has(const std::string& name) const { return made_.count(name) != 0 || file_.is_constant(name); }
  Constant get(const onnx::NodeProto& node, int index) const;
  /// Of one element, finite.
  double number(const onnx::NodeProto& node, int index, const char* what) const;
  void set(const std::string& name, Constant constant) { made_[name] = std::move(constant); }

  /// Whether the node has constants only and this class can say what it makes; then set() was called for it.
  bool fold(const onnx::NodeProto& node);

 private:
  Constant quantized(const onnx::NodeProto& node) const;
  Constant rearranged(const onnx::NodeProto& node) const;
  Constant shaped(const onnx::NodeProto& node) const;
  Constant cast(const onnx::NodeProto& node) const;
  Constant calculated(const onnx::NodeProto& node) const;

  const OnnxFile& file_;
  std::map<std::string, Constant> made_;
};

/// Whether a Cast to that type leaves values as they are, up to the rounding of single precision.
bool is_real_type(std::int64_t type);
inline constexpr const char* real_types = "must be 1 or 11, float or double: other types round values away";

/// Attributes, or what they are when they are left out.
std::int64_t integer_of(const onnx::NodeProto& node, const char* name, std::int64_t otherwise);
double decimal_of(const onnx::NodeProto& node, const char* name, double otherwise);
std::string text_of(const onnx::NodeProto& node, const char* name, const std::string& otherwise);

}  // namespace ernsim::workloads
