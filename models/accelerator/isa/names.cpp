#include "models/accelerator/isa/instruction.h"
#include "models/accelerator/unit/statistics.h"

namespace ernsim {
namespace {

template <std::size_t size, class Enum>
const char* look_up(const std::array<const char*, size>& names, Enum value) {
  const auto index = static_cast<std::size_t>(value);
  return index < size ? names[index] : "unknown";
}

constexpr std::array<const char*, unit_count> unit_names{
    "load_activations", "load_weights", "load_thresholds", "load_residuals", "convolution", "quantization", "store"};

constexpr std::array<const char*, memory_count> memory_names{"activations", "weights", "thresholds", "accumulators",
                                                             "residuals",   "results", "external"};

constexpr std::array<const char*, stall_cause_count> stall_cause_names{
    "none",          "instructions", "input",  "weights", "thresholds", "accumulators", "residuals",
    "output_buffer", "external",     "memory", "port",    "row_miss",   "turnaround",   "refresh"};

}  // namespace

const char* name_of(UnitId unit) { return look_up(unit_names, unit); }
const char* name_of(MemoryId memory) { return look_up(memory_names, memory); }
const char* name_of(StallCause cause) { return look_up(stall_cause_names, cause); }

}  // namespace ernsim
