#include "simulation/run_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

namespace ernsim {

namespace {

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

}  // namespace

std::string device_text(const Resources& used, const FpgaDevice& device) {
  std::string most;
  double largest = -1;
  visit_resources(shares_of(used, device), [&](const char* name, double share) {
    if (share > largest) most = name;
    largest = std::max(largest, share);
  });
  if (!std::isfinite(largest)) return fmt::format("{} has no {}", device.name, upper(most));
  return fmt::format("{} {}, with {:.1f}% of its {}", fits(used, device) ? "fits" : "too large for", device.name,
                     100 * largest, upper(most));
}

std::string device_text(const PlatformConfig& platform) {
  return device_text(resources_of(platform.accelerator, platform.fpga), device_of(platform.fpga.device));
}

std::string choice_text(const ScheduleSearch& search) {
  if (search.tried.empty()) return "";
  const std::string& as_if = search.tried[search.taken].as_if;
  return fmt::format("the fastest of {} simulated{}", search.tried.size(), as_if.empty() ? "" : ", made for " + as_if);
}

}  // namespace ernsim
