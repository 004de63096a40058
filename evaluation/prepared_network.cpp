#include "evaluation/prepared_network.h"

#include <fmt/format.h>

#include <algorithm>

#include "workloads/error.h"
#include "workloads/sum_range.h"

namespace ernsim::evaluation {

using workloads::Node;
using workloads::NodeKind;

PreparedNetwork::PreparedNetwork(const workloads::IntegerNetwork& network, int accumulator_bits, bool keep_maps)
    : graph_(network.graph),
      embedding_(network.graph),
      bits_(accumulator_bits),
      logit_scale_(network.logit_scale),
      nodes_(network.graph.nodes.size()) {
  check_kinds();
  const auto ranges = workloads::sum_ranges(graph_, workloads::count_signs(graph_, network.weights));
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    const Node& node = graph_.nodes[n];
    nodes_[n].may_wrap = workloads::bits_needed(ranges[n]) > bits_;
    if (node.kind == NodeKind::convolution)
      nodes_[n].convolution = std::make_unique<PackedConvolution>(node, network.weights[n], bits_, nodes_[n].may_wrap);
    if (node.kind == NodeKind::activation) nodes_[n].levels = std::make_unique<ActivationLevels>(network.thresholds[n]);
  }
  fuse();
  assign_maps(keep_maps);
}

/// The embedding first, one pooling last.
void PreparedNetwork::check_kinds() const {
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    const Node& node = graph_.nodes[n];
    const bool first = node.kind == NodeKind::pixel_embedding || node.kind == NodeKind::code_input,
               last = node.kind == NodeKind::average_pool;
    if (first != (n == 0) || last != (n + 1 == nodes_.size()))
      throw workloads::WorkloadError(fmt::format(
          "{}: an evaluation needs a network with one embedding, first, and one average pooling, last", node.name));
  }
}

void PreparedNetwork::fuse() {
  std::vector<int> readers(nodes_.size(), 0), reader(nodes_.size(), -1);
  for (std::size_t n = 0; n < nodes_.size(); ++n)
    for (const int input : graph_.nodes[n].inputs) {
      ++readers[static_cast<std::size_t>(input)];
      reader[static_cast<std::size_t>(input)] = static_cast<int>(n);
    }
  for (std::size_t n = 0; n < nodes_.size(); ++n)
    if (graph_.nodes[n].kind == NodeKind::convolution && readers[n] == 1 &&
        graph_.nodes[static_cast<std::size_t>(reader[n])].kind == NodeKind::activation)
      nodes_[n].activated_as = reader[n];
  const Node& pooled = graph_.nodes[static_cast<std::size_t>(graph_.nodes.back().inputs[0])];
  pooled_pixels_ = static_cast<std::size_t>(pooled.out.height) * static_cast<std::size_t>(pooled.out.width);
}

/// [node]: the last node that reads its result. An activation may read before its turn: its convolution makes it.
std::vector<std::size_t> PreparedNetwork::last_uses() const {
  std::vector<std::size_t> last(nodes_.size(), 0);
  for (std::size_t n = 0; n < nodes_.size(); ++n)
    for (const int input : graph_.nodes[n].inputs) last[static_cast<std::size_t>(input)] = n;
  return last;
}

/// A buffer is given back when its last reader is done. Buffers of codes and of sums have numbers of their own.
void PreparedNetwork::assign_maps(bool keep_maps) {
  const auto last = last_uses();
  std::vector<std::size_t> free[2];
  std::size_t made[2] = {0, 0};
  std::vector<bool> assigned(nodes_.size(), false);
  const auto kind = [this](std::size_t n) { return is_codes(graph_, static_cast<int>(n)) ? 0 : 1; };
  const auto assign = [&](std::size_t n) {
    if (assigned[n]) return;
    assigned[n] = true;
    auto& pool = free[kind(n)];
    if (pool.empty()) pool.push_back(made[kind(n)]++);
    nodes_[n].map = pool.back();
    pool.pop_back();
  };
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    assign(nodes_[n].activated_as >= 0 ? static_cast<std::size_t>(nodes_[n].activated_as) : n);
    if (keep_maps) continue;
    for (std::size_t i = 0; i < n; ++i)
      if (assigned[i] && last[i] == n) free[kind(i)].push_back(nodes_[i].map);
  }
  maps_ = std::max(made[0], made[1]);
}

}  // namespace ernsim::evaluation
