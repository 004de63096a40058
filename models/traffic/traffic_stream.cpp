#include "models/traffic/traffic_stream.h"

#include <algorithm>
#include <cmath>

namespace ernsim {

namespace {

constexpr std::int64_t million = 1'000'000;
constexpr __int128 ps_per_second = 1'000'000'000'000;

/// SplitMix64 (Steele, Lea, Flood 2014): a random number of each number.
std::uint64_t mixed(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

/// Sources of different names draw different addresses.
std::uint64_t seed_of(const TrafficConfig& config) {
  std::uint64_t seed = mixed(static_cast<std::uint64_t>(config.seed));
  for (const char letter : config.name) seed = mixed(seed ^ static_cast<unsigned char>(letter));
  return seed;
}

}  // namespace

TrafficStream::TrafficStream(const TrafficConfig& config)
    : config_(config),
      bytes_per_second_(std::llround(config.rate_mb_s * 1e6)),
      writes_per_million_(std::llround(config.write_fraction * 1e6)),
      seed_(seed_of(config)) {}

Picoseconds TrafficStream::due_ps(std::int64_t number) const {
  if (bytes_per_second_ == 0) return never;
  const __int128 bytes = static_cast<__int128>(number) * config_.burst_bytes;
  return static_cast<Picoseconds>((bytes * ps_per_second + bytes_per_second_ - 1) / bytes_per_second_);
}

std::int64_t TrafficStream::due_until(Picoseconds time_ps) const {
  if (bytes_per_second_ == 0 || time_ps < 0) return 0;
  const __int128 bytes = static_cast<__int128>(time_ps) * bytes_per_second_ / ps_per_second;
  return static_cast<std::int64_t>(bytes / config_.burst_bytes) + 1;
}

TrafficBurst TrafficStream::burst(std::int64_t number) const {
  const bool write = (number + 1) * writes_per_million_ / million > number * writes_per_million_ / million;
  return {static_cast<std::uint64_t>(config_.address + offset(number)), write};
}

std::int64_t TrafficStream::offset(std::int64_t number) const {
  const std::int64_t bursts = config_.range_bytes / config_.burst_bytes;
  if (config_.pattern == TrafficAddresses::linear) return number % bursts * config_.burst_bytes;
  if (config_.pattern == TrafficAddresses::random) {
    const std::uint64_t drawn = mixed(seed_ ^ static_cast<std::uint64_t>(number));
    return static_cast<std::int64_t>(drawn % static_cast<std::uint64_t>(bursts)) * config_.burst_bytes;
  }
  const std::int64_t steps = (config_.range_bytes + config_.stride_bytes - 1) / config_.stride_bytes;
  const std::int64_t pass = number / steps;
  const std::int64_t at = number % steps * config_.stride_bytes + pass * config_.burst_bytes % config_.stride_bytes;
  return std::min(at, config_.range_bytes - config_.burst_bytes);
}

}  // namespace ernsim
