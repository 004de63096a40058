#include "models/dram/agreement.h"

namespace ernsim {

namespace {

using Addresses = TrafficPattern::Addresses;
using Direction = TrafficPattern::Direction;

TrafficPattern pattern(Addresses addresses, Direction direction, std::int64_t requests, std::int64_t run_bytes = 0) {
  TrafficPattern made;
  made.addresses = addresses;
  made.direction = direction;
  made.requests = requests;
  made.run_bytes = run_bytes;
  made.write_base = 1U << 29;
  return made;
}

}  // namespace

std::vector<AgreementCase> agreement_cases(std::int64_t requests) {
  constexpr auto interleaved = AddressMapping::row_column_bank;
  const auto sequential = [requests](Direction direction) {
    return pattern(Addresses::sequential, direction, requests);
  };
  const auto random = [requests](Direction direction) { return pattern(Addresses::random, direction, requests); };
  const auto alternating = [requests](std::int64_t run) {
    return pattern(Addresses::sequential, Direction::alternating, requests, run);
  };
  return {
      {"sequential read, bank groups interleaved", interleaved, sequential(Direction::reads), {0.951, 0.951, 0.951}},
      {"sequential write, bank groups interleaved", interleaved, sequential(Direction::writes), {0.949, 0.949, 0.948}},
      {"sequential read, one bank group at a time",
       AddressMapping::row_bank_column,
       sequential(Direction::reads),
       {0.748, 0.748, 0.785}},
      {"random read", interleaved, random(Direction::reads), {0.578, 0.581, 0.583}},
      {"random, half read, half write", interleaved, random(Direction::random_half), {0.554, 0.560, 0.552}},
      {"alternating, runs of 256 B", interleaved, alternating(256), {0.893, 0.771, 0.885}},
      {"alternating, runs of 1 KiB", interleaved, alternating(1024), {0.898, 0.775, 0.889}},
      {"alternating, runs of 4 KiB", interleaved, alternating(4096), {0.912, 0.853, 0.909}},
      {"alternating, runs of 16 KiB", interleaved, alternating(16384), {0.940, 0.923, 0.938}},
  };
}

TrafficOutcome measure(const DramConfig& config, const TrafficPattern& pattern) {
  Traffic traffic(config, pattern);
  for (Cycle now = 0; now != never && !traffic.finished();) now = traffic.serve(now);
  const auto requests = static_cast<double>(pattern.requests);
  return {requests * static_cast<double>(dram_burst_cycles) / static_cast<double>(traffic.last_done()),
          static_cast<double>(traffic.total_latency()) / requests * static_cast<double>(dram_clock(config).period_ps) /
              1000.0};
}

}  // namespace ernsim
