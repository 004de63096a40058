#include "tests/property/random_case.h"

#include <fmt/format.h>

#include "compiler/schedule_check.h"
#include "tests/property/random_edit.h"
#include "tests/property/random_network.h"
#include "tests/property/random_platform.h"

namespace ernsim::test {

RandomCase random_case(std::uint64_t seed) {
  Draw draw(seed);
  RandomCase made;
  made.seed = seed;
  made.config = random_platform(draw);
  validate(made.config);
  made.frames = draw.one_of<int>({1, 1, 1, 2, 3});
  made.data = draw.chance(40);
  made.graph =
      random_network(draw, made.data ? static_cast<int>(made.config.accelerator.convolution.block_channels) : 0);
  compiler::TilingChooser chooser;
  made.tilings = "the compiler's";
  if (draw.chance(70)) {
    made.tilings = "random";
    chooser = [&draw](const compiler::LayerShape&, const std::vector<compiler::Tiling>& possible) {
      // Mostly among the larger tiles: the smallest ones take very long.
      return draw.index(draw.chance(80) ? possible.size() / 4 + 1 : possible.size() / 2 + 1);
    };
  }
  made.schedule = compiler::compile(made.graph, made.config, chooser);
  compiler::check(made.schedule, made.config);
  made.same_values = draw.chance(70);
  made.edits = edit(made.schedule, made.config, draw, draw.chance(30) ? 0 : static_cast<int>(draw.integer(1, 120)),
                    made.same_values ? Care::same_values : Care::any_valid);
  return made;
}

std::string RandomCase::description() const {
  std::string text = fmt::format("seed = {}\nframes = {}\ndata = {}\n# tilings: {}\n# edits: {}\n", seed, frames, data,
                                 tilings, edits);
  text += fmt::format("# image {}x{}, {} codes per colour\n", graph.input_height, graph.input_width, graph.thermometer);
  for (const auto& layer : schedule.layers)
    text += fmt::format("# {}: {}x{} stride {}, {} to {} channels of {}x{}; {}\n", layer.name, layer.kernel,
                        layer.kernel, layer.stride, layer.in_channels, layer.out_channels, layer.out_height,
                        layer.out_width, layer.choice);
  return text + to_toml(config);
}

}  // namespace ernsim::test
