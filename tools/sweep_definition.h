#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "timing/parameter.h"

namespace ernsim::tools {

/// One parameter of the platform and the values it takes, each as --set writes it.
struct SweepAxis {
  std::string key;  ///< "convolution.lanes"
  std::vector<std::string> values;
};

/// A figure compared with a number, as in "fps >= 200".
struct SweepConstraint {
  std::string figure;
  std::string relation;  ///< <, <=, >, >=
  double bound = 0;
};
/// A bound between 0 and 1 on lut, ff, bram18, uram or dsp is a share of what the device has: amounts are whole
/// numbers.
SweepConstraint in_shares(SweepConstraint constraint);

/// A figure that should be as large, or as small, as possible.
struct SweepObjective {
  std::string figure;
  bool maximise = false;
};

/// What a sweep file says.
struct SweepDefinition {
  std::string platform = "kv260";
  std::vector<std::string> networks, stems, input_sizes;
  std::vector<SweepAxis> axes;
  std::int64_t sample = 0;  ///< points drawn at random from the grid; 0: all of it
  std::int64_t seed = 0;
  std::vector<SweepConstraint> constraints;
  std::vector<SweepObjective> objectives;
  bool must_fit = true;         ///< points that need more than the device has are not simulated
  std::string text;             ///< of the file
  std::string platform_values;  ///< every parameter before the axes change it, a line "section.key=value" each

  /// Points of the full grid.
  std::int64_t grid() const;
};

/// A point of the grid, made from its number: the last axis changes fastest.
struct SweepPoint {
  std::string network, stem, input_size;
  std::vector<std::string> settings;  ///< "key=value" per axis
};

/// Reads and checks a sweep file: every key, every axis value on its own, every figure. Throws ConfigError naming file,
/// line and what is allowed.
SweepDefinition load_sweep(const std::string& path);

SweepPoint point_of(const SweepDefinition& definition, std::int64_t number);

/// The numbers of the points to simulate, ascending.
std::vector<std::size_t> points_of(const SweepDefinition& definition);

}  // namespace ernsim::tools
