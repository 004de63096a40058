#include "traces/words.h"

namespace ernsim::traces {

const char* layout_of(WordKind kind) {
  switch (kind) {
    case WordKind::sums:
      return "channel c in bits 16 c + 15 to 16 c, two's complement";
    case WordKind::codes:
      return "channel c: low bit in bit c, high bit in bit B + c, unsigned";
    case WordKind::signs:
      return "row i of a pane in word i / M, from bit (i mod M) B on; row i = m B + r is output channel r of matrix m; "
             "bit c of a "
             "row is input channel c, 1 is the weight -1";
    case WordKind::thresholds:
      return "channel c from bit 64 c on: three thresholds of 17 bits, two's complement, from bits 0, 17 and 34 on; "
             "bit 51: 1 "
             "counts sum <= threshold, 0 sum >= threshold";
    case WordKind::cycles:
      return "cycles, unsigned";
    case WordKind::plain:
      break;
  }
  return "a number, unsigned; bytes of external memory with the lowest address in bits 7 to 0";
}

}  // namespace ernsim::traces
