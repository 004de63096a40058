// Compiled once for each Verilated model, which the build names.
#include ERNSIM_RTL_HEADER
#include "tests/rtl/bench/compute_loop_rtl.h"
#include "tests/rtl/bench/convolution_rtl.h"
#include "tests/rtl/bench/quantization_rtl.h"

namespace ernsim::rtl {

std::unique_ptr<Rtl> ERNSIM_RTL_FACTORY(const Stimulus& stimulus) {
  return std::make_unique<ERNSIM_RTL_ADAPTER<ERNSIM_RTL_MODEL>>(stimulus);
}

}  // namespace ernsim::rtl
