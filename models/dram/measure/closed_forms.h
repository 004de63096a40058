#pragma once

#include <algorithm>

#include "models/dram/dram_timing.h"

namespace ernsim {

/// Fractions of peak bandwidth that follow from the distances of a part, refresh of all banks on, one rank.
class ClosedForms {
 public:
  explicit ClosedForms(const DramTiming& timing) : t_(timing) {}

  /// All banks are closed, refreshed and opened again; nothing else costs time.
  double sequential(bool write) const {
    const Cycle closing = write ? t_.write_to_precharge : t_.read_to_precharge;
    const Cycle away =
        closing + t_.precharge_all_to_refresh + t_.refresh_to_activate + t_.activate_to_column - t_.burst;
    return 1 - ratio(away, t_.refresh_interval);
  }
  /// Every row is opened in the bank of the last one.
  double rows_of_one_bank() const {
    const Cycle bursts = Cycle{1} << t_.access_bits;
    const Cycle row = (bursts - 1) * t_.ccd_l + t_.read_to_precharge + t_.precharge_to_activate + t_.activate_to_column;
    return ratio(bursts * t_.burst, row) * sequential(false);
  }
  /// An ACT a burst; an upper bound.
  double random() const {
    const double distance =
        std::max({static_cast<double>(t_.faw) / 4, static_cast<double>(t_.rrd_s), static_cast<double>(t_.burst)});
    return static_cast<double>(t_.burst) / distance * (1 - ratio(t_.refresh_to_refresh, t_.refresh_interval));
  }
  /// Reads and writes in groups of `group` bursts, the rows of the other direction being open at each change.
  double in_groups(double group) const {
    const auto lost = static_cast<double>(t_.read_to_write + t_.write_to_read_s - 2 * t_.burst);
    const double data = 2 * group * static_cast<double>(t_.burst);
    return data / (data + lost) * sequential(false);
  }

 private:
  static double ratio(Cycle a, Cycle b) { return static_cast<double>(a) / static_cast<double>(b); }
  DramTiming t_;
};

}  // namespace ernsim
