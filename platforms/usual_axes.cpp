#include "platforms/usual_axes.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

#include "config/toml_text.h"
#include "platforms/config_file.h"

namespace ernsim {

namespace {

/// What a KV260's logic, memories and DDR4 leave open: the array's shape, its largest memory and what that is made of,
/// and clocks that designs of this kind reach on the device. Guesses of what is worth trying, not limits.
constexpr const char* of_kv260 = R"("accelerator.clock_mhz" = [150, 200, 250, 300]
"convolution.block_channels" = [32, 64]
"convolution.cores" = [1, 2]
"convolution.lanes" = [1, 2, 3]
"fpga.uram_min_words" = [0, 2048]
"memory.activations_words" = [2048, 4096]
)";

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// As a person would write it.
std::string value_text(const toml::node& node) {
  if (const auto* list = node.as_array()) {
    std::string text;
    for (const toml::node& each : *list) text += (text.empty() ? "" : ", ") + value_text(each);
    return "[" + text + "]";
  }
  std::ostringstream text;
  node.visit([&text](const auto& each) { text << each; });
  return text.str();
}

}  // namespace

std::string usual_axes(const std::string& platform) {
  load_platform(platform, {});  // says what is wrong with it
  const auto& built_in = built_in_platforms();
  if (std::find(built_in.begin(), built_in.end(), platform) != built_in.end()) return of_kv260;
  const toml::table file = parse_toml(file_text(platform), platform);
  const auto* axes = file["usual_axes"].as_table();
  if (axes == nullptr) return of_kv260;
  std::string text;
  for (const auto& [key, values] : *axes) text += "\"" + std::string(key.str()) + "\" = " + value_text(values) + "\n";
  return text;
}

}  // namespace ernsim
