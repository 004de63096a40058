#include "workloads/sign_weights.h"

namespace ernsim::workloads {

namespace {

/// The processor's own instruction where there is one.
__attribute__((target_clones("popcnt", "default"))) std::int32_t ones(const std::uint64_t* words, std::size_t count) {
  std::int32_t found = 0;
  for (std::size_t i = 0; i < count; ++i) found += __builtin_popcountll(words[i]);
  return found;
}

}  // namespace

std::int32_t SignWeights::count_negative(std::size_t first, std::size_t count) const {
  const std::size_t ahead = std::min(count, (64 - first % 64) % 64);
  const std::uint64_t head = bits(first, ahead);
  const std::size_t whole = (count - ahead) / 64;
  const std::uint64_t tail = bits(first + ahead + 64 * whole, (count - ahead) % 64);
  return ones(&head, 1) + ones(words.data() + (first + ahead) / 64, whole) + ones(&tail, 1);
}

}  // namespace ernsim::workloads
