#include "models/estimates/fpga/devices.h"

#include <algorithm>
#include <limits>

namespace ernsim {

namespace {

double share_of(std::int64_t used, std::int64_t has) {
  if (used == 0) return 0;
  return has == 0 ? std::numeric_limits<double>::infinity() : static_cast<double>(used) / static_cast<double>(has);
}

}  // namespace

PerResource<double> shares_of(const Resources& used, const FpgaDevice& device) {
  const Resources& has = device.has;
  return {share_of(used.lut, has.lut), share_of(used.ff, has.ff), share_of(used.bram18, has.bram18),
          share_of(used.uram, has.uram), share_of(used.dsp, has.dsp)};
}

Resources lacking_of(const Resources& used, const FpgaDevice& device) {
  const auto lacking = [](std::int64_t needed, std::int64_t has) { return std::max<std::int64_t>(needed - has, 0); };
  const Resources& has = device.has;
  return {lacking(used.lut, has.lut), lacking(used.ff, has.ff), lacking(used.bram18, has.bram18),
          lacking(used.uram, has.uram), lacking(used.dsp, has.dsp)};
}

double share_of(const Resources& used, const FpgaDevice& device) {
  double largest = 0;
  visit_resources(shares_of(used, device),
                  [&largest](const char*, double share) { largest = std::max(largest, share); });
  return largest;
}

}  // namespace ernsim
