#include "models/dram/measure/agreement.h"

#include <map>

#include "models/dram/measure/closed_forms.h"

namespace ernsim {

namespace {

using Addresses = TrafficPattern::Addresses;
using Direction = TrafficPattern::Direction;
using Tools = std::array<double, 3>;

/// What the tools have with this part's parameters, case by case in the order of agreement_cases(). DRAMSys, Ramulator
/// (for LPDDR4 its first version) and DRAMsim3.
const std::map<std::string, std::vector<Tools>>& tools_figures() {
  static const std::map<std::string, std::vector<Tools>> figures{
      {"ddr3_1600_x8",
       {{.963, .963, .962},
        {.963, .960, .960},
        {.920, .920, .920},
        {.634, .636, .632},
        {.513, .559, .523},
        {.916, .763, .899},
        {.909, .827, .900},
        {.921, .885, .924},
        {.952, .940, .951}}},
      {"generic_x8",
       {{.951, .951, .951},
        {.949, .949, .948},
        {.607, .607, .607},
        {.578, .581, .583},
        {.554, .560, .552},
        {.893, .771, .885},
        {.898, .775, .889},
        {.912, .853, .909},
        {.940, .923, .938}}},
      {"kv260_x16",
       {{.951, .951, .947},
        {.948, .948, .942},
        {.607, .607, .607},
        {.419, .420, .420},
        {.372, .374, .377},
        {.843, .680, .870},
        {.828, .740, .879},
        {.858, .828, .895},
        {.925, .912, .935}}},
      {"ddr4_2400_x16_32b",
       {{.951, .951, .947},
        {.948, .948, .942},
        {.607, .607, .607},
        {.419, .420, .420},
        {.372, .374, .377},
        {.845, .693, .875},
        {.783, .739, .878},
        {.903, .883, .919},
        {.937, .928, .941}}},
      {"lpddr4_3200_x16",
       {{.915, .917, .916},
        {.909, .911, .912},
        {.812, .820, .820},
        {.428, .456, .454},
        {.382, .417, .405},
        {.828, .721, .842},
        {.792, .762, .840},
        {.881, .867, .890},
        {.906, .899, .908}}},
  };
  return figures;
}

TrafficPattern pattern(Addresses addresses, Direction direction, std::int64_t run_bytes = 0) {
  TrafficPattern made;
  made.addresses = addresses;
  made.direction = direction;
  made.run_bytes = run_bytes;
  return made;
}

/// Sequential and random reads 0.015, mixed traffic 0.02 outside the span of the tools; without them, of the closed
/// form, of which random reads may lack 0.05: LPDDR5 has four commands for two cycles of data.
void allow(AgreementCase& each, bool exact) {
  const auto [least, most] = std::minmax_element(each.tools.begin(), each.tools.end());
  const double margin = each.pattern.direction == Direction::random_half ? 0.02 : 0.015;
  if (*most > 0) {
    each.low = *least - margin;
    each.high = *most + margin;
  } else {
    each.low = exact                                        ? each.closed_form - 0.015
               : each.pattern.direction == Direction::reads ? each.closed_form - 0.05
                                                            : 0;
    each.high = std::min(1.0, each.closed_form + 0.015);
  }
}

}  // namespace

std::vector<AgreementCase> agreement_cases(const DramConfig& config, std::int64_t requests) {
  const DramTiming timing = dram_timing(config);
  const ClosedForms closed(timing);
  constexpr auto interleaved = AddressMapping::row_column_bank;
  const std::vector<AddressMapping> one_bank{AddressMapping::bank_row_column}, banks{interleaved};
  const std::vector<AddressMapping> best{interleaved, AddressMapping::row_bank_column_bank_group};
  std::vector<AgreementCase> cases{
      {"sequential read", best, pattern(Addresses::sequential, Direction::reads), {}, closed.sequential(false)},
      {"sequential write", best, pattern(Addresses::sequential, Direction::writes), {}, closed.sequential(true)},
      {"sequential read, one bank",
       one_bank,
       pattern(Addresses::sequential, Direction::reads),
       {},
       closed.rows_of_one_bank()},
      {"random read", banks, pattern(Addresses::random, Direction::reads), {}, closed.random()},
      {"random, half written", banks, pattern(Addresses::random, Direction::random_half), {}, closed.random()},
  };
  for (const auto& [name, bytes] : {std::pair{"256 B", 256}, {"1 KiB", 1024}, {"4 KiB", 4096}, {"16 KiB", 16384}})
    cases.push_back({std::string("alternating, runs of ") + name,
                     banks,
                     pattern(Addresses::sequential, Direction::alternating, bytes),
                     {},
                     closed.in_groups(1e9)});
  const std::uint64_t capacity = DramAddressMapping(interleaved, timing).capacity();
  const auto known = tools_figures().find(config.part.name);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    cases[i].pattern.requests = requests;
    cases[i].pattern.bytes = capacity;
    cases[i].pattern.write_base = std::min<std::uint64_t>(capacity / 2, 1U << 29);
    if (known != tools_figures().end()) cases[i].tools = known->second[i];
    allow(cases[i], i < 3);
  }
  return cases;
}

TrafficOutcome measure(const DramConfig& config, const TrafficPattern& pattern) {
  Traffic traffic(config, pattern);
  for (Cycle now = 0; now != never && !traffic.finished();) now = traffic.serve(now);
  const DramTiming& timing = traffic.channel().timing();
  const auto requests = static_cast<double>(pattern.requests);
  const auto changes = static_cast<double>(traffic.channel().statistics().turnarounds);
  return {
      requests * static_cast<double>(timing.burst) / static_cast<double>(traffic.last_done()),
      static_cast<double>(traffic.total_latency()) / requests * static_cast<double>(timing.clock.period_ps) / 1000.0,
      requests / (changes + 1)};
}

TrafficOutcome measure(const DramConfig& config, const AgreementCase& each) {
  TrafficOutcome best;
  for (const AddressMapping mapping : each.mappings) {
    DramConfig mapped = config;
    mapped.mapping = mapping;
    const TrafficOutcome outcome = measure(mapped, each.pattern);
    if (outcome.bandwidth_fraction > best.bandwidth_fraction) best = outcome;
  }
  return best;
}

double single_read_ns(const DramConfig& config, TrafficPattern::Addresses addresses, std::int64_t requests) {
  TrafficPattern pattern;
  pattern.addresses = addresses;
  pattern.requests = requests;
  pattern.outstanding = 1;
  DramConfig interleaved = config;
  interleaved.mapping = AddressMapping::row_column_bank;
  return measure(interleaved, pattern).average_latency_ns;
}

}  // namespace ernsim
