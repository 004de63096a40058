#include "tests/property/random_case.h"

#include <fmt/format.h>

#include "compiler/schedule_check.h"
#include "tests/property/random_edit.h"
#include "tests/property/random_network.h"
#include "tests/property/random_platform.h"

namespace ernsim::test {

RandomCase::RandomCase(std::uint64_t number)
    : seed(number),
      draw(number),
      config(random_platform(draw)),
      frames(draw.one_of<int>({1, 1, 1, 2, 3})),
      data(draw.chance(40)),
      graph(random_network(draw, data ? static_cast<int>(config.accelerator.convolution.block_channels) : 0)) {}

void RandomCase::make_schedule() {
  compiler::TilingChooser chooser;
  tilings = "the compiler's";
  if (draw.chance(70)) {
    tilings = "random";
    chooser = [this](const compiler::LayerShape&, const std::vector<compiler::Tiling>& possible) {
      // Mostly among the larger tiles: the smallest ones take very long.
      return draw.index(draw.chance(80) ? possible.size() / 4 + 1 : possible.size() / 2 + 1);
    };
  }
  schedule = compiler::compile(graph, config, chooser);
  compiler::check(schedule, config);
  same_values = draw.chance(70);
  const int attempts = draw.chance(30) ? 0 : static_cast<int>(draw.integer(1, 120));
  edits = edit(schedule, config, draw, attempts, same_values ? Care::same_values : Care::any_valid);
}

std::string RandomCase::description() const {
  std::string text = fmt::format(
      "# seed {}, {} frames, data {}\n# tilings: {}\n# edits: {}\n# image {}x{}, {} codes per colour\n", seed, frames,
      data ? "on" : "off", tilings, edits, graph.input_height, graph.input_width, graph.thermometer);
  for (const auto& node : graph.nodes) {
    text += fmt::format("# {} of {}: {} channels of {}x{}", node.name, fmt::join(node.inputs, ", "), node.out.channels,
                        node.out.height, node.out.width);
    if (node.kind == workloads::NodeKind::convolution)
      text += fmt::format(", {}x{} stride {}", node.kernel, node.kernel, node.stride);
    text += "\n";
  }
  for (const auto& layer : schedule.layers) text += fmt::format("# {}: {}\n", layer.name, layer.choice);
  return text + to_toml(config);
}

}  // namespace ernsim::test
