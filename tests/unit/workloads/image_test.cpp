#include "workloads/image.h"

#include <stb/stb_image_write.h>
#include <stdlib.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "tests/support/golden_set.h"
#include "tests/support/reference.h"
#include "tests/support/sha256.h"
#include "tests/unit/workloads/refusal.h"

using namespace ernsim;
using namespace ernsim::workloads;
using Catch::Matchers::Contains;

namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<std::uint8_t>;

/// A directory that goes away with the test.
class Scratch {
 public:
  Scratch() {
    std::string pattern = (fs::temp_directory_path() / "ernsim_image_XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = pattern;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { fs::remove_all(path_); }

  std::string path(const std::string& name) const { return (path_ / name).string(); }
  std::string write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path(name), std::ios::binary) << bytes;
    return path(name);
  }

 private:
  fs::path path_;
};

void append(void* text, void* data, int size) {
  static_cast<std::string*>(text)->append(static_cast<const char*>(data), static_cast<std::size_t>(size));
}

std::string png(const Bytes& bytes, int height, int width, int channels = 3) {
  std::string text;
  if (stbi_write_png_to_func(append, &text, width, height, channels, bytes.data(), width * channels) == 0)
    throw std::runtime_error("no PNG");
  return text;
}

std::string jpeg(const Image& image) {
  std::string text;
  if (stbi_write_jpg_to_func(append, &text, image.width, image.height, 3, image.bytes.data(), 95) == 0)
    throw std::runtime_error("no JPEG");
  return text;
}

std::string pnm(const std::string& kind, int height, int width, int largest, const Bytes& bytes) {
  return kind + "\n" + std::to_string(width) + " " + std::to_string(height) + "\n" + std::to_string(largest) + "\n" +
         std::string(bytes.begin(), bytes.end());
}

std::string ppm(const Image& image) { return pnm("P6", image.height, image.width, 255, image.bytes); }

/// Every byte differs from its neighbours.
Image counting(int height, int width) {
  Image image{height, width, Bytes(static_cast<std::size_t>(height * width * 3))};
  for (std::size_t i = 0; i < image.bytes.size(); ++i) image.bytes[i] = static_cast<std::uint8_t>(i * 37 + i / 11);
  return image;
}

Image filled(int height, int width, const Bytes& colour) {
  Image image{height, width, {}};
  for (int i = 0; i < height * width; ++i) image.bytes.insert(image.bytes.end(), colour.begin(), colour.end());
  return image;
}

Bytes pixel(const Image& image, int y, int x) {
  const auto at = image.bytes.begin() + (y * image.width + x) * 3;
  return {at, at + 3};
}

/// The rectangle of the picture from row `top` and column `left`.
Image cut(const Image& image, int top, int left, int height, int width) {
  Image made{height, width, {}};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const Bytes each = pixel(image, top + y, left + x);
      made.bytes.insert(made.bytes.end(), each.begin(), each.end());
    }
  return made;
}

void check_same(const Image& found, const Image& expected) {
  CHECK(found.height == expected.height);
  CHECK(found.width == expected.width);
  CHECK((found.bytes == expected.bytes));
}

void check_refused(const std::string& path) {
  const std::string text = test::refusal_of([&] { load_image(path); });
  INFO(text);
  CHECK(test::is_one_line(text));
  CHECK_THAT(text, Contains(path));
}

/// Lengths at which the start of the file is taken for a picture.
std::vector<std::size_t> accepted_lengths(const Scratch& scratch, const std::string& file, std::size_t below) {
  std::vector<std::size_t> accepted;
  for (std::size_t length = 0; length < below; ++length) {
    const std::string path = scratch.write("cut", file.substr(0, length));
    const std::string text = test::refusal_of([&] { load_image(path); });
    if (!test::is_one_line(text) || text.find(path) == std::string::npos) accepted.push_back(length);
  }
  return accepted;
}

const Bytes red{255, 0, 0}, green{0, 255, 0}, blue{0, 0, 255};

/// Red, then green in the middle half, then blue, along the longer side.
Image three_bands(int height, int width) {
  Image image{height, width, {}};
  const int length = std::max(height, width);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const int along = width >= height ? x : y;
      const auto& each = along < length / 4 ? red : along < length * 3 / 4 ? green : blue;
      image.bytes.insert(image.bytes.end(), each.begin(), each.end());
    }
  return image;
}

}  // namespace

TEST_CASE("a generated picture is the same for the same seed") {
  check_same(generated_image(96, 64, 7), generated_image(96, 64, 7));
}

TEST_CASE("a generated picture is another for another seed") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed)
    CHECK((generated_image(64, 64, seed).bytes != generated_image(64, 64, 0).bytes));
}

TEST_CASE("a generated picture has the bytes it has always had on every machine") {
  std::uint64_t hash = 0xCBF29CE484222325U;  // FNV-1a
  for (const std::uint8_t byte : generated_image(64, 96, 1).bytes) hash = (hash ^ byte) * 0x100000001B3U;
  CHECK(hash == 0xae2f49469db6d0baU);
}

TEST_CASE("a generated picture has the size asked for") {
  for (const auto& [height, width] : {std::pair(32, 32), std::pair(32, 512), std::pair(512, 64), std::pair(1, 1)}) {
    const Image image = generated_image(height, width, 3);
    CHECK(image.height == height);
    CHECK(image.width == width);
    CHECK(image.bytes.size() == static_cast<std::size_t>(height * width * 3));
  }
}

TEST_CASE("a generated picture uses most of the range of every colour") {
  for (const std::uint64_t seed : {0U, 100U, 250U}) {
    const Image image = generated_image(64, 64, seed);
    for (std::size_t c = 0; c < 3; ++c) {
      std::uint8_t low = 255, high = 0;
      for (std::size_t i = c; i < image.bytes.size(); i += 3) {
        low = std::min(low, image.bytes[i]);
        high = std::max(high, image.bytes[i]);
      }
      CHECK(high - low > 128);
    }
  }
}

TEST_CASE("a picture that fits is left alone") {
  for (const auto& [height, width] : {std::pair(32, 64), std::pair(64, 64), std::pair(1, 1)}) {
    const Image image = counting(height, width);
    check_same(fit_image(image, height, width), image);
  }
}

TEST_CASE("a picture twice as wide as high keeps its middle") {
  for (const int side : {32, 64, 96}) {  // reduced, as it is, enlarged
    const Image image = fit_image(three_bands(64, 128), side, side);
    REQUIRE(image.height == side);
    REQUIRE(image.width == side);
    for (int y = 0; y < side; ++y)
      for (int x = 4; x < side - 4; ++x) REQUIRE(pixel(image, y, x) == green);
  }
}

TEST_CASE("a picture twice as high as wide keeps its middle") {
  for (const int side : {32, 64, 96}) {
    const Image image = fit_image(three_bands(128, 64), side, side);
    REQUIRE(image.height == side);
    REQUIRE(image.width == side);
    for (int y = 4; y < side - 4; ++y)
      for (int x = 0; x < side; ++x) REQUIRE(pixel(image, y, x) == green);
  }
}

TEST_CASE("a picture with the right height is only cut, pixel for pixel") {
  const Image image = counting(32, 48);
  check_same(fit_image(image, 32, 32), cut(image, 0, 8, 32, 32));
}

TEST_CASE("a picture with the right width is only cut, pixel for pixel") {
  const Image image = counting(47, 32);
  check_same(fit_image(image, 32, 32), cut(image, 7, 0, 32, 32));
}

TEST_CASE("the whole of a picture of the same proportions is kept, whatever its size") {
  for (const int size : {16, 33, 100, 256}) {
    // Four quarters of different colours stay where they are.
    Image image{size, size, {}};
    for (int y = 0; y < size; ++y)
      for (int x = 0; x < size; ++x) {
        const Bytes each{static_cast<std::uint8_t>(2 * x < size ? 0 : 255),
                         static_cast<std::uint8_t>(2 * y < size ? 0 : 255), 7};
        image.bytes.insert(image.bytes.end(), each.begin(), each.end());
      }
    const Image fitted = fit_image(image, 64, 64);
    CHECK(pixel(fitted, 8, 8) == Bytes{0, 0, 7});
    CHECK(pixel(fitted, 8, 56) == Bytes{255, 0, 7});
    CHECK(pixel(fitted, 56, 8) == Bytes{0, 255, 7});
    CHECK(pixel(fitted, 56, 56) == Bytes{255, 255, 7});
  }
}

TEST_CASE("a picture of one colour stays of that colour at every size") {
  const Bytes grey{90, 120, 200};
  for (const auto& [height, width] : {std::pair(1, 1), std::pair(1, 7), std::pair(31, 33), std::pair(33, 31),
                                      std::pair(97, 301), std::pair(640, 480)})
    for (const auto& [to_height, to_width] : {std::pair(32, 32), std::pair(64, 96), std::pair(96, 32)}) {
      INFO(height << 'x' << width << " to " << to_height << 'x' << to_width);
      check_same(fit_image(filled(height, width, grey), to_height, to_width), filled(to_height, to_width, grey));
    }
}

TEST_CASE("a PNG is read pixel for pixel") {
  const Scratch scratch;
  const Image image = counting(5, 9);
  check_same(load_image(scratch.write("a.png", png(image.bytes, 5, 9))), image);
}

TEST_CASE("a binary PPM is read pixel for pixel") {
  const Scratch scratch;
  const Image image = counting(5, 9);
  check_same(load_image(scratch.write("a.ppm", ppm(image))), image);
}

TEST_CASE("a JPEG is read with nearly its colours") {
  const Scratch scratch;
  const Image image = filled(16, 24, {200, 40, 90});
  const Image read = load_image(scratch.write("a.jpg", jpeg(image)));
  REQUIRE(read.height == 16);
  REQUIRE(read.width == 24);
  REQUIRE(read.bytes.size() == image.bytes.size());
  for (std::size_t i = 0; i < image.bytes.size(); ++i) REQUIRE(std::abs(read.bytes[i] - image.bytes[i]) <= 6);
}

TEST_CASE("a grey PNG is read as RGB with equal colours") {
  const Scratch scratch;
  const Image image = load_image(scratch.write("grey.png", png({1, 50, 100, 150, 200, 250}, 2, 3, 1)));
  check_same(image, {2, 3, {1, 1, 1, 50, 50, 50, 100, 100, 100, 150, 150, 150, 200, 200, 200, 250, 250, 250}});
}

TEST_CASE("the transparency of a PNG is dropped") {
  const Scratch scratch;
  const Image image = load_image(scratch.write("clear.png", png({1, 2, 3, 0, 4, 5, 6, 255}, 1, 2, 4)));
  check_same(image, {1, 2, {1, 2, 3, 4, 5, 6}});
}

TEST_CASE("what a file is decides how it is read, not its name") {
  const Scratch scratch;
  const Image image = counting(4, 4);
  check_same(load_image(scratch.write("a.txt", png(image.bytes, 4, 4))), image);
}

TEST_CASE("the golden set's pictures are read pixel for pixel") {
  const test::GoldenSet set;
  for (const char* part : {"64x64", "64x96"}) {
    const Image image = set.image(part);
    const auto& expected = set.array(part, "image");
    CHECK(expected.at("shape") == nlohmann::json{image.height, image.width, 3});
    CHECK(test::sha256(image.bytes) == expected.at("sha256"));
  }
}

TEST_CASE("the official photographs are read pixel for pixel") {
  const auto folder = test::reference_folder();
  if (!folder) return;
  check_same(load_image(*folder + "/images/astronaut.png"),
             test::read_golden(*folder, "ERNs18x075", "golden0").image());
  check_same(load_image(*folder + "/images/rocket.png"), test::read_golden(*folder, "ERNs50", "golden1").image());
}

TEST_CASE("a text file is refused as a picture") {
  const Scratch scratch;
  check_refused(scratch.write("a.png", "This is no picture.\nNot at all.\n"));
}

TEST_CASE("a text that starts like a PPM is refused as a picture") {
  const Scratch scratch;
  check_refused(scratch.write("a.ppm", "P6 is how a PPM starts.\n"));
  check_refused(scratch.write("b.ppm", "P6\nnot a number\n"));
}

TEST_CASE("a PPM without a pixel is refused") {
  const Scratch scratch;
  check_refused(scratch.write("a.ppm", "P6\n0 5\n255\n"));
  check_refused(scratch.write("b.ppm", "P6\n5 0\n255\n"));
}

TEST_CASE("a missing file is refused as a picture") {
  const Scratch scratch;
  check_refused(scratch.path("missing.png"));
  check_refused(scratch.path("missing/a.png"));
  CHECK_THAT(test::refusal_of([&] { load_image(scratch.path("missing.png")); }), Contains("no such picture"));
}

TEST_CASE("a directory is refused as a picture") {
  const Scratch scratch;
  check_refused(scratch.path("."));
}

TEST_CASE("an empty file is refused as a picture") {
  const Scratch scratch;
  check_refused(scratch.write("empty.png", ""));
}

TEST_CASE("a PNG cut short anywhere is refused") {
  const Scratch scratch;
  const Image image = counting(6, 7);
  const std::string file = png(image.bytes, 6, 7);
  REQUIRE(file.size() > 60);
  // The last four bytes are the checksum of the mark of the end; nothing is lost with them.
  CHECK(accepted_lengths(scratch, file, file.size() - 4) == std::vector<std::size_t>{});
}

TEST_CASE("a PPM cut short anywhere is refused") {
  const Scratch scratch;
  const std::string file = ppm(counting(6, 7));
  CHECK(accepted_lengths(scratch, file, file.size()) == std::vector<std::size_t>{});
}

TEST_CASE("a PPM of 16 bits per colour that is cut short anywhere is refused") {
  const Scratch scratch;
  const std::string file = pnm("P6", 6, 7, 65535, counting(12, 7).bytes);
  CHECK(accepted_lengths(scratch, file, file.size()) == std::vector<std::size_t>{});
}

TEST_CASE("a grey PNM that is cut short anywhere is refused") {
  const Scratch scratch;
  const std::string file = pnm("P5", 6, 21, 255, counting(6, 7).bytes);
  CHECK(accepted_lengths(scratch, file, file.size()) == std::vector<std::size_t>{});
}

TEST_CASE("a JPEG cut short anywhere is refused") {
  const Scratch scratch;
  const std::string file = jpeg(generated_image(24, 24, 1));
  // The last two bytes are the mark of the end; nothing is lost with them.
  CHECK(accepted_lengths(scratch, file, file.size() - 2) == std::vector<std::size_t>{});
}
