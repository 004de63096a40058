#include "compiler/best_tilings.h"

#include <array>
#include <catch2/catch.hpp>
#include <random>
#include <set>
#include <vector>

using namespace ernsim;
using namespace ernsim::compiler;

namespace {

class Draw {
 public:
  explicit Draw(unsigned seed) : random_(seed) {}

  int number(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }
  bool one_of(int count) { return number(1, count) == 1; }

  LayerShape layer(const PlatformConfig& config) {
    LayerShape made;
    made.kernel = number(1, 5);
    made.stride = number(1, 3);
    made.out_height = number(1, 40);
    made.out_width = number(1, 40);
    made.in_height = made.out_height * made.stride;
    made.in_width = made.out_width * made.stride;
    made.in_blocks = number(1, 6);
    made.out_blocks = number(1, 6);
    made.panes_per_pass = made.kernel * ((made.kernel + 2) / 3);
    made.pane_bytes =
        3 * config.accelerator.convolution.block_channels * config.accelerator.convolution.block_channels / 8;
    made.emits_codes = !one_of(4);
    made.emits_sums = !made.emits_codes || one_of(2);
    made.adds_residual = one_of(2);
    made.residual_bits = number(8, 16);
    made.sum_bits = number(8, 16);
    made.reads_image = one_of(6);
    made.more_codes = one_of(5) ? 1 : 0;
    return made;
  }

  Placement placement(const LayerShape& layer) {
    Placement made;
    made.stream_end = one_of(4) ? 1024 : 4096;
    if (!layer.reads_image && one_of(4)) made.input = 0;
    if (layer.emits_codes && one_of(4)) made.codes = 0;
    if (layer.shortcut && one_of(4)) made.shortcut_input = 0;
    if (one_of(6)) made.more_codes_stored = 1;
    return made;
  }

  /// Another platform, in one thing at most.
  void change(PlatformConfig& config) {
    auto& memory = config.accelerator.memory;
    const std::array<std::int64_t*, 6> all{&memory.weights_words,
                                           &memory.accumulators_words,
                                           &memory.residuals_words,
                                           &memory.results_words,
                                           &config.accelerator.convolution.cores,
                                           &memory.activations_banks};
    const auto which = static_cast<std::size_t>(number(0, static_cast<int>(all.size())));
    if (which < 4) *all[which] /= 1 << number(1, 5);
    if (which == 4) *all[which] = 2;
    if (which == 5) *all[which] = 1;
  }

  /// Another layer, in one thing.
  void change(LayerShape& layer) {
    const std::array<int*, 20> all{
        &layer.kernel,         &layer.stride,        &layer.in_height,     &layer.in_width,
        &layer.in_blocks,      &layer.out_height,    &layer.out_width,     &layer.out_blocks,
        &layer.panes_per_pass, &layer.more_codes,    &layer.sum_bits,      &layer.residual_bits,
        &layer.padding_above,  &layer.padding_left,  &layer.dilation_down, &layer.dilation_across,
        &layer.repeated_codes, &layer.repeated_sums, &layer.repeated_bits, nullptr};
    int* const one = all[static_cast<std::size_t>(number(0, 19))];
    if (one != nullptr)
      *one = *one == 16 ? 8 : *one + 1;
    else
      layer.adds_residual = !layer.adds_residual;
  }

 private:
  std::mt19937 random_;
};

/// The first of the lowest of all.
BestTiling lowest(const LayerShape& layer, const Placement& placement, const PlatformConfig& config) {
  BestTiling best;
  for (const Tiling& tiling : possible_tilings(layer, placement, config)) {
    const double cycles = CostModel(config).estimate(layer, tiling, placement).total();
    if (cycles < best.cycles) best = {tiling, cycles};
  }
  return best;
}

}  // namespace

TEST_CASE("The best tiling is the first with the lowest estimate of all, whatever was asked for before") {
  Draw draw(5);
  const PlatformConfig base;
  BestTilings tilings;
  std::size_t fit = 0;
  for (int i = 0; i < 1000; ++i) {
    LayerShape layer = Draw(static_cast<unsigned>(i / 100)).layer(base);
    if (i / 100 % 2 == 1) {
      LayerShape shortcut = Draw(static_cast<unsigned>(i / 100) + 50).layer(base);
      if (draw.one_of(4)) draw.change(shortcut);
      layer.shortcut = std::make_shared<LayerShape>(shortcut);
    }
    if (draw.one_of(2)) draw.change(layer);
    PlatformConfig config = base;
    draw.change(config);
    const Placement placement = draw.placement(layer);
    const BestTiling is = tilings.of(layer, placement, CostModel(config));
    const BestTiling expected = lowest(layer, placement, config);
    INFO("case " << i);
    REQUIRE(is.cycles == expected.cycles);
    REQUIRE(is.tiling.description(layer, placement) == expected.tiling.description(layer, placement));
    REQUIRE(is.tiling.in_blocks_per_pass == expected.tiling.in_blocks_per_pass);
    REQUIRE(is.tiling.in_blocks_per_load == expected.tiling.in_blocks_per_load);
    REQUIRE(is.tiling.activation_slots == expected.tiling.activation_slots);
    fit += is.cycles < std::numeric_limits<double>::infinity();
  }
  CHECK(fit > 500);
}

TEST_CASE("Layers of one shape are cut once, whatever they are called") {
  Draw draw(6);
  const PlatformConfig config;
  const CostModel model(config);
  BestTilings tilings;
  LayerShape layer = draw.layer(config);
  const BestTiling* first = &tilings.of(layer, draw.placement(layer), model);
  layer.name = "another";
  CHECK(&tilings.of(layer, Placement{}, model) != first);
  Draw again(6);
  const LayerShape same = again.layer(config);
  CHECK(&tilings.of(same, again.placement(same), model) == first);
}

TEST_CASE("Layers and places that differ in any one thing are cut each by itself") {
  const PlatformConfig config;
  const CostModel model(config);
  BestTilings tilings;
  LayerShape layer = Draw(6).layer(config);
  layer.shortcut = std::make_shared<LayerShape>(Draw(7).layer(config));
  LayerShape shortcut = *layer.shortcut;
  Placement place;
  place.stream_end = 4096;
  std::set<const BestTiling*> cut{&tilings.of(layer, place, model)};
  const auto is_new = [&] { return cut.insert(&tilings.of(layer, place, model)).second; };
  const auto numbers = [](LayerShape& of) {
    return std::vector<int*>{&of.kernel,         &of.stride,        &of.padding_above,  &of.padding_left,
                             &of.in_height,      &of.in_width,      &of.in_blocks,      &of.out_height,
                             &of.out_width,      &of.out_blocks,    &of.panes_per_pass, &of.residual_bits,
                             &of.sum_bits,       &of.more_codes,    &of.dilation_down,  &of.dilation_across,
                             &of.repeated_codes, &of.repeated_sums, &of.repeated_bits};
  };
  const auto truths = [](LayerShape& of) {
    return std::vector<bool*>{&of.emits_codes, &of.emits_sums, &of.adds_residual,
                              &of.reads_image, &of.codes_read, &of.sums_read};
  };
  for (LayerShape* of : {&layer, &shortcut}) {
    const auto is_cut = [&] {
      layer.shortcut = std::make_shared<LayerShape>(shortcut);
      return is_new();
    };
    for (int* number : numbers(*of)) {
      ++*number;
      CHECK(is_cut());
      --*number;
    }
    for (bool* truth : truths(*of)) {
      *truth = !*truth;
      CHECK(is_cut());
      *truth = !*truth;
    }
    of->pane_bytes *= 2;
    CHECK(is_cut());
    of->pane_bytes /= 2;
  }
  layer.shortcut = std::make_shared<LayerShape>(shortcut);
  CHECK_FALSE(is_new());
  for (auto* there : {&place.input, &place.codes, &place.shortcut_input}) {
    *there = 0;
    CHECK(is_new());
    there->reset();
  }
  place.more_codes_stored = 1;
  CHECK(is_new());
  layer.shortcut = nullptr;
  CHECK(is_new());
}
