#pragma once

#include <string>
#include <utility>
#include <vector>

#include "models/accelerator/accelerator_config.h"
#include "models/estimates/fpga/fpga_config.h"

namespace ernsim {

/// An amount of each kind of resource of an FPGA.
template <class Amount>
struct PerResource {
  Amount lut = 0;
  Amount ff = 0;
  Amount bram18 = 0;  ///< block RAMs of 18 kbit
  Amount uram = 0;
  Amount dsp = 0;
};

/// What something takes of an FPGA, or what an FPGA has.
using Resources = PerResource<std::int64_t>;

/// Calls visit(name, amount) for each kind.
template <class Amount, class Visitor>
void visit_resources(const PerResource<Amount>& r, Visitor&& visit) {
  visit("lut", r.lut);
  visit("ff", r.ff);
  visit("bram18", r.bram18);
  visit("uram", r.uram);
  visit("dsp", r.dsp);
}

/// What one part of the accelerator takes.
struct PartResources {
  std::string name;  ///< a unit or a memory
  Resources used;
};

/// Units without RTL: their LUT and FF are in no figure.
extern const std::vector<std::string> uncounted_logic;

/// What a configuration takes, by part. Memories are counted (memory_mapping.h). Logic is what Yosys is expected to
/// make of the RTL units (logic_fit.h); that of `uncounted_logic` is missing.
std::vector<PartResources> resources_by_part(const AcceleratorConfig& config, const FpgaConfig& fpga);

/// The sum of the parts.
Resources resources_of(const AcceleratorConfig& config, const FpgaConfig& fpga);

}  // namespace ernsim
