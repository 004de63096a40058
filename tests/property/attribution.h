#pragma once

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <functional>

#include "tests/property/evidence.h"

namespace ernsim::test {

/// What is wrong with what a case's cycles, bytes and waits are booked under; empty if nothing is.
using Attribution = std::function<std::string(const RandomCase&, const Evidence&)>;
using Change = std::function<void(PlatformConfig&)>;

inline constexpr UnitId loads[] = {UnitId::load_activations, UnitId::load_weights, UnitId::load_thresholds,
                                   UnitId::load_residuals};
inline constexpr UnitId movers[] = {UnitId::load_activations, UnitId::load_weights, UnitId::load_thresholds,
                                    UnitId::load_residuals, UnitId::store};

/// The next case from `seed` on, whose platform is changed so, that fits together, as one frame with values.
RandomCase next_case(std::uint64_t& seed, const Change& change);

/// Requires of `count` random cases that nothing is wrong with them.
void check_cases(
    std::size_t count, const Attribution& faults, const Change& change = [](PlatformConfig&) {});

inline std::size_t engine_of(UnitId unit) { return unit == UnitId::store ? 4 : static_cast<std::size_t>(unit); }

inline bool reads(const DramCommand& each) {
  return each.kind == DramCommandKind::read || each.kind == DramCommandKind::read_precharge;
}
inline bool writes(const DramCommand& each) {
  return each.kind == DramCommandKind::write || each.kind == DramCommandKind::write_precharge;
}

}  // namespace ernsim::test
