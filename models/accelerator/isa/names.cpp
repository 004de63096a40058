#include "models/accelerator/isa/instruction.h"
#include "models/accelerator/unit/statistics.h"

namespace ernsim {
namespace {

template <class Enum>
const char* look_up(const EnumArray<Enum, const char*>& names, Enum value) {
  return index_of(value) < names.size() ? names[value] : "unknown";
}

constexpr EnumArray<UnitId, const char*> unit_names{
    "load_activations", "load_weights", "load_thresholds", "load_residuals", "convolution", "quantization", "store"};

constexpr EnumArray<MemoryId, const char*> memory_names{"activations", "weights", "thresholds", "accumulators",
                                                        "residuals",   "results", "external"};

constexpr EnumArray<StallCause, const char*> stall_cause_names{
    "none",     "instructions", "input", "weights",  "thresholds", "accumulators", "residuals", "output_buffer",
    "external", "memory",       "port",  "row_miss", "turnaround", "refresh",      "bank"};

}  // namespace

const char* name_of(UnitId unit) { return look_up(unit_names, unit); }
const char* name_of(MemoryId memory) { return look_up(memory_names, memory); }
const char* name_of(StallCause cause) { return look_up(stall_cause_names, cause); }

}  // namespace ernsim
