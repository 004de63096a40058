#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sweep/row.h"
#include "sweep/state.h"

namespace ernsim {

/// A sweep's results as a reader finds them: README.md describes the tables. Columns between
/// `accuracy_source` and `sum` are figures.
struct SweepReading {
  struct Point {
    std::int64_t number = 0;
    std::string network, stem, input_size;
    std::vector<std::pair<std::string, std::string>> settings;  ///< key and value
    std::string reason;                                         ///< why it was not simulated; empty if it was
    std::vector<double> figures;                                ///< [figure], NaN where it is not known
    std::string notes, limited_by, accuracy_source;

    bool simulated() const { return reason.empty(); }
  };

  std::string definition;  ///< the sweep file's text
  std::vector<std::string> figures;
  std::vector<Point> points;  ///< by number
  SweepState state;
};

/// Opens the file for reading only. Throws UserError if it is no sweep of this program, damaged, or has no point.
SweepReading read_sweep(const std::string& path);

/// The same of rows that are at hand.
SweepReading reading_of(const SweepDefinition& definition, const std::vector<SweepRow>& rows);

}  // namespace ernsim
