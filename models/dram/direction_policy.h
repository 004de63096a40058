#pragma once

namespace ernsim {

/// Groups reads and writes: a change from one to the other and back costs the data bus about 25 cycles.
///
/// The direction changes when no access along it waits; or when the group is `group_minimum` long and at least
/// `overtake_limit` of its accesses were issued before an older one of the other direction. Accesses that arrive in
/// runs are thus not split, and those that arrive mixed are served in groups.
class DirectionPolicy {
 public:
  static constexpr int group_minimum = 28;   ///< accesses; calibrated on the mixed cases of the README
  static constexpr int overtake_limit = 14;  ///< accesses; likewise

  /// Whether writes, rather than reads, may issue, given which of them could.
  bool write(bool reads_wait, bool writes_wait) const {
    const bool mine = write_ ? writes_wait : reads_wait;
    const bool others = write_ ? reads_wait : writes_wait;
    const bool long_enough = length_ >= group_minimum && overtakes_ >= overtake_limit;
    return (others && (!mine || long_enough)) != write_;
  }
  /// `overtakes`: an older access of the other direction is queued.
  void issued(bool write, bool overtakes) {
    if (write != write_) length_ = overtakes_ = 0;
    write_ = write;
    ++length_;
    if (overtakes) ++overtakes_;
  }

 private:
  bool write_ = false;
  int length_ = 0;
  int overtakes_ = 0;
};

}  // namespace ernsim
