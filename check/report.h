#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "timing/clock.h"

namespace ernsim::check {

/// Where in a trace something is.
struct Place {
  Cycle cycle = 0;
  std::string unit;
  int layer = -1;  ///< -1: of none, or not known
};

/// What was seen of one contract.
struct Tally {
  std::uint64_t checked = 0;      ///< times it was looked at
  std::uint64_t violated = 0;     ///< times it was not kept
  Place first;                    ///< the earliest violation
  std::string shows;              ///< what the trace has there
  std::set<std::string> lacking;  ///< why it could not be checked, or not everywhere
};

/// The outcome of a check, contract by contract.
class Report {
 public:
  Report();

  /// Looks at `contract` once; `shows()` puts what the trace has into words and is called only if it is not `kept`.
  template <class Shows>
  void expect(const char* contract, bool kept, const Place& place, Shows shows) {
    Tally& tally = tally_of(contract);
    ++tally.checked;
    if (kept) return;
    if (tally.violated++ > 0 && tally.first.cycle <= place.cycle) return;
    tally.first = place;
    tally.shows = shows();
  }
  /// `count` times it was kept.
  void kept(const char* contract, std::uint64_t count) { tally_of(contract).checked += count; }
  void lacks(const char* contract, const std::string& why) { tally_of(contract).lacking.insert(why); }

  /// [contract's name]
  const std::map<std::string, Tally>& tallies() const { return tallies_; }
  bool violated() const;

 private:
  Tally& tally_of(const char* contract);

  std::map<std::string, Tally> tallies_;
};

}  // namespace ernsim::check
