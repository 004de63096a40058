#pragma once

#include <optional>

#include "models/accelerator/convolution/convolution_beats.h"
#include "models/accelerator/memory/memory_config.h"
#include "models/accelerator/unit/instruction_unit.h"
#include "timing/fifo.h"

namespace ernsim {

/// When the convolution unit does what. Timing contract, in cycles:
///  - the weight loader takes an instruction's weight semaphores and copies pane after pane from W into the shadow
///    pane, `pane_load_cycles` each; it may run into the next instruction. A pane loads while the previous computes.
///  - the array takes the other semaphores at T, sweeps the first pane from T + issue_cycles on if it is loaded,
///    then the next pane. A pane becomes active, and the shadow free, when its sweep starts.
///  - a step takes the cycles in which the banks of A give its words, one at least (ActivationReads).
///  - a sweep lasts max(its steps' cycles, pipeline_cycles): an accumulator must be written before it is read again.
///  - the instruction is finished, and posts, pipeline_cycles after its last step; the next one may take its semaphores
///    as soon as the last sweep ends.
class ConvolutionUnit : public InstructionUnit {
 public:
  ConvolutionUnit(const UnitContext& context, const ConvolutionConfig& config, const MemoryConfig& memory);

  void attach(const OnChipMemories& memories) override {
    arithmetic_.attach(memories.activations, memories.weights, memories.accumulators);
  }
  std::int64_t overflows() const override { return overflows_; }
  Convolution& arithmetic() { return arithmetic_; }

 protected:
  Cycle step(Cycle now) override;
  void clear() override;
  Doing doing() const override;
  Work work_of(const Instruction& instruction) const override;

 private:
  struct Active {
    Instruction instruction;
    Cycle start = 0;
    int panes = 0;
    int swept = 0;    ///< panes whose sweep has ended
    Cycle ready = 0;  ///< earliest start of the next sweep
  };
  struct Draining {
    Instruction instruction;
    Cycle start = 0;
    Cycle end = 0;
  };

  void execute(const Instruction& instruction);
  bool finish_oldest(Cycle now);
  bool end_sweep(Cycle now);
  void book_sweep(Cycle end);
  bool take_next(Cycle now);
  bool start_sweep(Cycle now);
  bool end_load(Cycle now);
  bool start_load(Cycle now);
  const Instruction* loader_instruction(Cycle now) const;
  Cycle next_event() const;

  ConvolutionConfig config_;
  ArrayGeometry geometry_;
  ActivationReads reads_;
  Convolution arithmetic_;
  std::optional<ConvolutionBeats> beats_;  ///< if somebody watches the ports
  PaneTimes times_;                        ///< of the oldest instruction not finished, and of those behind it
  std::int64_t overflows_ = 0;

  bool has_active_ = false;
  Active active_;
  bool sweeping_ = false;
  Cycle sweep_start_ = 0, sweep_end_ = 0;
  Cycle sweep_steps_end_ = 0;  ///< the rest of the sweep waits for the accumulators
  bool sweep_waits_ = false;   ///< for banks, between its steps
  std::vector<Cycle> steps_;   ///< of such a sweep
  Fifo<Draining> draining_;

  std::size_t taken_ = 0;          ///< instructions taken so far; the active one is number taken_ - 1
  std::size_t loader_number_ = 0;  ///< number of the instruction the loader works for
  int loads_started_ = 0;          ///< panes of that instruction
  bool loader_taken_ = false;      ///< its weight semaphores are taken
  bool loading_ = false;
  Cycle load_end_ = 0;
  bool shadow_ready_ = false;
};

}  // namespace ernsim
