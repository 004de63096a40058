#pragma once

#include <cstdint>

#include "timing/clock.h"

namespace ernsim {

enum class DramCommandKind : std::uint8_t {
  read,
  write,
  read_precharge,   ///< RDA: the bank closes itself as soon as tRAS and tRTP allow
  write_precharge,  ///< WRA: likewise after tRAS and tWR
  activate,
  precharge,
  precharge_all,
  refresh,
  refresh_bank,  ///< REFpb
};

/// One entry of the command log.
struct DramCommand {
  Cycle at = 0;
  DramCommandKind kind = DramCommandKind::activate;
  std::uint32_t bank = 0;  ///< over all bank groups and ranks; the first one of its rank for commands to all banks
  std::uint32_t row = 0;   ///< of activate and column commands
  std::uint32_t channel = 0;

  bool operator==(const DramCommand& o) const {
    return at == o.at && kind == o.kind && bank == o.bank && row == o.row && channel == o.channel;
  }
};

/// Told of every command at its issue.
class DramCommandObserver {
 public:
  virtual ~DramCommandObserver() = default;
  virtual void dram_command(const DramCommand& command) = 0;
};

}  // namespace ernsim
