#include "models/platform/traffic_account.h"

#include <utility>

namespace ernsim {

void TrafficAccount::add(const TrafficConfig& config, EngineModule& engine, Dram& memory, std::size_t socket) {
  memory_ = &memory;
  sources_.push_back({std::make_unique<TrafficGenerator>(("traffic_" + config.name).c_str(), config, &engine), {}, {}});
  sources_.back().generator->out.socket.bind(memory.in[socket]->socket);
}

void TrafficAccount::frame_started(Cycle now) {
  if (sources_.empty() || std::exchange(started_, true)) return;
  start_ps_ = clock_.time_ps(now);
  memory_->catch_up(start_ps_);
  dram_ = memory_->controller().statistics();
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    sources_[i].bytes = memory_->controller().port_bytes(first_port_ + i);
    sources_[i].progress = sources_[i].generator->progress(start_ps_);
  }
}

void TrafficAccount::collect(Cycle now, Dram& memory, RunResult& result) const {
  const Picoseconds end_ps = clock_.time_ps(now);
  memory.catch_up(end_ps);
  result.dram = memory.controller().statistics();
  if (sources_.empty()) return;
  result.dram -= dram_;
  for (std::size_t i = 0; i < sources_.size(); ++i)
    result.traffic.push_back(result_of(sources_[i], memory.controller().port_bytes(first_port_ + i), end_ps));
}

TrafficResult TrafficAccount::result_of(const Source& source, const PortBytes& bytes, Picoseconds end_ps) const {
  const TrafficConfig& config = source.generator->config();
  const TrafficProgress progress = source.generator->progress(end_ps);
  TrafficResult result;
  result.name = config.name;
  result.rate_mb_s = config.rate_mb_s;
  const auto moved = static_cast<double>((progress.done - source.progress.done) * config.burst_bytes);
  result.achieved_mb_s = moved * 1e6 / static_cast<double>(end_ps - start_ps_);
  result.late_bursts = progress.due - progress.done;
  result.kept_rate = result.late_bursts <= config.outstanding;
  result.latest_ps = source.generator->latest_ps();
  result.read_bytes = bytes.read - source.bytes.read;
  result.write_bytes = bytes.write - source.bytes.write;
  return result;
}

}  // namespace ernsim
