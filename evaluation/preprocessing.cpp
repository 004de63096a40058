#include "evaluation/preprocessing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <new>

#include "config/option_text.h"
#include "evaluation/resample.h"
#include "workloads/error.h"

namespace ernsim::evaluation {

using workloads::Image;

namespace {

constexpr std::size_t colours = 3;
constexpr int longest_side = 65535;

std::string size_text(const Size& size) {
  return size.width == 0 ? fmt::format("{}", size.height) : fmt::format("{}x{}", size.height, size.width);
}

/// The shorter side gets the length; the longer one keeps the ratio, rounded down.
Size resized(const Image& image, const Size& wanted, const std::string& name) {
  if (wanted.width != 0) return wanted;
  const auto [shorter, longer] = std::minmax(image.width, image.height);
  const std::int64_t side = std::int64_t{wanted.height} * longer / shorter;
  if (side > longest_side)
    throw workloads::WorkloadError(fmt::format("{}: {}x{} would have a side of {} after --resize {}, above {}", name,
                                               image.height, image.width, side, wanted.height, longest_side));
  if (image.width <= image.height) return {static_cast<int>(side), wanted.height};
  return {wanted.height, static_cast<int>(side)};
}

Image resampled_in_memory(const Image& image, const Size& size, const std::string& filter,
                          const std::string& name) try {
  return resampled(image, size.height, size.width, filter);
} catch (const std::bad_alloc&) {
  throw workloads::WorkloadError(
      fmt::format("{}: there is no memory for {}x{}, which --resize asks for", name, size.height, size.width));
}

Image cut(const Image& image, int top, int left, const Size& size) {
  Image made{size.height, size.width, {}};
  const auto width = static_cast<std::size_t>(image.width) * colours,
             run = static_cast<std::size_t>(size.width) * colours;
  for (int y = 0; y < size.height; ++y) {
    const auto* row =
        image.bytes.data() + static_cast<std::size_t>(top + y) * width + static_cast<std::size_t>(left) * colours;
    made.bytes.insert(made.bytes.end(), row, row + run);
  }
  return made;
}

/// Half of what is left over; a half pixel goes to the even side, as Python rounds.
int middle(int outer, int inner) { return static_cast<int>(std::nearbyint((outer - inner) / 2.0)); }

Image centre(const Image& image, const Size& size) {
  return cut(image, middle(image.height, size.height), middle(image.width, size.width), size);
}

Image mirrored(Image image) {
  for (std::size_t row = 0; row < image.bytes.size(); row += static_cast<std::size_t>(image.width) * colours)
    for (std::size_t a = 0, b = static_cast<std::size_t>(image.width) - 1; a < b; ++a, --b)
      std::swap_ranges(&image.bytes[row + a * colours], &image.bytes[row + a * colours] + colours,
                       &image.bytes[row + b * colours]);
  return image;
}

/// Corners from the top left, row by row, then the middle.
void add_five(const Image& image, const Size& size, std::vector<Image>& views) {
  const int bottom = image.height - size.height, right = image.width - size.width;
  for (const int top : {0, bottom})
    for (const int left : {0, right}) views.push_back(cut(image, top, left, size));
  views.push_back(centre(image, size));
}

}  // namespace

Size parse_size(const std::string& option, const std::string& text) {
  if (text.find('x') == std::string::npos) return {static_cast<int>(parse_integer(option, text, 1, longest_side)), 0};
  const auto [height, width] = parse_sides(option, text, longest_side);
  return {height, width};
}

std::string Preprocessing::text(int height, int width) const {
  std::string made = resize ? fmt::format("resize {} {}, ", size_text(*resize), filter) : "";
  const std::string size = crop ? size_text(*crop) : fmt::format("{}x{}", height, width);
  if (ten_crop)
    made += "ten crops " + size;
  else if (crop)
    made += "centre crop " + size;
  else
    made = resize ? made.substr(0, made.size() - 2) : "none";
  return made;
}

std::vector<Image> Preprocessing::views(const Image& original, int height, int width, const std::string& name) const {
  Image image = original;
  if (resize) {
    const Size size = resized(image, *resize, name);
    image = resampled_in_memory(image, size, filter, name);
  }
  Size size = crop.value_or(Size{height, width});
  if (size.width == 0) size.width = size.height;
  if (size.height > image.height || size.width > image.width)
    throw workloads::WorkloadError(fmt::format("{}: {}x{} is too small to crop {}x{} from it; --resize it first", name,
                                               image.height, image.width, size.height, size.width));
  if (!crop && !ten_crop && (image.height != height || image.width != width))
    throw workloads::WorkloadError(fmt::format("{}: {}x{}, the network needs {}x{}: --resize and --crop say how", name,
                                               image.height, image.width, height, width));
  if (size.height != height || size.width != width)
    throw workloads::WorkloadError(
        fmt::format("--crop {}x{} is not the network's input size {}x{}", size.height, size.width, height, width));
  if (!ten_crop) return {centre(image, size)};
  std::vector<Image> views;
  add_five(image, size, views);
  add_five(mirrored(image), size, views);
  return views;
}

}  // namespace ernsim::evaluation
