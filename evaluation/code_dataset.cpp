#include "evaluation/code_dataset.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>

#include "evaluation/labels.h"
#include "workloads/error.h"

namespace ernsim::evaluation {

namespace {

using workloads::Image;
using workloads::Shape;
using workloads::WorkloadError;

/// Planes one behind the other become channels of a pixel.
Image interleaved(const std::uint8_t* planes, const Shape& shape, const std::string& name) {
  Image image{shape.height, shape.width, {}, shape.channels};
  const auto channels = static_cast<std::size_t>(shape.channels);
  const auto pixels = static_cast<std::size_t>(shape.height) * static_cast<std::size_t>(shape.width);
  image.bytes.resize(channels * pixels);
  for (std::size_t c = 0; c < channels; ++c)
    for (std::size_t i = 0; i < pixels; ++i) {
      const std::uint8_t code = planes[c * pixels + i];
      if (code > 3) throw WorkloadError(fmt::format("{}: holds a code of {}; codes are 0 to 3", name, code));
      image.bytes[i * channels + c] = code;
    }
  return image;
}

bool has_shape(const Array& array, const Shape& shape) {
  const std::size_t first = array.shape.size() == 4 ? 1 : 0;
  const std::vector<std::size_t> wanted{static_cast<std::size_t>(shape.channels),
                                        static_cast<std::size_t>(shape.height), static_cast<std::size_t>(shape.width)};
  return array.type == "|u1" && array.shape.size() == first + 3 &&
         std::equal(wanted.begin(), wanted.end(), array.shape.begin() + static_cast<std::ptrdiff_t>(first));
}

std::string wanted_text(const char* first, const Shape& shape) {
  return fmt::format("codes must be one array, uint8 [{}{},{},{}]", first, shape.channels, shape.height, shape.width);
}

}  // namespace

CodeDataset::CodeDataset(const std::string& path, const std::string& labels, const Shape& shape) : shape_(shape) {
  const std::vector<Array> arrays = load_arrays(path);
  const auto is_codes = [&](const Array& array) { return array.shape.size() == 4 && has_shape(array, shape); };
  if (std::count_if(arrays.begin(), arrays.end(), is_codes) != 1)
    throw WorkloadError(fmt::format("{}: {}", path, wanted_text("N,", shape)));
  codes_ = *std::find_if(arrays.begin(), arrays.end(), is_codes);
  labels_ = labels_of(arrays, path, labels, codes_);
}

std::string CodeDataset::name(std::size_t index) const { return fmt::format("{}[{}]", codes_.name, index); }

Image CodeDataset::load(std::size_t index) const {
  return interleaved(codes_.bytes + index * (codes_.size() / codes_.shape[0]), shape_, name(index));
}

std::uint64_t CodeDataset::fingerprint() const {
  const auto hash = XXH3_64bits_withSeed(codes_.bytes, codes_.size(), codes_.shape[0]);
  return XXH3_64bits_withSeed(labels_.data(), labels_.size() * sizeof labels_[0], hash);
}

Image load_codes(const std::string& path, const Shape& shape) {
  const std::vector<Array> arrays = load_arrays(path);
  if (arrays.size() != 1 || arrays[0].shape.size() != 3 || !has_shape(arrays[0], shape))
    throw WorkloadError(fmt::format("{}: {}", path, wanted_text("", shape)));
  return interleaved(arrays[0].bytes, shape, path);
}

}  // namespace ernsim::evaluation
