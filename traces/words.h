#pragma once

#include "traces/channel.h"

namespace ernsim::traces {

/// Bits of a word of this kind in a sentence, as traces/FORMAT.md has it: B block_channels, M lanes, c a channel of the
/// block. Bit 0 is the lowest bit of the first byte.
const char* layout_of(WordKind kind);

}  // namespace ernsim::traces
