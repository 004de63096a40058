#include "traces/run_hash.h"

#include <numeric>

namespace ernsim::traces {

namespace {

template <class Value>
std::uint64_t hash(const Value* values, std::size_t count) {
  return XXH3_64bits(values, count * sizeof(Value));
}

/// `listed`, or `count` numbers from `first` on, laid out in `counted`.
template <class Value>
const Value* listed_or_counted(const Value* listed, Value first, std::size_t count, std::vector<Value>& counted) {
  if (listed != nullptr) return listed;
  counted.resize(count);
  std::iota(counted.begin(), counted.end(), first);
  return counted.data();
}

}  // namespace

RunHash RunHasher::operator()(const PortBeats& beats) {
  const auto* addresses = listed_or_counted(beats.addresses, beats.first_address, beats.count, addresses_);
  const auto* cycles = listed_or_counted(beats.cycles, beats.first_cycle, beats.count, cycles_);
  XXH3_64bits_reset(state_.get());
  XXH3_64bits_update(state_.get(), addresses, beats.count * sizeof *addresses);
  if (beats.data != nullptr) XXH3_64bits_update(state_.get(), beats.data, beats.count * beats.word_bytes);
  return {XXH3_64bits_digest(state_.get()), hash(cycles, beats.count)};
}

RunHash hash_of(const Run& run) {
  if (run.hashed) return run.hash;
  PortBeats beats{};
  beats.count = run.count;
  beats.cycles = run.cycles.data();
  beats.addresses = run.addresses.data();
  beats.data = run.data.data();
  beats.word_bytes = run.count == 0 ? 0 : run.data.size() / run.count;
  return RunHasher()(beats);
}

}  // namespace ernsim::traces
