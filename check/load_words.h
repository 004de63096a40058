#pragma once

#include "check/bursts.h"
#include "check/write_slots.h"

namespace ernsim::check {

/// A burst of a load that has come back.
struct Brought {
  Cut cut;
  std::uint64_t run = 0;     ///< of the instruction's nest
  std::uint32_t offset = 0;  ///< of its first byte inside the run
  std::vector<Cycle> beats;  ///< when each is seen
  std::vector<std::uint8_t> bytes;
};

/// What becomes of a load's bursts on chip: which words, with what, when. Compares it with the channel of the load's
/// writes, if there is one.
class LoadWords {
 public:
  LoadWords(const Trace& trace, const Executions& executions, Report& report, int unit, std::uint64_t width_bytes);

  /// Before the first burst of an instruction; the one before it ended in cycle `before`, or that is unknown.
  void begin(const Execution& execution, Cycle before);
  /// Returns from which cycle on all of the burst is in its place; unknown if that cannot be told.
  Cycle burst(const Execution& execution, const Brought& brought);
  /// A burst came whose place is not known.
  void lose() {
    lost_ = true;
    free_ = unknown;
  }

 private:
  /// Bytes of a run that make a word, or a pixel's words, and the step in which they are written.
  struct Write {
    Cycle step;
    std::uint32_t address;
    std::uint32_t first_byte, end_byte;  ///< in the run
    std::uint32_t block = 0;             ///< of an image's pixel
  };

  Cycle steps_of(const Transfer& transfer, const Brought& brought) const;
  Cycle beats_per_step(const Transfer& transfer) const;
  Cycle step_of(const Transfer& transfer, const Brought& brought, std::uint32_t offset) const;
  std::vector<Write> plain_writes(const Transfer& transfer, const Brought& brought) const;
  std::vector<Write> image_writes(const Transfer& transfer, const Brought& brought) const;
  /// The word as it is written; shorter than a word if only its first bytes are.
  std::vector<std::uint8_t> word_of(const Transfer& transfer, const Write& write) const;
  std::vector<std::uint8_t> embedded(const Write& write) const;
  void compare(const Execution& execution, const Write& write, Cycle cycle);

  const Executions& executions_;
  Report& report_;
  std::string name_;
  bool image_unit_;
  std::uint64_t width_bytes_;
  std::size_t word_bytes_;
  Cycle pixels_per_cycle_ = 1;
  std::optional<WriteSlots> shared_;  ///< if A has one write port
  bool untimed_ = false;              ///< A has one, and who else uses it when is not known
  Walk written_;
  bool has_writes_;
  Cycle whole_;
  Cycle free_;         ///< the burst before is in its place from this cycle on; unknown if nobody knows
  bool lost_ = false;  ///< what is written is not known any more
  bool fresh_;         ///< nothing was compared yet
  std::vector<std::uint8_t> run_;
  std::vector<std::array<std::uint32_t, 3>> thresholds_;  ///< [code] of the embedding
  std::uint32_t blocks_ = 0;                              ///< words per pixel
};

}  // namespace ernsim::check
