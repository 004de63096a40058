#include "compiler/residency.h"

#include <algorithm>
#include <limits>

#include "compiler/layer_costs.h"

namespace ernsim::compiler {

namespace {

constexpr double impossible = std::numeric_limits<double>::infinity();

/// A tensor in A: words [begin, end) from layer `first` to layer `last`, both included. `maker` is `first`, or a
/// further activation that works with it.
struct Resident {
  std::size_t maker = 0, first = 0, last = 0;
  std::uint32_t begin = 0, end = 0;

  bool lives_in(std::size_t layer) const { return first <= layer && layer <= last; }
};

class Placer {
 public:
  Placer(const std::vector<PlacedLayer>& layers, const PlatformConfig& config, LayerCosts& costs)
      : layers_(layers),
        costs_(costs),
        words_(static_cast<std::uint32_t>(config.accelerator.memory.activations_words)) {}

  ActivationPlan run() {
    for (std::size_t layer = 0; layer < layers_.size(); ++layer)
      if (layers_[layer].shape.emits_codes) place(layer);
    ActivationPlan plan;
    for (std::size_t layer = 0; layer < layers_.size(); ++layer) {
      plan.placements.push_back(placement(layer));
      plan.tilings.emplace_back();
      if (!layers_[layer].has_tiling()) continue;
      const BestTiling& best = costs_.best(layers_[layer], plan.placements.back());
      plan.tilings.back() = best.tiling;
      plan.cycles += best.cycles;
    }
    return plan;
  }

 private:
  std::size_t last_reader(std::size_t producer) const {
    std::size_t last = producer;
    for (std::size_t layer = producer + 1; layer < layers_.size(); ++layer)
      if (reads(layer, producer)) last = layer;
    return last;
  }

  /// The layer in whose turn this one works.
  std::size_t worker(std::size_t layer) const {
    while (layers_[layer].again) --layer;
    return layer;
  }

  bool is_resident(std::size_t maker) const {
    return std::any_of(residents_.begin(), residents_.end(),
                       [maker](const Resident& each) { return each.maker == maker; });
  }

  bool reads(std::size_t layer, std::size_t producer) const {
    const int number = static_cast<int>(producer);
    return layers_[layer].producer == number || layers_[layer].shortcut_producer == number;
  }

  /// Keeps the codes of `layer` where that helps most, if it helps.
  void place(std::size_t layer) {
    const std::int64_t size = layers_[layer].shape.code_words();
    Resident tensor{layer, worker(layer), last_reader(layer), 0, 0};
    if (size > words_ || tensor.last == layer) return;
    double lowest = cost(tensor.first, tensor.last);
    Resident best;
    bool found = false;
    for (const std::uint32_t begin : places(tensor, static_cast<std::uint32_t>(size))) {
      tensor.begin = begin;
      tensor.end = begin + static_cast<std::uint32_t>(size);
      residents_.push_back(tensor);
      const double cycles = cost(tensor.first, tensor.last);
      residents_.pop_back();
      if (cycles > lowest || cycles == impossible || (found && cycles == lowest)) continue;
      lowest = cycles;
      best = tensor;
      found = true;
    }
    if (found) residents_.push_back(best);
  }

  /// Both ends of A and both sides of every tensor that lives at the same time, where nothing overlaps.
  std::vector<std::uint32_t> places(const Resident& tensor, std::uint32_t size) const {
    std::vector<std::uint32_t> begins{0, words_ - size};
    std::vector<Resident> neighbours;
    for (const Resident& other : residents_) {
      if (other.last < tensor.first || other.first > tensor.last) continue;
      neighbours.push_back(other);
      begins.push_back(other.end);
      if (other.begin >= size) begins.push_back(other.begin - size);
    }
    std::sort(begins.begin(), begins.end());
    begins.erase(std::unique(begins.begin(), begins.end()), begins.end());
    const auto overlaps = [&](std::uint32_t begin) {
      return begin + size > words_ || std::any_of(neighbours.begin(), neighbours.end(), [&](const Resident& other) {
               return begin < other.end && other.begin < begin + size;
             });
    };
    begins.erase(std::remove_if(begins.begin(), begins.end(), overlaps), begins.end());
    return begins;
  }

  double cost(std::size_t first, std::size_t last) {
    double cycles = 0;
    for (std::size_t layer = first; layer <= last; ++layer) cycles += cost(layer);
    return cycles;
  }

  double cost(std::size_t layer) {
    return !layers_[layer].has_tiling() ? 0 : costs_.best(layers_[layer], placement(layer)).cycles;
  }

  Placement placement(std::size_t layer) const {
    Placement made;
    std::vector<Resident> present;
    for (const Resident& each : residents_) {
      if (!each.lives_in(layer)) continue;
      present.push_back(each);
      if (each.maker == layer) made.codes = each.begin;
      if (layers_[layer].producer == static_cast<int>(each.maker)) made.input = each.begin;
      if (layers_[layer].shortcut_producer == static_cast<int>(each.maker)) made.shortcut_input = each.begin;
    }
    for (std::size_t more = layer + 1; more < layers_.size() && layers_[more].again; ++more)
      made.more_codes_stored += layers_[layer].has_tiling() && !is_resident(more) ? 1 : 0;
    std::sort(present.begin(), present.end(), [](const Resident& a, const Resident& b) { return a.begin < b.begin; });
    present.push_back({0, 0, words_, words_});
    std::uint32_t free_from = 0;
    for (const Resident& each : present) {  // the largest gap is for what passes through
      if (each.begin - free_from > made.stream_end - made.stream_begin) {
        made.stream_begin = free_from;
        made.stream_end = each.begin;
      }
      free_from = each.end;
    }
    return made;
  }

  const std::vector<PlacedLayer>& layers_;
  LayerCosts& costs_;
  std::uint32_t words_;
  std::vector<Resident> residents_;
};

}  // namespace

ActivationPlan place_activations(const std::vector<PlacedLayer>& layers, const PlatformConfig& config,
                                 LayerCosts& costs) {
  return Placer(layers, config, costs).run();
}

}  // namespace ernsim::compiler
