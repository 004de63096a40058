#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sweep/definition.h"

namespace ernsim {

/// A point of the grid, made from its number: the last axis changes fastest.
struct SweepPoint {
  std::string network, stem, input_size;
  std::vector<std::string> settings;  ///< "key=value" per axis
};

/// Network, stem, input size and what the point changes of the network.
std::string selection_text(const SweepPoint& point);

SweepPoint point_of(const SweepDefinition& definition, std::int64_t number);

/// The numbers of the points to simulate, ascending; none of a search, which chooses them.
std::vector<std::size_t> points_of(const SweepDefinition& definition);

}  // namespace ernsim
