#include "models/estimates/fpga/resources.h"

#include <algorithm>
#include <cmath>

#include "models/estimates/fpga/logic_fit.h"
#include "models/estimates/fpga/memory_mapping.h"

namespace ernsim {

namespace {

/// A memory of `words` words, of which `at_once` are read or written in a cycle: as many times as wide, and as shallow;
/// or in banks, each of which has one read and one write port.
struct MemoryShape {
  std::int64_t words, width_bits, at_once, banks = 1;
  /// Of a bank.
  std::int64_t rows() const { return (words + at_once * banks - 1) / (at_once * banks); }
  std::int64_t row_bits() const { return width_bits * at_once; }
};

PartResources memory_part(const char* name, const MemoryShape& shape, std::int64_t uram_min_words) {
  PartResources part{name, {}};
  if (shape.rows() <= lut_ram_words)
    part.used.lut = shape.banks * lut_ram_of(shape.rows(), shape.row_bits());
  else if (uram_min_words > 0 && shape.words >= uram_min_words)
    part.used.uram = shape.banks * uram_of(shape.rows(), shape.row_bits());
  else
    part.used.bram18 = shape.banks * bram18_of(shape.rows(), shape.row_bits());
  return part;
}

/// A gang's buffer takes a beat of each port at once.
std::int64_t gang_of(const InterconnectConfig& config, std::int64_t gang) { return std::min(gang, config.ports); }

std::vector<PartResources> memory_parts(const AcceleratorConfig& config, const FpgaConfig& fpga) {
  const MemoryConfig& memory = config.memory;
  const std::int64_t block = config.convolution.block_channels, sum_bits = block * memory.accumulator_bits;
  const InterconnectConfig& ports = config.interconnect;
  const std::int64_t beat_bits = 8 * ports.port_width_bytes;
  const std::int64_t under_way = config.dma.max_outstanding * config.dma.max_burst_beats;
  const std::int64_t uram = fpga.uram_min_words, cores = config.convolution.cores;
  // Lanes on kernel columns add to one pixel's sums; lanes on pixels have one each.
  const std::int64_t pixels =
      config.convolution.lane_mapping == LaneMapping::pixels ? cores * config.convolution.lanes : cores;
  return {
      memory_part("activations", {memory.activations_words, 2 * block, cores, memory.activations_banks}, uram),
      memory_part("weights", {memory.weights_words, config.convolution.lanes * block, 1}, uram),
      memory_part("thresholds", {memory.thresholds_entries, 64 * block, 1}, uram),
      memory_part("accumulators", {memory.accumulators_words, sum_bits, pixels}, uram),
      memory_part("residuals", {memory.residuals_words, sum_bits, cores}, uram),
      memory_part("results", {memory.results_words, sum_bits, cores}, uram),
      memory_part("embedding_buffer",
                  {config.pixel_embedding.buffer_beats, beat_bits, gang_of(ports, ports.gang_of_load_activations)},
                  uram),
      memory_part("load_weights_buffer", {under_way, beat_bits, gang_of(ports, ports.gang_of_load_weights)}, uram),
      memory_part("load_thresholds_buffer", {under_way, beat_bits, 1}, uram),
      memory_part("load_residuals_buffer", {under_way, beat_bits, gang_of(ports, ports.gang_of_load_residuals)}, uram),
      memory_part("store_buffer", {under_way, beat_bits, gang_of(ports, ports.gang_of_store)}, uram)};
}

/// A core is a copy of both units.
PartResources logic_part(const char* name, const Logic& logic, std::int64_t cores) {
  PartResources part{name, {}};
  part.used.lut = std::llround(logic.lut) * cores;
  part.used.ff = std::llround(logic.ff) * cores;
  return part;
}

std::vector<PartResources> logic_parts(const ConvolutionConfig& array) {
  return {logic_part("convolution", convolution_logic(array.block_channels, array.lanes), array.cores),
          logic_part("quantization", quantization_logic(array.block_channels), array.cores)};
}

}  // namespace

const std::vector<std::string> uncounted_logic{"load engines", "store engine", "pixel embedding", "controller",
                                               "interconnect"};

std::vector<PartResources> resources_by_part(const AcceleratorConfig& config, const FpgaConfig& fpga) {
  std::vector<PartResources> parts = logic_parts(config.convolution);
  for (PartResources& part : memory_parts(config, fpga)) parts.push_back(part);
  return parts;
}

Resources resources_of(const AcceleratorConfig& config, const FpgaConfig& fpga) {
  Resources sum;
  for (const PartResources& part : resources_by_part(config, fpga)) {
    sum.lut += part.used.lut;
    sum.ff += part.used.ff;
    sum.bram18 += part.used.bram18;
    sum.uram += part.used.uram;
    sum.dsp += part.used.dsp;
  }
  return sum;
}

}  // namespace ernsim
