#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace ernsim {

/// Groups reads and writes, since each change between them costs the data bus about 25 cycles of a pair of groups.
///
/// The direction changes when no access of it waits, or after `group_limit` accesses if one of the other waits.
class DirectionPolicy {
 public:
  static constexpr int group_limit = 16;  ///< accesses; free constant, set to meet the mixed cases of the README

  /// Whether writes, rather than reads, may issue. `waiting`: reads and writes that could issue.
  bool write(const std::array<int, 2>& waiting) const {
    const int mine = waiting[write_ ? 1 : 0];
    const int others = waiting[write_ ? 0 : 1];
    const bool change = others > 0 && (mine == 0 || issued_ >= group_limit);
    return change != write_;
  }
  void issued(bool write) {
    issued_ = write == write_ ? issued_ + 1 : 1;
    write_ = write;
  }

 private:
  bool write_ = false;
  int issued_ = 0;
};

}  // namespace ernsim
