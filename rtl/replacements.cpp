#include "rtl/replacements.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "rtl/built_designs.h"
#include "rtl/convolution_rtl.h"
#include "rtl/quantization_rtl.h"

namespace ernsim::rtl {

namespace {

void require(const char* key, std::int64_t is, std::int64_t must_be) {
  if (is != must_be) throw std::invalid_argument(fmt::format("{} is {}; the RTL has {}", key, is, must_be));
}

/// What the RTL leaves fixed, and the depths that the built designs have: the defaults in rtl/design.
void check(const std::string& unit, const AcceleratorConfig& config) {
  require("control.queue_depth", config.control.queue_depth, 16);
  require("memory.accumulator_bits", config.memory.accumulator_bits, 16);
  require("convolution.cores", config.convolution.cores, 1);
  if (unit == "convolution") {
    if (config.convolution.lane_mapping != LaneMapping::kernel_columns)
      throw std::invalid_argument("convolution.lane_mapping is pixels; the RTL has kernel_columns");
    require("memory.activations_banks", config.memory.activations_banks, 4);
    require("convolution.issue_cycles", config.convolution.issue_cycles, 2);
    require("convolution.pipeline_cycles", config.convolution.pipeline_cycles, 8);
    const auto& array = config.convolution;
    if (array.pane_load_cycles != 0)
      require("convolution.pane_load_cycles", array.pane_load_cycles, array.block_channels);
  } else {
    require("quantization.issue_cycles", config.quantization.issue_cycles, 2);
    require("quantization.pipeline_cycles", config.quantization.pipeline_cycles, 6);
    require("memory.activations_write_ports", config.memory.activations_write_ports, 2);
  }
}

BuiltDesign find(UnitId unit, const ConvolutionConfig& array, const std::vector<BuiltDesign>& designs) {
  std::string there;
  for (const BuiltDesign& design : designs) {
    if (design.unit != unit) continue;
    const bool fits = design.block_channels == array.block_channels;
    if (fits && (design.lanes == 0 || design.lanes == array.lanes)) return design;
    there += fmt::format("{}{}{}", there.empty() ? "" : ", ", design.block_channels,
                         design.lanes == 0 ? "" : fmt::format(" x {}", design.lanes));
  }
  throw std::invalid_argument(
      fmt::format("{} with block_channels {}, lanes {} was not built; there are {} (-DERNSIM_RTL_ARRAYS)",
                  name_of(unit), array.block_channels, array.lanes, there));
}

template <class Unit>
UnitMaker maker(UnitId id, const AcceleratorConfig& config, const std::vector<BuiltDesign>& designs) {
  const BuiltDesign design = find(id, config.convolution, designs);
  return [config, design](const UnitContext& context) {
    return std::make_unique<Unit>(context, config,
                                  design.make(static_cast<std::size_t>(config.memory.activations_banks)));
  };
}

}  // namespace

UnitMakers replacements(const std::set<std::string>& units, const AcceleratorConfig& config) {
  const std::vector<BuiltDesign> designs = built_designs();
  if (!units.empty() && designs.empty())
    throw std::invalid_argument("this program was built without RTL; cmake -DERNSIM_RTL=ON, which needs verilator");
  UnitMakers made;
  for (const std::string& unit : units) {
    check(unit, config);
    if (unit == "convolution")
      made.set(UnitId::convolution, maker<ConvolutionRtl>(UnitId::convolution, config, designs));
    else if (unit == "quantization")
      made.set(UnitId::quantization, maker<QuantizationRtl>(UnitId::quantization, config, designs));
    else
      throw std::invalid_argument(fmt::format("no RTL for '{}'; there is for convolution, quantization", unit));
  }
  return made;
}

}  // namespace ernsim::rtl
