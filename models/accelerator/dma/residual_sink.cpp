#include "models/accelerator/dma/residual_sink.h"

#include "models/accelerator/dma/sum_packing.h"

namespace ernsim {

void ResidualSink::write(const LoadedBurst& loaded) {
  const TransferOperands& operands = loaded.operands();
  if (operands.sum_bits == 16) {
    pass_through_.write(loaded);
    return;
  }
  run_.resize(operands.run_bytes);
  std::memcpy(run_.data() + loaded.position.offset_bytes, loaded.burst.data, loaded.burst.bytes);
  const std::size_t packed = packed_bytes(loaded.operands());
  const std::size_t begin = loaded.position.offset_bytes / packed, end = loaded.end_offset() / packed;
  unpack_sums(run_.data() + begin * packed, (end - begin) * memory_.word_bytes / 2, operands.sum_bits,
              memory_.word(loaded.first_word() + begin));
}

void ResidualSink::list_writes(const LoadedBurst& loaded, std::vector<WordWrite>& writes) const {
  list_words(loaded, packed_bytes(loaded.operands()), writes);
}

}  // namespace ernsim
