#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <unordered_map>

#include "traces/beat_stream.h"
#include "traces/compare.h"

namespace ernsim::traces {

/// Compares one channel of two traces by the addresses and data of its beats, whatever their order and cycles. Where
/// one trace has hashes, by those of its runs.
///
/// Beats that have no partner yet are kept; `most_unmatched` of one side end the comparison, so that memory is bounded.
class ValueComparison {
 public:
  static constexpr std::size_t most_unmatched = 1 << 15;

  ValueComparison(const Reader& golden, const Reader& candidate, std::size_t in_golden, std::size_t in_candidate);

  /// The earliest golden beat without a partner, or a candidate's if all golden ones have one.
  std::optional<Divergence> find();
  /// Golden beats compared.
  std::uint64_t beats() const { return beats_; }

 private:
  /// A beat, or a whole run where only hashes can be compared.
  struct Item {
    std::uint64_t number = 0;  ///< in order of the trace
    std::shared_ptr<const Run> run;
    std::size_t beat = 0;
  };
  struct Side {
    std::unordered_map<std::uint64_t, std::deque<Item>> unmatched;  ///< [hash], oldest first
    std::size_t count = 0;
    std::uint64_t seen = 0;
  };

  void add(Side& side, Side& other, const Run& run, bool whole) const;
  static void meet(Side& side, Side& other, std::uint64_t hash, Item item);
  static const Item* earliest(const Side& side, const std::uint32_t* address);
  Divergence describe() const;

  const Header& header_;
  const Channel& channel_;
  BeatStream golden_, candidate_;
  bool golden_whole_, candidate_whole_;  ///< what a damaged trace lacks says nothing
  Side expected_, found_;
  std::uint64_t beats_ = 0;
};

}  // namespace ernsim::traces
