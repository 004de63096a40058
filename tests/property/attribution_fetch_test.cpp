#include <algorithm>

#include "tests/property/attribution.h"

// Whose turn a fetch is, against arrivals and starts of instructions.

using namespace ernsim;
using test::Evidence;
using test::PortBeat;
using test::RandomCase;
using test::Span;
using test::Spans;

namespace {

/// Round robin over units with room for a whole burst and none under way, by the instructions' own times.
class FetchTurns {
 public:
  FetchTurns(const RandomCase& chosen, const Evidence& evidence) : chosen_(chosen), evidence_(evidence) {
    const auto width = chosen.config.accelerator.interconnect.port_width_bytes;
    at_once_ = std::clamp<std::int64_t>(16 * width / 64, 1, 4);
    for (const PortBeat& beat : evidence.of(Port::fetched)) arrivals_[beat.value >> 8 & 0xFF].push_back(beat.cycle);
  }
  std::string faults() {
    UnitId turn{};
    for (const PortBeat& burst : evidence_.of(Port::fetch_burst)) {
      const UnitId unit = unit_of(burst.address);
      for (std::size_t i = 0; i < unit_count; ++i) {
        const UnitId other = after(turn, i);
        if (other == unit) break;
        if (possible(other, burst.cycle))
          return fmt::format("cycle {}: {} is fetched for, it was the turn of {}\n", burst.cycle, name_of(unit),
                             name_of(other));
      }
      if (!possible(unit, burst.cycle)) return fmt::format("cycle {}: a fetch without room\n", burst.cycle);
      issued_[unit] += burst.value / 64;
      turn = after(unit);
    }
    return "";
  }

 private:
  /// Streams lie one after the other: the instruction a fetch begins with is known from what came of it.
  UnitId unit_of(std::uint32_t address) const {
    UnitId found{};
    std::uint32_t nearest = 0;
    for (const UnitId unit : each<UnitId>()) {
      const std::uint32_t begin = register_value(unit);
      if (!chosen_.schedule.streams[unit].empty() && begin <= address && begin >= nearest)
        found = unit, nearest = begin;
    }
    return found;
  }
  /// What the host wrote to the unit's `stream_address`.
  std::uint32_t register_value(UnitId unit) const {
    constexpr std::uint32_t first = 0x040 / 4;
    std::uint32_t value = 0;
    for (const PortBeat& beat : evidence_.of(Port::register_write))
      if (beat.address == first + index_of(unit) && beat.cycle <= evidence_.frame_start) value = beat.value;
    return value;
  }
  bool possible(UnitId unit, Cycle cycle) const {
    const auto all = static_cast<std::int64_t>(chosen_.schedule.streams[unit].size());
    const auto arrived = [&](Cycle until) { return count_until(arrivals_[index_of(unit)], until); };
    if (issued_[unit] >= all || arrived(cycle) < issued_[unit]) return false;
    std::int64_t started = 0;
    for (const PortBeat& beat : evidence_.of(Port::instruction_start, unit)) started += beat.cycle < cycle ? 1 : 0;
    const std::int64_t wanted = std::min(all - issued_[unit], at_once_);
    return issued_[unit] - started + wanted <= chosen_.config.accelerator.control.queue_depth;
  }
  static std::int64_t count_until(const std::vector<Cycle>& cycles, Cycle until) {
    return std::upper_bound(cycles.begin(), cycles.end(), until) - cycles.begin();
  }

  const RandomCase& chosen_;
  const Evidence& evidence_;
  std::int64_t at_once_;
  std::array<std::vector<Cycle>, 256> arrivals_;
  EnumArray<UnitId, std::int64_t> issued_{};
};

}  // namespace

TEST_CASE("instructions are fetched round robin, for whom there is room", "[attribution]") {
  test::check_cases(
      6, [](const RandomCase& chosen, const Evidence& evidence) { return FetchTurns(chosen, evidence).faults(); });
}
