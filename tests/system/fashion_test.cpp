#include <zlib.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli_program.h"
#include "output/npy.h"

using namespace ernsim;
using namespace ernsim::cli;

namespace {

const std::string data = "/usr/share/datasets/fashion-mnist/";
constexpr std::size_t pictures = 10000, pixels = 28 * 28;

/// The first bytes behind a header.
std::vector<std::uint8_t> unpacked(const std::string& name, std::size_t header, std::size_t bytes) {
  std::vector<std::uint8_t> read(header + bytes);
  gzFile file = ::gzopen((data + name).c_str(), "rb");
  const bool whole = ::gzread(file, read.data(), static_cast<unsigned>(read.size())) == static_cast<int>(read.size());
  ::gzclose(file);
  REQUIRE(whole);
  return {read.begin() + static_cast<std::ptrdiff_t>(header), read.end()};
}

}  // namespace

TEST_CASE("The trained examples score on the test pictures, and on the first thousand, what the framework gave them") {
  if (!fs::exists(data)) {
    WARN("skipped: Debian's dataset-fashion-mnist is not installed");
    return;
  }
  const Scratch folder;
  folder.write("images.npy",
               npy_bytes({pictures, 28, 28}, unpacked("t10k-images-idx3-ubyte.gz", 16, pictures * pixels)));
  folder.write("labels.npy", npy_bytes({pictures}, unpacked("t10k-labels-idx1-ubyte.gz", 8, pictures)));
  const fs::path examples = fs::path(ERNSIM_SOURCE_DIR) / "examples/fashion";
  const auto expected = nlohmann::json::parse(contents(examples / "framework.json"));
  CHECK(expected.size() > 0);
  for (const auto& [network, right] : expected.items()) {
    INFO(network);
    const auto top1 = [&, file = (examples / network).string()](const std::string& options) {
      const auto ended =
          program("eval --network '" + file + "' --thermometer 10 --data images.npy --labels labels.npy " +
                      "--json - " + options,
                  folder);
      INFO(ended.err);
      REQUIRE(ended.status == 0);
      return nlohmann::json::parse(ended.out).at("top1");
    };
    CHECK(top1("--check 1") == right.at("all"));
    CHECK(top1("--first 1000") == right.at("first_1000"));
  }
}
