#include <catch2/catch.hpp>

#include "tests/support/simulation.h"
#include "workloads/folding.h"
#include "workloads/image.h"
#include "workloads/networks.h"

// What units book as work is what passes their ports. Each test elaborates one model.

using namespace ernsim;

namespace {

/// Bytes of every port, and sums added to what F holds.
class Beats : public PortObserver {
 public:
  explicit Beats(std::int64_t block_channels) : block_channels_(block_channels) {}

  void beats(const PortBeats& beats) override {
    bytes_[static_cast<std::size_t>(beats.port)] += static_cast<std::int64_t>(beats.count * beats.word_bytes);
    if (beats.instruction == nullptr) return;
    const ConvolutionOperands& operands = beats.instruction->convolution;
    if (beats.port == Port::convolution_weights_in)
      first_pane_ = beats.first_address == operands.weight_address;
    else if (beats.port == Port::convolution_accumulators_out && (operands.accumulate || !first_pane_))
      additions_ += static_cast<std::int64_t>(beats.count) * block_channels_;
  }

  std::int64_t bytes(Port port) const { return bytes_[static_cast<std::size_t>(port)]; }
  std::int64_t additions() const { return additions_; }

 private:
  std::int64_t block_channels_;
  std::array<std::int64_t, traced_port_count> bytes_{};
  bool first_pane_ = false;
  std::int64_t additions_ = 0;
};

const Work& work_of(const RunResult& result, UnitId unit) { return result.units[unit].work; }

void check_convolution(const Work& work, const Beats& beats, std::int64_t block) {
  const std::int64_t codes = beats.bytes(Port::convolution_activations_in);
  CHECK(work.additions == beats.additions());
  CHECK(work.read_bytes == codes + beats.bytes(Port::convolution_weights_in) + 2 * beats.additions());
  CHECK(work.write_bytes == beats.bytes(Port::convolution_accumulators_out));
  CHECK(work.macs > codes * 4 * block);  // a code meets B weights; padding is multiplied too, but not read
}

void check_quantization(const Work& work, const Beats& beats) {
  const std::int64_t residuals = beats.bytes(Port::quantization_residuals_in);
  const std::int64_t codes = beats.bytes(Port::quantization_codes_out);
  CHECK(work.additions == residuals / 2);
  CHECK(work.comparisons == codes * 4 * 3);
  CHECK(work.read_bytes ==
        beats.bytes(Port::quantization_accumulators_in) + residuals + beats.bytes(Port::quantization_thresholds_in));
  CHECK(work.write_bytes == codes + beats.bytes(Port::quantization_sums_out));
}

void check(PlatformConfig config) {
  config.accelerator.dma.pack_sums = false;  // so that bytes on chip are bytes at the port
  const std::int64_t block = config.accelerator.convolution.block_channels;
  const auto graph = workloads::build_network("ERNs18x075", {"released", 64, 64, 10});
  const auto network = workloads::fold(graph, workloads::seeded_parameters(graph, 5));
  Beats beats(block);
  RunOptions options;
  options.ports = &beats;
  const RunResult result = test::simulate(network, workloads::generated_image(64, 64, 3), config, options).result;
  check_convolution(work_of(result, UnitId::convolution), beats, block);
  check_quantization(work_of(result, UnitId::quantization), beats);
  CHECK(work_of(result, UnitId::load_weights).write_bytes == beats.bytes(Port::load_weights_data));
  CHECK(work_of(result, UnitId::load_thresholds).write_bytes == beats.bytes(Port::load_thresholds_data));
  CHECK(work_of(result, UnitId::load_residuals).write_bytes == beats.bytes(Port::load_residuals_data));
  CHECK(work_of(result, UnitId::load_activations).write_bytes == beats.bytes(Port::load_activations_writes));
  CHECK(work_of(result, UnitId::load_thresholds).write_bytes == beats.bytes(Port::load_thresholds_writes));
  CHECK(work_of(result, UnitId::load_residuals).write_bytes == beats.bytes(Port::load_residuals_writes));
  CHECK(work_of(result, UnitId::store).read_bytes == beats.bytes(Port::store_data));
}

}  // namespace

TEST_CASE("work is what passes the ports of the default platform") { check({}); }

TEST_CASE("work is what passes the ports with a lane less than kernel columns") {
  PlatformConfig config;
  config.accelerator.convolution.lanes = 2;
  check(config);
}

TEST_CASE("work is what passes the ports with lanes on pixels and two cores") {
  PlatformConfig config;
  config.accelerator.convolution.lane_mapping = LaneMapping::pixels;
  config.accelerator.convolution.cores = 2;
  check(config);
}

TEST_CASE("work is what passes the ports with blocks of 16 channels") {
  PlatformConfig config;
  config.accelerator.convolution.block_channels = 16;
  check(config);
}
