#include "simulation/profile_recorder.h"

#include <algorithm>

#include "models/dram/dram_timing.h"

namespace ernsim {

namespace {

constexpr std::size_t activity_count = count_of(Activity{});
constexpr std::size_t read_counter = unit_count * activity_count;
constexpr std::size_t write_counter = read_counter + 1;

constexpr std::size_t cause_count = count_of(StallCause{});
constexpr std::size_t first_cause_counter = write_counter + 1;

std::size_t cause_counter(UnitId unit, StallCause cause) {
  return first_cause_counter + index_of(unit) * cause_count + index_of(cause);
}

std::size_t cycles_counter(UnitId unit, Activity activity) {
  return index_of(unit) * activity_count + index_of(activity);
}

std::vector<MemoryUse> memories_of(const MemoryConfig& config) {
  std::vector<MemoryUse> memories;
  for (const std::int64_t words : {config.activations_words, config.weights_words, config.thresholds_entries,
                                   config.accumulators_words, config.residuals_words, config.results_words})
    memories.emplace_back(static_cast<std::size_t>(words));
  return memories;
}

}  // namespace

ProfileRecorder::ProfileRecorder(const compiler::Schedule& schedule, const PlatformConfig& platform)
    : schedule_(schedule),
      clock_(platform.accelerator.clock()),
      dram_clock_(ernsim::dram_clock(platform.dram)),
      port_clock_(platform.accelerator.interconnect.clock()),
      dram_access_bytes_(dram_access_bytes(platform.dram)),
      dram_burst_ps_(dram_burst_ps(platform.dram)),
      bins_(first_cause_counter + unit_count * cause_count),
      memories_(memories_of(platform.accelerator.memory)) {}

void ProfileRecorder::frame_started(Cycle now) {
  if (finished_) return;
  running_ = true;
  start_ = now;
}

void ProfileRecorder::frame_finished(Cycle now) {
  running_ = false;
  finished_ = true;
  cycles_ = now - start_;
  bins_.cover(cycles_);
  for (MemoryUse& memory : memories_) memory.finish();
}

void ProfileRecorder::spent(UnitId unit, Activity activity, std::size_t layer, Cycle begin, Cycle end) {
  if (!running_) return;
  bins_.add_cycles(cycles_counter(unit, activity), begin - start_, end - start_);
  if (unit == UnitId::convolution) layer_times_.add(layer, begin - start_, end - start_);
}

void ProfileRecorder::waited(UnitId unit, StallCause cause, Cycle begin, Cycle end) {
  if (running_) bins_.add_cycles(cause_counter(unit, cause), begin - start_, end - start_);
}

void ProfileRecorder::instruction(const Instruction& instruction, Cycle start, Cycle end) {
  if (!running_) return;
  accesses_.clear();
  compiler::list_accesses(schedule_, instruction, accesses_);
  for (const compiler::Access& access : accesses_) {
    if (access.memory == MemoryId::external) continue;
    MemoryUse& memory = memories_[index_of(access.memory)];
    if (access.writes)
      memory.write(access.begin, access.end, start, end);
    else
      memory.read(access.begin, access.end, end);
  }
}

/// Bytes are booked where the command is issued; on an edge of the accelerator clock, in the cycle before it.
void ProfileRecorder::dram_command(const DramCommand& command) {
  const bool reads = command.kind == DramCommandKind::read || command.kind == DramCommandKind::read_precharge;
  const bool writes = command.kind == DramCommandKind::write || command.kind == DramCommandKind::write_precharge;
  if (finished_ || !(reads || writes)) return;
  const Cycle at = (dram_clock_.time_ps(command.at) - 1) / clock_.period_ps - start_;
  bins_.add_at(reads ? read_counter : write_counter, std::max<Cycle>(at, 0), dram_access_bytes_);
  dram_access_ps_.push_back(dram_clock_.time_ps(command.at) - clock_.time_ps(start_));
}

void ProfileRecorder::port_data(const PortData& data) {
  if (running_) port_data_.push_back(data);
}

/// An access takes the data bus for as long as the next one has to wait, so that no time holds more than the bus can.
std::vector<LayerTraffic> ProfileRecorder::layer_traffic() const {
  std::vector<LayerTraffic> layers(schedule_.layers.size());
  const Picoseconds period = clock_.period_ps, access = dram_burst_ps_;
  for (const Picoseconds begin : dram_access_ps_)
    layer_times_.share(begin, begin + access, period, [&](std::size_t layer, std::int64_t part) {
      layers[layer].dram_bytes += static_cast<double>(dram_access_bytes_ * part) / static_cast<double>(access);
    });
  const Picoseconds start = clock_.time_ps(start_), beat = port_clock_.period_ps;
  for (const PortData& each : port_data_)
    layer_times_.share(port_clock_.time_ps(each.begin) - start, port_clock_.time_ps(each.end) - start, period,
                       [&](std::size_t layer, std::int64_t part) {
                         auto& beats = each.write ? layers[layer].write_port_beats : layers[layer].read_port_beats;
                         beats[each.port] += static_cast<double>(part) / static_cast<double>(beat);
                       });
  return layers;
}

RunProfile::Memory ProfileRecorder::memory_profile(const MemoryUse& memory) const {
  auto bins = memory.bins(start_, cycles_, bins_.width_cycles());
  return {static_cast<std::int64_t>(memory.capacity_words()), std::move(bins.word_cycles), std::move(bins.peak_words)};
}

RunProfile ProfileRecorder::profile() const {
  RunProfile profile;
  profile.bin_cycles = bins_.width_cycles();
  for (const UnitId unit : each<UnitId>())
    for (const Activity activity : each<Activity>())
      profile.cycles[unit][activity] = bins_.counts(cycles_counter(unit, activity), cycles_);
  for (const UnitId unit : each<UnitId>())
    for (const StallCause cause : each<StallCause>())
      profile.stalled_cycles[unit][cause] = bins_.counts(cause_counter(unit, cause), cycles_);
  profile.dram_read_bytes = bins_.counts(read_counter, cycles_);
  profile.dram_write_bytes = bins_.counts(write_counter, cycles_);
  for (std::size_t i = 0; i < memories_.size(); ++i) profile.memories[i] = memory_profile(memories_[i]);
  profile.layers = layer_traffic();
  return profile;
}

}  // namespace ernsim
