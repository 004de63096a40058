#pragma once

#include <deque>
#include <memory>
#include <optional>

#include "models/accelerator/unit/instruction_unit.h"
#include "rtl/beat_queue.h"
#include "rtl/pins.h"

namespace ernsim::rtl {

/// A unit whose behaviour is a Design's. This class stands for what is around the unit: it hands over instructions and
/// credits, serves the memory ports, passes on what the design takes, posts and reports, and does the accounting.
/// The design is clocked in every cycle of a frame until its stream is finished.
class DesignUnit : public InstructionUnit {
 public:
  /// `waited`: numbers of the semaphores the unit waits for, in the order of its pins.
  DesignUnit(UnitId id, const UnitContext& context, std::unique_ptr<Design> design, std::vector<std::uint8_t> waited);

 protected:
  /// A memory port; its beats are kept if a trace shows them.
  struct MemoryLink {
    MemoryView memory;
    BeatQueue* beats;  ///< null: not shown
  };

  /// Links in the order of the design's ports.
  void link(std::vector<MemoryLink> reads, std::vector<MemoryLink> writes);
  const Pins& pins() const { return pins_; }

  /// What happened in cycle `now`, in the order: finished, taken, started.
  virtual void observe(Cycle now) = 0;

  /// The oldest instruction of those held is finished; reports it.
  void finish_oldest(Cycle now);
  /// The head of the queue is taken by the design, with the credits it says, but for those of `later`.
  const Instruction& start_head(Cycle now, std::optional<std::uint8_t> later = std::nullopt);
  /// Passes on the credits the design takes from one semaphore for `instruction`.
  void take(const Instruction& instruction, Cycle now, std::size_t wait);
  /// What the head of the queue waits for.
  template <class Choose>
  void wait_for_next(Cycle now, Choose choose) {
    if (look_for_next(now)) waiting_ = context_.semaphores.missing(queue_[0].instruction, now, choose);
  }
  /// Called with the oldest instruction before it is finished.
  virtual void report_beats(const Instruction& instruction) = 0;

  struct Held {
    Instruction instruction;
    Cycle start = 0;
  };
  std::deque<Held> held_;  ///< taken and not finished
  std::vector<std::uint8_t> waited_;

 protected:
  void clear() override;

 private:
  Cycle step(Cycle now) final;
  bool has_work() const { return !stream_done_ || !held_.empty(); }
  void offer(Cycle now);
  void access(Cycle now);
  void pass_on_strays(Cycle now);

  std::unique_ptr<Design> design_;
  bool is_reset_ = false;
  Pins pins_;
  std::vector<MemoryLink> reads_, writes_;
  std::size_t offered_ = 0;  ///< instructions of the queue that the design has
};

}  // namespace ernsim::rtl
