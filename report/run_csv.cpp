#include "report/run_csv.h"

#include <fmt/format.h>

#include <cmath>

#include "output/flat_csv.h"
#include "output/rounded.h"

namespace ernsim {

std::string to_csv(const RunReport& report) {
  std::string csv =
      "name,kind,stride,choice,macs,start_cycle,end_cycle,cycles,utilization,dram_read_bytes,dram_write_bytes,bound_"
      "by,dynamic_energy_mj,largest_magnitude,accumulator_bits_needed\n";
  for (const auto& layer : report.layers) {
    const std::string energy =
        std::isnan(layer.dynamic_energy_mj) ? "" : fmt::format("{:.9f}", rounded_to_nano(layer.dynamic_energy_mj));
    const std::string sums =
        layer.sums ? fmt::format("{},{}", workloads::largest_magnitude(*layer.sums), bits_needed(*layer.sums)) : ",";
    csv += fmt::format("{},{},{},{},{},{},{},{},{:.6f},{},{},{},{},{}\n", csv_field(layer.name), layer.kind,
                       layer.stride, csv_field(layer.choice), layer.macs, layer.start_cycle, layer.end_cycle,
                       layer.cycles, rounded(layer.utilization), layer.dram_read_bytes, layer.dram_write_bytes,
                       layer.bound_by, energy, sums);
  }
  return csv;
}

}  // namespace ernsim
