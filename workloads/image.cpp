#include "workloads/image.h"

#include <fmt/format.h>
#include <stb/stb_image.h>
#include <stb/stb_image_resize.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <memory>
#include <optional>

#include "workloads/error.h"

namespace ernsim::workloads {

namespace {

std::size_t bytes_of(int height, int width) {
  return static_cast<std::size_t>(height) * static_cast<std::size_t>(width) * 3;
}

Image resize(const Image& image, int height, int width) {
  if (image.height == height && image.width == width) return image;
  Image made{height, width, std::vector<std::uint8_t>(bytes_of(height, width))};
  stbir_resize_uint8(image.bytes.data(), image.width, image.height, 0, made.bytes.data(), width, height, 0, 3);
  return made;
}

Image centre_crop(const Image& image, int height, int width) {
  Image made{height, width, {}};
  made.bytes.reserve(bytes_of(height, width));
  const int top = (image.height - height) / 2, left = (image.width - width) / 2;
  for (int y = 0; y < height; ++y) {
    const auto* row = image.bytes.data() + bytes_of(top + y, image.width) + bytes_of(1, left);
    made.bytes.insert(made.bytes.end(), row, row + bytes_of(1, width));
  }
  return made;
}

/// Bytes that a binary PNM must have behind its header, and where its header ends; none if the file is no such thing.
struct PnmBody {
  std::uintmax_t header_bytes = 0;
  std::uintmax_t body_bytes = 0;
};

/// The next number of a PNM header; comments run from # to the end of the line.
std::uintmax_t header_number(std::istream& in) {
  while ((in >> std::ws).peek() == '#') in.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  std::uintmax_t number = 0;
  in >> number;
  return number;
}

std::optional<PnmBody> pnm_body(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  char magic[2] = {};
  in.read(magic, sizeof magic);
  if (!in || magic[0] != 'P' || (magic[1] != '5' && magic[1] != '6')) return std::nullopt;
  const auto width = header_number(in), height = header_number(in), largest = header_number(in);
  in.get();
  PnmBody body;
  if (!in || width == 0 || height == 0) return PnmBody{0, std::numeric_limits<std::uintmax_t>::max()};
  body.header_bytes = static_cast<std::uintmax_t>(in.tellg());
  body.body_bytes = width * height * (magic[1] == '6' ? 3 : 1) * (largest > 255 ? 2 : 1);
  return body;
}

/// stb pads a PNM that is too short without a word; its pixels are not compressed, so the size tells.
void check_pnm(const std::string& path) {
  const auto body = pnm_body(path);
  if (!body) return;
  const auto present = std::filesystem::file_size(path) - body->header_bytes;
  if (body->body_bytes == std::numeric_limits<std::uintmax_t>::max())
    throw WorkloadError(fmt::format("{}: not a picture (bad PNM header); PNG, JPEG and PPM can be read", path));
  if (present < body->body_bytes)
    throw WorkloadError(
        fmt::format("{}: truncated; its pixels need {} bytes and have {}", path, body->body_bytes, present));
}

}  // namespace

Image load_image(const std::string& path) {
  if (!std::filesystem::is_regular_file(path)) throw WorkloadError(fmt::format("{}: no such picture", path));
  check_pnm(path);
  int width = 0, height = 0, channels = 0;
  const std::unique_ptr<stbi_uc, void (*)(void*)> pixels(stbi_load(path.c_str(), &width, &height, &channels, 3),
                                                         stbi_image_free);
  if (pixels == nullptr)
    throw WorkloadError(
        fmt::format("{}: not a picture ({}); PNG, JPEG and PPM can be read", path, stbi_failure_reason()));
  return Image{height, width, std::vector<std::uint8_t>(pixels.get(), pixels.get() + bytes_of(height, width))};
}

Image fit_image(const Image& image, int height, int width) {
  if (image.height == height && image.width == width) return image;
  const double scale = std::max(static_cast<double>(height) / image.height, static_cast<double>(width) / image.width);
  const auto side = [scale](int from, int at_least) {
    return std::max(at_least, static_cast<int>(std::lround(from * scale)));
  };
  return centre_crop(resize(image, side(image.height, height), side(image.width, width)), height, width);
}

Image grey_image(Image image) {
  for (std::size_t at = 0; at < image.bytes.size(); at += 3) {
    std::uint8_t* pixel = image.bytes.data() + at;
    const std::uint32_t luma = 19595U * pixel[0] + 38470U * pixel[1] + 7471U * pixel[2] + 0x8000U;
    std::fill_n(pixel, 3, static_cast<std::uint8_t>(luma >> 16));
  }
  return image;
}

Image generated_codes(const Shape& shape, std::uint64_t seed) {
  Image image{shape.height, shape.width, {}, shape.channels};
  const auto count = static_cast<std::size_t>(shape.height) * static_cast<std::size_t>(shape.width) *
                     static_cast<std::size_t>(shape.channels);
  image.bytes.reserve(count);
  std::uint64_t state = seed;
  for (std::size_t i = 0; i < count; ++i) {
    constexpr std::uint64_t factor = 6364136223846793005, summand = 1442695040888963407;  // Knuth's MMIX
    state = state * factor + summand;
    image.bytes.push_back(static_cast<std::uint8_t>(state >> 62));
  }
  return image;
}

Image generated_input(const Graph& graph, std::uint64_t seed) {
  return reads_codes(graph) ? generated_codes(graph.nodes.front().out, seed)
                            : generated_image(graph.input_height, graph.input_width, seed);
}

Image generated_image(int height, int width, std::uint64_t seed) {
  Image image{height, width, std::vector<std::uint8_t>(bytes_of(height, width))};
  const auto phase = static_cast<int>(seed % 251);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      // Integer arithmetic throughout; coordinates run from 0 to 1023 whatever the size.
      const int u = x * 1024 / width, v = y * 1024 / height;
      const int du = u - 380 - phase, dv = v - 560;
      const bool disc = du * du + dv * dv < 240 * 240;
      const bool stripe = (u / 64 + v / 96 + phase) % 3 == 0;
      const int noise = static_cast<int>((static_cast<unsigned>(u * 73 + v * 151 + phase * 31) * 2654435761U) >> 28);
      const int red = disc ? 225 - (du + dv) / 6 : v / 5 + (stripe ? 40 : 0);
      const int green = disc ? 90 + dv / 6 : 60 + u / 8;
      const int blue = disc ? 40 : 200 - v / 8 - (stripe ? 60 : 0);
      auto* pixel = image.bytes.data() + bytes_of(y, width) + bytes_of(1, x);
      const int colours[] = {red, green, blue};
      for (int c = 0; c < 3; ++c) pixel[c] = static_cast<std::uint8_t>(std::clamp(colours[c] + noise, 0, 255));
    }
  }
  return image;
}

}  // namespace ernsim::workloads
