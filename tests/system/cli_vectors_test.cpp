#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/system/cli_refused.h"

using namespace ernsim::cli;
using Catch::Matchers::Contains;

namespace {

const std::string quick_vectors = "vectors --network ERNs18x075 --input-size 64x64 ";

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace

TEST_CASE("a layer's vectors are as long and wide as the manifest says, and nothing else is there") {
  const Scratch scratch;
  REQUIRE(program(quick_vectors + "--layer backbone.layer1.0.conv2 --out v", scratch).status == 0);
  const auto manifest = nlohmann::json::parse(contents(scratch / "v" / "manifest.json"));
  std::set<std::string> named{"manifest.json"};
  for (const auto& file : manifest["files"]) {
    const std::string name = file["file"];
    INFO(name);
    const auto lines = lines_of(contents(scratch / "v" / name));
    CHECK(lines.size() == file["words"]);
    for (const auto& line : lines) REQUIRE(4 * line.size() == file["width_bits"].get<std::size_t>());
    named.insert(name);
  }
  std::set<std::string> present;
  for (const auto& entry : fs::directory_iterator(scratch / "v")) present.insert(entry.path().filename().string());
  CHECK(present == named);
}

TEST_CASE("the quantization unit's stimulus is what the convolution unit's response left in F") {
  const Scratch scratch;
  REQUIRE(program(quick_vectors + "--layer backbone.layer1.0.conv2 --out v", scratch).status == 0);
  const auto read = [&scratch](const char* name) { return lines_of(contents(scratch / "v" / name)); };
  const auto last = read("convolution.accumulators_out.data.memh"),
             first = read("quantization.accumulators_in.data.memh");
  REQUIRE_FALSE(first.empty());
  CHECK(first.back() == last.back());
}

TEST_CASE(
    "vectors have every unit's beats, when instructions arrive and when credits come, all from the first cycle on") {
  const Scratch scratch;
  REQUIRE(program(quick_vectors + "--layer backbone.layer1.0.conv2 --out v --program", scratch).status == 0);
  REQUIRE(program("program --network ERNs18x075 --input-size 64x64 --out p", scratch).status == 0);
  const auto manifest = nlohmann::json::parse(contents(scratch / "v" / "manifest.json"));
  std::map<std::string, std::vector<std::string>> lines;
  bool at_the_start = false;
  for (const auto& file : manifest["files"]) {
    const std::string name = file["file"];
    lines[name] = lines_of(contents(scratch / "v" / name));
    if (file["what"] == "cycle" && !lines[name].empty()) at_the_start |= lines[name].front() == "00000000";
    if (file.contains("kind")) CHECK(manifest["words"].contains(file["kind"].get<std::string>()));
  }
  CHECK(at_the_start);
  for (const char* channel : {"load_weights.data", "load_weights.writes", "load_thresholds.burst", "store.data"})
    CHECK_FALSE(lines[std::string(channel) + ".cycle.memh"].empty());
  std::size_t instructions = 0;
  for (const auto& [name, text] : lines)
    if (name.find("instructions.memh") != std::string::npos) instructions += text.size();
  CHECK(lines["control.instructions.cycle.memh"].size() == instructions);
  CHECK(lines["semaphores.credits.memh"].size() == 19);
  // What is taken is never more than what there was and what came.
  std::int64_t credits = 0;
  for (const auto& each : lines["semaphores.credits.memh"]) credits += std::stoll(each, nullptr, 16);
  for (const auto& each : lines["semaphores.take.data.memh"]) credits -= std::stoll(each, nullptr, 16);
  CHECK(credits + static_cast<std::int64_t>(lines["semaphores.credit.cycle.memh"].size()) >= 0);
  for (const std::string name : manifest["program"])
    CHECK(contents(scratch / "v" / name) == contents(scratch / "p" / name));
}

TEST_CASE("wrong vector options are refused") {
  CHECK_THAT(refused(quick_vectors + "--out v"), Contains("--layer"));
  CHECK_THAT(refused(quick_vectors + "--layer backbone.conv1"), Contains("--out"));
  CHECK_THAT(refused(quick_vectors + "--layer backbone.conv11 --out v"), Contains("did you mean backbone.conv1?"));
}
