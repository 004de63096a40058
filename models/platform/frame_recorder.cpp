#include "models/platform/frame_recorder.h"

#include <algorithm>
#include <numeric>

namespace ernsim {

FrameRecorder::FrameRecorder(std::size_t layer_count, Cycle array_pipeline, Observer* values, Observer* profile,
                             Observer* starts)
    : array_(layer_count), array_pipeline_(array_pipeline), next_(values), profile_(profile), starts_(starts) {}

void FrameRecorder::instruction(const Instruction& instruction, Cycle start, Cycle end) {
  ++instructions_;
  if (instruction.unit == UnitId::convolution && instruction.at.layer < array_.size())
    turn(array_[instruction.at.layer], end);
  for (Observer* each : {next_, profile_})
    if (each != nullptr) each->instruction(instruction, start, end);
}

void FrameRecorder::frame_started(Cycle now) {
  for (Observer* each : {next_, profile_, starts_})
    if (each != nullptr) each->frame_started(now);
}

void FrameRecorder::spent(UnitId unit, Activity activity, std::size_t layer, Cycle begin, Cycle end) {
  profile_->spent(unit, activity, layer, begin, end);
}

void FrameRecorder::waited(UnitId unit, StallCause cause, Cycle begin, Cycle end) {
  profile_->waited(unit, cause, begin, end);
}

/// The array works on one instruction after the other: an instruction's time begins when the one before it is done.
void FrameRecorder::turn(ArrayTime& layer, Cycle end) {
  if (layer.end == 0) layer.start = last_end_ - array_pipeline_;
  layer.end = last_end_ = end;
}

void FrameRecorder::embedded(int row, int column, int count, int blocks, const std::uint8_t* words) {
  if (next_ != nullptr) next_->embedded(row, column, count, blocks, words);
}

void FrameRecorder::accumulators(const Instruction& instruction, const std::int16_t* values) {
  if (next_ != nullptr) next_->accumulators(instruction, values);
}

void FrameRecorder::sums(const Instruction& instruction, const std::int16_t* values) {
  if (next_ != nullptr) next_->sums(instruction, values);
}

void FrameRecorder::codes(const Instruction& instruction, const std::uint8_t* values) {
  if (next_ != nullptr) next_->codes(instruction, values);
}

void FrameRecorder::collect(Accelerator& accelerator, RunResult& result) const {
  const Cycle frame_start = accelerator.control().control().start_cycle();
  result.cycles = accelerator.control().control().frame_cycles();
  result.instruction_bytes = accelerator.control().control().fetched_bytes();
  result.overflows = accelerator.overflows();
  result.layers.assign(array_.size(), LayerResult{});
  for (const UnitId id : each<UnitId>()) {
    const Accounting& accounting = accelerator.unit(id).accounting();
    result.units[id] = accounting.statistics();
    for (std::size_t i = 0; i < array_.size(); ++i) {
      auto& bytes = id == UnitId::store ? result.layers[i].dram_write_bytes : result.layers[i].dram_read_bytes;
      bytes += accounting.layers()[i].dram_bytes;
      result.layers[i].work += accounting.layers()[i].work;
    }
  }
  const auto& array = accelerator.unit(UnitId::convolution).accounting().layers();
  for (std::size_t i = 0; i < array_.size(); ++i) {
    LayerResult& layer = result.layers[i];
    layer.start_cycle = std::max<Cycle>(0, array_[i].start - frame_start);
    layer.end_cycle = std::max<Cycle>(0, array_[i].end - frame_start);
    layer.array_busy_cycles = array[i].busy_cycles;
    layer.convolution_stalled_cycles = array[i].stalled_cycles;
    layer.cycles =
        std::accumulate(array[i].stalled_cycles.begin(), array[i].stalled_cycles.end(), array[i].busy_cycles);
  }
  if (!result.layers.empty()) {
    result.layers.back().cycles += result.units[UnitId::convolution].idle_cycles;
    result.layers.back().end_cycle = result.cycles;
  }
  if (profile_ != nullptr) profile_->frame_finished(frame_start + result.cycles);
}

}  // namespace ernsim
