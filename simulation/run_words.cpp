#include "simulation/run_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

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

std::string limits_text(const RunReport& report) {
  const std::int64_t all = std::accumulate(report.slots.begin(), report.slots.end(), std::int64_t{0});
  std::vector<SlotUse> idle;
  for (const SlotUse use : each<SlotUse>())
    if (use != SlotUse::compute && 2000 * report.slots[use] >= all && all > 0) idle.push_back(use);
  std::stable_sort(idle.begin(), idle.end(), [&report](auto a, auto b) { return report.slots[a] > report.slots[b]; });
  std::string text;
  for (const SlotUse use : idle) {
    std::string name = name_of(use);
    std::replace(name.begin(), name.end(), '_', ' ');
    const double share = static_cast<double>(report.slots[use]) / static_cast<double>(all);
    text += fmt::format("{}{} {:.1f}%", text.empty() ? "" : ", ", name, 100 * share);
  }
  return text;
}

}  // namespace ernsim
