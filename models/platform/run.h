#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "models/accelerator/isa/instruction.h"
#include "models/accelerator/pixel_embedding/pixel_embedding.h"
#include "models/accelerator/unit/observer.h"
#include "models/accelerator/unit/port_observer.h"
#include "models/accelerator/unit/statistics.h"
#include "models/accelerator/unit/unit_makers.h"
#include "models/dram/dram_command.h"
#include "models/dram/dram_statistics.h"
#include "models/estimates/energy/energy.h"
#include "models/platform/platform_config.h"
#include "timing/engine.h"
#include "tlm/interconnect.h"

namespace ernsim {

/// What is loaded into external memory and executed.
struct Program {
  struct Bytes {
    std::uint32_t address = 0;
    std::vector<std::uint8_t> bytes;
  };
  std::uint32_t external_bytes = 0;
  std::vector<Bytes> contents;                        ///< image, weights, thresholds
  EnumArray<UnitId, std::uint32_t> stream_address{};  ///< where the encoded streams are placed
  EnumArray<UnitId, std::vector<Instruction>> streams;
  std::array<std::uint16_t, semaphore_count> semaphore_initial{};
  std::size_t layer_count = 0;
  std::vector<EmbeddingThresholds> embedding;  ///< [code of a colour]
  std::uint32_t input_address = 0;             ///< the picture's, R G B
  std::uint32_t input_height = 0;
  std::uint32_t input_width = 0;
  // the host's part: average pooling of the last convolution's accumulators
  std::uint32_t logits_address = 0;
  int logits_height = 0;
  int logits_width = 0;
  std::vector<double> logit_scale;  ///< [class]
  /// With host.overlap every other frame's accumulators go elsewhere, by a stream of the store engine's own.
  std::uint32_t second_logits_address = 0;
  std::uint32_t second_store_address = 0;
  std::vector<Instruction> second_store;  ///< empty: there is one map
};

/// Told now and then how far a run has come.
class ProgressObserver {
 public:
  virtual ~ProgressObserver() = default;
  /// `fraction`: of all instructions of all frames that are done, 0 to 1.
  virtual void progress(Cycle cycle, double fraction) = 0;
};

struct RunOptions {
  bool data = true;  ///< false: timing only, no byte is moved
  int frames = 1;
  EngineKind engine = EngineKind::leap;
  Observer* observer = nullptr;                  ///< may be null
  PortObserver* ports = nullptr;                 ///< sees the beats of every port, may be null
  Observer* profile = nullptr;                   ///< likewise, but is not shown values
  UnitMakers makers;                             ///< of units in the place of the model's own
  DramCommandObserver* dram_commands = nullptr;  ///< sees every command of the DRAM controller, may be null
  PortDataObserver* port_data = nullptr;         ///< sees when a burst's data pass an AXI port, may be null
  ProgressObserver* progress = nullptr;          ///< may be null
  // Fault injection: shows that every result depends on the bytes that were moved.
  std::int64_t drop_burst = -1;   ///< the data of this burst, counted from 0 without instruction fetches, is lost
  std::int64_t flip_bit_at = -1;  ///< bit 0 of the byte at this address of external memory is inverted before the start
};

struct LayerResult {
  Cycle start_cycle = 0;  ///< the array turns to this layer: the last step of the one before is done
  Cycle end_cycle = 0;    ///< its last convolution is finished; of the last layer: the completion interrupt
  Cycle cycles = 0;       ///< of the array: busy or waiting for it; of the last layer: and until the frame is finished
  Cycle array_busy_cycles = 0;
  EnumArray<StallCause, Cycle> convolution_stalled_cycles{};
  std::int64_t dram_read_bytes = 0;
  std::int64_t dram_write_bytes = 0;
  Work work;  ///< of all units
};

/// What a source of traffic did during the first frame's cycles.
struct TrafficResult {
  std::string name;
  double rate_mb_s = 0;          ///< that it wanted
  double achieved_mb_s = 0;      ///< of bursts that ended in the frame
  bool kept_rate = false;        ///< at the frame's end no more bursts were due than may be under way
  std::int64_t late_bursts = 0;  ///< due and not done at the frame's end
  Picoseconds latest_ps = 0;     ///< the longest time from a burst's due time to its end, up to the frame's end
  std::int64_t read_bytes = 0;   ///< on the DRAM's bus, whole accesses
  std::int64_t write_bytes = 0;
};

/// Figures of the first frame, except `frame_ps`.
struct RunResult {
  Cycle cycles = 0;  ///< accelerator clock, start command to completion interrupt
  Picoseconds accelerator_ps = 0;
  Picoseconds host_ps = 0;                ///< register accesses, interrupt latency and pooling
  std::vector<Picoseconds> frame_ps;      ///< of every frame, from its first register access to the end of its pooling
  std::vector<Picoseconds> frame_end_ps;  ///< when its pooling ended
  EnumArray<UnitId, UnitStatistics> units{};
  std::vector<LayerResult> layers;
  DramStatistics dram;  ///< all that use the memory; with other traffic of the frame's cycles alone
  std::vector<TrafficResult> traffic;
  std::int64_t instruction_bytes = 0;  ///< fetched by the controller, part of the DRAM bytes
  std::int64_t overflows = 0;          ///< accumulators and sums that wrapped
  std::vector<float> logits;           ///< [class]; empty without data
};

/// Elaborates the KV260 platform, loads the program, runs it. Once per process: SystemC elaborates only once.
/// Throws std::runtime_error if the model reports a protocol breach or the frame does not finish.
/// `external_memory`, if not null, receives the final contents of external memory.
RunResult run_platform(const PlatformConfig& config, const Program& program, const RunOptions& options,
                       std::vector<std::uint8_t>* external_memory = nullptr);

}  // namespace ernsim
