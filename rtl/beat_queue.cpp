#include "rtl/beat_queue.h"

#include <algorithm>

namespace ernsim::rtl {

void BeatQueue::add(Cycle cycle, std::uint32_t address, const Bytes& data) {
  auto at = beats_.end();
  while (at != beats_.begin() && (at - 1)->cycle == cycle && (at - 1)->address > address) --at;
  beats_.insert(at, {cycle, address, data});
}

std::size_t BeatQueue::count_before(Cycle end) const {
  std::size_t count = 0;
  while (count < beats_.size() && beats_[count].cycle < end) ++count;
  return count;
}

void BeatQueue::report(std::size_t count, const Instruction& instruction, PortObserver* ports) {
  count = std::min(count, beats_.size());
  std::vector<Cycle> cycles;
  std::vector<std::uint32_t> addresses;
  Bytes data;
  for (std::size_t i = 0; i < count; ++i) {
    const Beat& beat = beats_[i];
    cycles.push_back(beat.cycle);
    addresses.push_back(beat.address);
    data.insert(data.end(), beat.data.begin(), beat.data.end());
  }
  beats_.erase(beats_.begin(), beats_.begin() + static_cast<std::ptrdiff_t>(count));
  if (count == 0 || ports == nullptr) return;
  ports->beats(PortBeats{port_, &instruction, count, cycles[0], cycles.data(), addresses[0], addresses.data(),
                         data.data(), word_bytes_});
}

}  // namespace ernsim::rtl
