#include "tools/run_csv.h"

#include <fmt/format.h>

namespace ernsim::tools {

namespace {

/// Quoted as RFC 4180 asks.
std::string field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (char c : text) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + '"';
}

}  // namespace

std::string to_csv(const RunReport& report) {
  std::string csv =
      "name,kind,stride,choice,macs,start_cycle,end_cycle,cycles,utilization,dram_read_bytes,dram_write_bytes,bound_"
      "by\n";
  for (const auto& layer : report.layers)
    csv += fmt::format("{},{},{},{},{},{},{},{},{:.6f},{},{},{}\n", field(layer.name), layer.kind, layer.stride,
                       field(layer.choice), layer.macs, layer.start_cycle, layer.end_cycle, layer.cycles,
                       layer.utilization, layer.dram_read_bytes, layer.dram_write_bytes, layer.bound_by);
  return csv;
}

}  // namespace ernsim::tools
