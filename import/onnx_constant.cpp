#include "import/onnx_constant.h"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <fstream>

#include "workloads/error.h"

namespace ernsim::workloads {

namespace {

using onnx::TensorProto;

template <class Numbers>
TensorProto floats(const Numbers& numbers) {
  TensorProto made;
  made.set_data_type(TensorProto::FLOAT);
  for (const float each : numbers) made.add_float_data(each);
  return made;
}

template <class Numbers>
TensorProto integers(const Numbers& numbers) {
  TensorProto made;
  made.set_data_type(TensorProto::INT64);
  for (const std::int64_t each : numbers) made.add_int64_data(each);
  return made;
}

TensorProto list(TensorProto made, int count) {
  made.add_dims(count);
  return made;
}

std::uint64_t number_of(const TensorProto& tensor, const std::string& key, std::uint64_t otherwise) {
  for (const auto& entry : tensor.external_data()) {
    if (entry.key() != key) continue;
    std::uint64_t number = 0;
    const char* const end = entry.value().data() + entry.value().size();
    const auto [stop, error] = std::from_chars(entry.value().data(), end, number);
    if (error != std::errc() || stop != end)
      throw WorkloadError(fmt::format("tensor '{}': {} '{}' of its data is no whole number below 2^64", tensor.name(),
                                      key, entry.value()));
    return number;
  }
  return otherwise;
}

/// Below the folder of the ONNX file, as the format asks.
std::filesystem::path place_of(const std::string& path, const TensorProto& tensor) {
  std::string location;
  for (const auto& entry : tensor.external_data())
    if (entry.key() == "location") location = entry.value();
  const std::filesystem::path relative(location);
  bool below = !location.empty() && relative.is_relative();
  for (const auto& part : relative) below = below && part != "..";
  if (!below)
    throw WorkloadError(
        fmt::format("tensor '{}': its data are in '{}', must be in a file below the folder", tensor.name(), location));
  return std::filesystem::path(path).parent_path() / relative;
}

}  // namespace

std::optional<TensorProto> constant_of(const onnx::NodeProto& node) {
  for (const auto& attribute : node.attribute()) {
    if (attribute.name() == "value" && attribute.has_t()) return attribute.t();
    if (attribute.name() == "value_float") return floats(std::initializer_list<float>{attribute.f()});
    if (attribute.name() == "value_int") return integers(std::initializer_list<std::int64_t>{attribute.i()});
    if (attribute.name() == "value_floats") return list(floats(attribute.floats()), attribute.floats_size());
    if (attribute.name() == "value_ints") return list(integers(attribute.ints()), attribute.ints_size());
  }
  return std::nullopt;
}

void load_external(const std::string& path, TensorProto& tensor) {
  const auto place = place_of(path, tensor);
  std::error_code error;
  if (!std::filesystem::is_regular_file(place, error))
    throw WorkloadError(
        fmt::format("tensor '{}': its data are in {}, which is no file", tensor.name(), place.string()));
  const std::uint64_t size = std::filesystem::file_size(place, error);
  const std::uint64_t offset = number_of(tensor, "offset", 0);
  const std::uint64_t length = number_of(tensor, "length", size - std::min(offset, size));
  std::ifstream file(place, std::ios::binary);
  if (!file || error || offset > size || length > size - offset)
    throw WorkloadError(fmt::format("tensor '{}': its {} bytes from {} on are not in {}", tensor.name(), length, offset,
                                    place.string()));
  std::string& bytes = *tensor.mutable_raw_data();
  bytes.resize(length);
  file.seekg(static_cast<std::streamoff>(offset));
  file.read(bytes.data(), static_cast<std::streamsize>(length));
  if (!file) throw WorkloadError(fmt::format("tensor '{}': {} cannot be read", tensor.name(), place.string()));
  tensor.clear_external_data();
  tensor.set_data_location(TensorProto::DEFAULT);
}

}  // namespace ernsim::workloads
