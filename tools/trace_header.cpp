#include "tools/trace_header.h"

#include <algorithm>

#include "platforms/parameters.h"

namespace ernsim::tools {

std::vector<std::pair<std::string, std::string>> traced_parameters(const PlatformConfig& platform) {
  std::vector<std::pair<std::string, std::string>> list;
  for (const Parameter& each : parameters(platform)) {
    std::string value = each.value;
    value.erase(std::remove(value.begin(), value.end(), '"'), value.end());
    list.emplace_back(each.section + "." + each.info.key, value);
  }
  return list;
}

traces::Header trace_header(const CompiledJob& compiled, bool hashed) {
  const PlatformConfig& platform = compiled.job.platform;
  traces::Header header;
  header.network = compiled.job.graph().network;
  header.platform = platform.name;
  header.block_channels = static_cast<int>(platform.accelerator.convolution.block_channels);
  header.clock_period_ps = platform.accelerator.clock().period_ps;
  header.hashed = hashed;
  header.parameters = traced_parameters(platform);
  header.channels = traces::channels_of(platform.accelerator);
  for (const auto& layer : compiled.schedule.layers) header.layers.push_back({layer.name, layer.codes, layer.sums});
  return header;
}

}  // namespace ernsim::tools
