#include "evaluation/preprocessing.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <numeric>
#include <sstream>

#include "config/user_error.h"
#include "evaluation/resample.h"
#include "workloads/error.h"

using namespace ernsim;
using namespace ernsim::evaluation;
using workloads::Image;

namespace {

/// As make_resampled.py draws it.
Image drawn(int height, int width, bool stretched) {
  Image image{height, width, {}};
  std::uint32_t state = 1;
  for (int i = 0; i < height * width * 3; ++i) {
    state = 1664525 * state + 1013904223;
    const auto value = static_cast<std::uint8_t>(state >> 24);
    image.bytes.push_back(stretched ? static_cast<std::uint8_t>(value > 127 ? 255 : 0) : value);
  }
  return image;
}

/// Every pixel has its row, its column and 0.
Image numbered(int height, int width) {
  Image image{height, width, {}};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (const int value : {y, x, 0}) image.bytes.push_back(static_cast<std::uint8_t>(value));
  return image;
}

/// Row and column of a view's top left pixel in numbered().
std::pair<int, int> corner(const Image& view) { return {view.bytes[0], view.bytes[1]}; }

std::string hexadecimal(const std::vector<std::uint8_t>& bytes) {
  std::string text;
  for (const auto byte : bytes)
    for (const int digit : {byte >> 4, byte & 15}) text += "0123456789abcdef"[digit];
  return text;
}

}  // namespace

TEST_CASE("Resized pictures are Pillow's, byte for byte") {
  std::ifstream file(ERNSIM_SOURCE_DIR "/tests/unit/evaluation/resampled.txt");
  std::size_t cases = 0;
  for (std::string line; std::getline(file, line); ++cases) {
    std::istringstream fields(line);
    std::string filter, expected;
    int height = 0, width = 0, to_height = 0, to_width = 0;
    fields >> filter >> height >> width >> to_height >> to_width >> expected;
    const bool stretched = cases / filter_names().size() % 3 == 2;
    INFO(line.substr(0, 40));
    CHECK(hexadecimal(resampled(drawn(height, width, stretched), to_height, to_width, filter).bytes) == expected);
  }
  CHECK(cases == 48);
}

TEST_CASE("A resize to one length gives it to the shorter side and rounds the longer one down") {
  const Image wide = drawn(10, 33, false), high = drawn(33, 10, false);
  Preprocessing steps;
  steps.resize = Size{7, 0};
  steps.crop = Size{7, 0};
  CHECK(steps.views(wide, 7, 7, "")[0].bytes == [&] {
    Preprocessing crop;
    crop.crop = Size{7, 7};
    return crop.views(resampled(wide, 7, 23, "bilinear"), 7, 7, "")[0].bytes;
  }());
  CHECK(steps.views(high, 7, 7, "")[0].height == 7);
}

TEST_CASE("A centre crop that cannot be in the middle begins on the even pixel") {
  Preprocessing steps;
  steps.crop = Size{4, 4};
  CHECK(corner(steps.views(numbered(5, 7), 4, 4, "")[0]) == std::pair(0, 2));
  CHECK(corner(steps.views(numbered(9, 11), 4, 4, "")[0]) == std::pair(2, 4));
}

TEST_CASE("Ten crops are the corners and the middle of the picture and of its mirror image") {
  Preprocessing steps;
  steps.ten_crop = true;
  const auto views = steps.views(numbered(6, 8), 4, 4, "");
  REQUIRE(views.size() == 10);
  const std::pair<int, int> plain[] = {{0, 0}, {0, 4}, {2, 0}, {2, 4}, {1, 2}};
  const std::pair<int, int> mirror[] = {{0, 7}, {0, 3}, {2, 7}, {2, 3}, {1, 5}};
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(corner(views[i]) == plain[i]);
    CHECK(corner(views[5 + i]) == mirror[i]);
  }
}

TEST_CASE("A picture that does not come out at the network's size is refused by its name") {
  Preprocessing none, crop;
  crop.crop = Size{9, 9};
  CHECK_THROWS_WITH(none.views(numbered(6, 8), 4, 4, "cat.png"), Catch::Contains("cat.png: 6x8"));
  CHECK_THROWS_WITH(crop.views(numbered(6, 8), 9, 9, "cat.png"), Catch::Contains("too small"));
  CHECK_THROWS_WITH(crop.views(numbered(16, 18), 4, 4, "cat.png"), Catch::Contains("input size 4x4"));
  CHECK_THROWS_AS(parse_size("crop", "0x4"), UserError);
}

TEST_CASE("A resize that would leave a side too long is refused before there is such a picture") {
  Preprocessing steps;
  steps.resize = Size{65535, 0};
  CHECK_THROWS_WITH(steps.views(drawn(1, 65535, false), 4, 4, "cat.png"),
                    Catch::Contains("cat.png: 1x65535") && Catch::Contains("4294836225") && Catch::Contains("65535"));
  CHECK_THROWS_WITH(steps.views(drawn(65535, 1, false), 4, 4, "cat.png"), Catch::Contains("4294836225"));
  steps.resize = Size{32768, 0};
  CHECK_THROWS_WITH(steps.views(drawn(1, 2, false), 4, 4, "cat.png"), Catch::Contains("65536"));
}
