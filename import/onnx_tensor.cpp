#include "import/onnx_tensor.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstring>

#include "workloads/error.h"

namespace ernsim::workloads {

namespace {

template <class Element, class Field>
std::vector<double> read(const std::string& raw, const Field& field) {
  if (raw.empty()) return {field.begin(), field.end()};
  if (raw.size() % sizeof(Element) != 0) throw WorkloadError("a tensor's bytes are no whole number of elements");
  std::vector<Element> values(raw.size() / sizeof(Element));
  std::memcpy(values.data(), raw.data(), values.size() * sizeof(Element));
  return {values.begin(), values.end()};
}

std::vector<double> read(const onnx::TensorProto& tensor) {
  switch (tensor.data_type()) {
    case onnx::TensorProto::FLOAT:
      return read<float>(tensor.raw_data(), tensor.float_data());
    case onnx::TensorProto::DOUBLE:
      return read<double>(tensor.raw_data(), tensor.double_data());
    case onnx::TensorProto::INT32:
      return read<std::int32_t>(tensor.raw_data(), tensor.int32_data());
    case onnx::TensorProto::INT64:
      return read<std::int64_t>(tensor.raw_data(), tensor.int64_data());
    case onnx::TensorProto::BOOL:
      return read<std::uint8_t>(tensor.raw_data(), tensor.int32_data());
    default:
      break;
  }
  throw WorkloadError(fmt::format("tensor '{}' has element type {}; allowed are float, double, int32, int64 and bool",
                                  tensor.name(), tensor.data_type()));
}

}  // namespace

std::string shape_text(const onnx::TensorProto& tensor) { return fmt::format("[{}]", fmt::join(tensor.dims(), ",")); }

std::vector<double> elements(const onnx::TensorProto& tensor) {
  if (tensor.data_location() == onnx::TensorProto::EXTERNAL)
    throw WorkloadError(fmt::format("tensor '{}' keeps its data in another file; export it into one", tensor.name()));
  constexpr std::int64_t most = std::int64_t{1} << 31;
  std::int64_t expected = 1;
  for (const std::int64_t side : tensor.dims()) {
    if (side < 0 || side > most || expected * side > most)
      throw WorkloadError(fmt::format("tensor '{}' has the shape {}", tensor.name(), shape_text(tensor)));
    expected *= side;
  }
  std::vector<double> values = read(tensor);
  if (static_cast<std::int64_t>(values.size()) != expected)
    throw WorkloadError(fmt::format("tensor '{}' holds {} elements, its shape {} says {}", tensor.name(), values.size(),
                                    shape_text(tensor), expected));
  return values;
}

}  // namespace ernsim::workloads
