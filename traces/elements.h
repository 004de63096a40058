#pragma once

#include <cstddef>
#include <cstdint>

#include "traces/channel.h"

namespace ernsim::traces {

/// How many elements a word of the channel has: of sums and codes one per channel of a block, of every other kind its
/// bytes.
std::size_t elements_of(const Channel& channel);

/// One element of a word; `element` is below elements_of(channel).
int element_at(const Channel& channel, const std::uint8_t* word, std::size_t element);

}  // namespace ernsim::traces
