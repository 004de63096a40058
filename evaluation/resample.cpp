#include "evaluation/resample.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace ernsim::evaluation {

using workloads::Image;

namespace {

constexpr double pi = 3.14159265358979323846;
constexpr int colours = 3;
constexpr int fraction_bits = 22;

double box(double x) { return x > -0.5 && x <= 0.5 ? 1 : 0; }

double bilinear(double x) { return std::max(0.0, 1 - std::abs(x)); }

double hamming(double x) {
  x = std::abs(x);
  if (x == 0) return 1;
  if (x >= 1) return 0;
  x *= pi;
  return std::sin(x) / x * (0.54 + 0.46 * std::cos(x));
}

double bicubic(double x) {
  constexpr double a = -0.5;
  x = std::abs(x);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}

double sinc(double x) {
  if (x == 0) return 1;
  x *= pi;
  return std::sin(x) / x;
}

double lanczos(double x) { return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0; }

struct Filter {
  const char* name;
  double (*weight)(double);
  double support;  ///< half its width
};

constexpr Filter filters[] = {{"box", box, 0.5},
                              {"bilinear", bilinear, 1},
                              {"hamming", hamming, 1},
                              {"bicubic", bicubic, 2},
                              {"lanczos", lanczos, 3}};

const Filter& filter_of(const std::string& name) {
  for (const Filter& each : filters)
    if (name == each.name) return each;
  throw std::logic_error("no filter " + name);
}

/// The pixels that a new one is made of, and their weights.
struct Window {
  int first = 0;
  std::vector<int> weights;
};

int fixed_point(double weight) { return static_cast<int>((weight < 0 ? -0.5 : 0.5) + weight * (1 << fraction_bits)); }

std::vector<Window> windows(int from, int to, const Filter& filter) {
  const double scale = static_cast<double>(from) / to, stretch = std::max(scale, 1.0);
  const double support = filter.support * stretch, shrink = 1.0 / stretch;
  std::vector<Window> made(static_cast<std::size_t>(to));
  for (int i = 0; i < to; ++i) {
    const double centre = (i + 0.5) * scale;
    Window& window = made[static_cast<std::size_t>(i)];
    window.first = std::max(0, static_cast<int>(centre - support + 0.5));
    const int count = std::min(from, static_cast<int>(centre + support + 0.5)) - window.first;
    std::vector<double> weights;
    double sum = 0;
    for (int x = 0; x < count; ++x) {
      weights.push_back(filter.weight((x + window.first - centre + 0.5) * shrink));
      sum += weights.back();
    }
    for (const double weight : weights) window.weights.push_back(fixed_point(sum != 0 ? weight / sum : weight));
  }
  return made;
}

/// One new value from values `stride` bytes apart.
std::uint8_t weighted(const std::uint8_t* values, std::size_t stride, const Window& window) {
  int sum = 1 << (fraction_bits - 1);
  values += static_cast<std::size_t>(window.first) * stride;
  for (const int weight : window.weights) {
    sum += *values * weight;
    values += stride;
  }
  return static_cast<std::uint8_t>(std::clamp(sum >> fraction_bits, 0, 255));
}

Image blank(int height, int width) {
  return {height, width,
          std::vector<std::uint8_t>(static_cast<std::size_t>(height) * static_cast<std::size_t>(width) * colours)};
}

std::size_t row_bytes(const Image& image) { return static_cast<std::size_t>(image.width) * colours; }

Image along_rows(const Image& image, int width, const Filter& filter) {
  Image made = blank(image.height, width);
  const auto each = windows(image.width, width, filter);
  std::uint8_t* out = made.bytes.data();
  for (int y = 0; y < image.height; ++y) {
    const std::uint8_t* row = image.bytes.data() + static_cast<std::size_t>(y) * row_bytes(image);
    for (const Window& window : each)
      for (int colour = 0; colour < colours; ++colour) *out++ = weighted(row + colour, colours, window);
  }
  return made;
}

Image along_columns(const Image& image, int height, const Filter& filter) {
  Image made = blank(height, image.width);
  std::uint8_t* out = made.bytes.data();
  for (const Window& window : windows(image.height, height, filter))
    for (std::size_t i = 0; i < row_bytes(image); ++i)
      *out++ = weighted(image.bytes.data() + i, row_bytes(image), window);
  return made;
}

/// The old coordinate of each new one. Sums of steps, as Pillow takes them, not products.
std::vector<std::size_t> nearest_of(int from, int to) {
  const double step = static_cast<double>(from) / to;
  std::vector<std::size_t> found;
  double at = step * 0.5;
  for (int i = 0; i < to; ++i, at += step)
    found.push_back(static_cast<std::size_t>(std::min<int>(from - 1, static_cast<int>(at))));
  return found;
}

Image nearest(const Image& image, int height, int width) {
  Image made = blank(height, width);
  const auto columns = nearest_of(image.width, width);
  std::uint8_t* out = made.bytes.data();
  for (const std::size_t y : nearest_of(image.height, height))
    for (const std::size_t x : columns)
      out = std::copy_n(image.bytes.data() + y * row_bytes(image) + x * colours, colours, out);
  return made;
}

}  // namespace

std::vector<std::string> filter_names() {
  std::vector<std::string> names{"nearest"};
  for (const Filter& each : filters) names.emplace_back(each.name);
  return names;
}

Image resampled(const Image& image, int height, int width, const std::string& filter) {
  if (image.height == height && image.width == width) return image;
  if (filter == "nearest") return nearest(image, height, width);
  const Filter& chosen = filter_of(filter);
  const Image rows = image.width == width ? image : along_rows(image, width, chosen);
  return rows.height == height ? rows : along_columns(rows, height, chosen);
}

}  // namespace ernsim::evaluation
