#include "evaluation/array_dataset.h"

#include <fmt/format.h>
#include <xxhash.h>

#include "evaluation/labels.h"

namespace ernsim::evaluation {

namespace {

constexpr std::size_t longest_side = 65535;

bool are_images(const Array& array) {
  const auto& shape = array.shape;
  return array.type == "|u1" && (shape.size() == 3 || (shape.size() == 4 && (shape[3] == 1 || shape[3] == 3))) &&
         shape[1] > 0 && shape[1] <= longest_side && shape[2] > 0 && shape[2] <= longest_side;
}

}  // namespace

ArrayDataset::ArrayDataset(const std::string& path, const std::string& labels) {
  const std::vector<Array> arrays = load_arrays(path);
  images_ = only(arrays, are_images, "pictures", "uint8 [N,H,W,1 or 3] or [N,H,W]");
  labels_ = labels_of(arrays, path, labels, images_);
}

std::string ArrayDataset::name(std::size_t index) const { return fmt::format("{}[{}]", images_.name, index); }

/// A grey picture has its value in all three colours.
workloads::Image ArrayDataset::load(std::size_t index) const {
  workloads::Image image{static_cast<int>(images_.shape[1]), static_cast<int>(images_.shape[2]), {}};
  const std::uint8_t* first = images_.bytes + index * pixels() * channels();
  if (channels() == 3) {
    image.bytes.assign(first, first + pixels() * 3);
    return image;
  }
  for (std::size_t i = 0; i < pixels(); ++i) image.bytes.insert(image.bytes.end(), 3, first[i]);
  return image;
}

std::uint64_t ArrayDataset::fingerprint() const {
  const auto& shape = images_.shape;
  auto hash = XXH3_64bits(shape.data(), shape.size() * sizeof shape[0]);
  hash = XXH3_64bits_withSeed(images_.bytes, images_.size(), hash);
  return XXH3_64bits_withSeed(labels_.data(), labels_.size() * sizeof labels_[0], hash);
}

}  // namespace ernsim::evaluation
