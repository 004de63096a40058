#pragma once

#include <cstdint>
#include <vector>

#include "compiler/schedule.h"

namespace ernsim::compiler {

/// A contiguous range that an instruction reads or writes: words on chip, bytes in external memory.
struct Access {
  MemoryId memory;
  bool writes;
  std::uint64_t begin;
  std::uint64_t end;
};

/// What the external memory must hold where the transfer reads or writes.
RegionKind region_kind_of(const Instruction& transfer);

/// External bytes that become one on-chip word: a pixel of codes or sums, an entry of thresholds, one pixel of an
/// image, one matrix of a weight pane.
std::uint64_t granule_bytes(const Schedule& schedule, const Instruction& transfer);

/// On-chip words one run covers.
std::uint64_t words_per_run(const Schedule& schedule, const Instruction& transfer);

/// Words of W one convolution reads: B for each pane.
std::uint64_t weight_words(const Schedule& schedule, const ConvolutionOperands& operands);

/// Appends every range, reads before writes. The operands must be ones that check_addresses accepts.
void list_accesses(const Schedule& schedule, const Instruction& instruction, std::vector<Access>& out);

}  // namespace ernsim::compiler
