#include "simulation/run_digests.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <xxhash.h>

#include <vector>

#include "platforms/parameters.h"
#include "simulation/job.h"

namespace ernsim {

namespace {

std::string digits(XXH64_hash_t hash) { return fmt::format("{:016x}", hash); }

std::string digest_of(const std::string& text) { return digits(XXH3_64bits(text.data(), text.size())); }

std::string network_text(const workloads::Graph& graph) {
  std::string text =
      fmt::format("{} {} {} {}\n", graph.input_height, graph.input_width, graph.colours, graph.thermometer);
  for (const auto& codes : graph.embedding) text += fmt::format("{}\n", codes);
  for (const workloads::Node& node : graph.nodes) {
    const auto& [top, left, bottom, right] = node.padding;
    text += fmt::format("{} {} {} {}x{}x{} {} {} {} {} {} {} {}\n", node.name, name_of(node.kind), node.inputs,
                        node.out.channels, node.out.height, node.out.width, node.kernel, node.stride, top, left, bottom,
                        right, static_cast<int>(node.role));
  }
  return text;
}

/// Bytes of many vectors, each behind its length.
class Hashed {
 public:
  template <class Value>
  void add(const std::vector<Value>& values) {
    const std::uint64_t count = values.size();
    hash_ = XXH3_64bits_withSeed(&count, sizeof count, hash_);
    if (count > 0) hash_ = XXH3_64bits_withSeed(values.data(), count * sizeof(Value), hash_);
  }
  XXH64_hash_t hash() const { return hash_; }

 private:
  XXH64_hash_t hash_ = 0;
};

std::string weights_digest(const workloads::IntegerNetwork& network) {
  static_assert(sizeof(workloads::ChannelThresholds) == 4 * sizeof(std::int32_t), "no bytes between its members");
  Hashed all;
  for (const auto& signs : network.weights) all.add(signs.words);
  for (const auto& thresholds : network.thresholds) all.add(thresholds);
  all.add(network.logit_scale);
  for (const auto& scale : network.map_scale) all.add(scale);
  return digits(all.hash());
}

std::string platform_text(const PlatformConfig& platform) {
  std::string text;
  for (const Parameter& each : parameters(platform))
    text += fmt::format("{}.{}={}\n", each.section, each.info.key, each.value);
  return text;
}

}  // namespace

RunDigests digests_of(const Job& job) {
  return {digest_of(network_text(job.graph())), job.run.data ? weights_digest(job.network) : "",
          digest_of(platform_text(job.platform))};
}

}  // namespace ernsim
