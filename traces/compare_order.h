#pragma once

#include <optional>

#include "traces/beat_stream.h"
#include "traces/compare.h"

namespace ernsim::traces {

/// Compares one channel of two traces beat by beat, in the order of the beats; run by run where one trace has hashes.
class OrderComparison {
 public:
  OrderComparison(const Reader& golden, const Reader& candidate, std::size_t in_golden, std::size_t in_candidate,
                  const CompareOptions& options, Cycle shift_cycles);

  /// The first divergence, if there is one.
  std::optional<Divergence> find();
  /// Golden beats compared.
  std::uint64_t beats() const { return beats_; }

 private:
  std::optional<Divergence> differ(const Run& expected, const Run& found);
  std::optional<Divergence> differ_in_hash(const Run& expected, const Run& found) const;
  const char* difference(const Run& expected, const Run& found, std::size_t beat) const;
  Cycle cycle_of_difference(const Run& expected, const Run& found, std::size_t beat) const;

  const Header& header_;
  const Channel& channel_;
  BeatStream golden_, candidate_;
  CompareOptions options_;
  bool golden_whole_, candidate_whole_;  ///< the end of a damaged trace says nothing
  std::uint64_t beats_ = 0;
  Run last_expected_, last_found_;
};

}  // namespace ernsim::traces
