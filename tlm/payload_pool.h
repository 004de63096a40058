#pragma once

#include <memory>
#include <tlm>
#include <vector>

#include "tlm/burst.h"

namespace ernsim {

/// What a burst carries beside its generic payload.
struct BurstExtension : tlm::tlm_extension<BurstExtension> {
  Burst burst;  ///< its handle is this extension
  BurstTiming timing;
  MemoryDelay delay = MemoryDelay::none;  ///< set by the memory, read by the interconnect
  Picoseconds delay_ps = 0;
  tlm::tlm_generic_payload* payload = nullptr;  ///< whose it is

  tlm::tlm_extension_base* clone() const override { return new BurstExtension(*this); }
  void copy_from(const tlm::tlm_extension_base& other) override { *this = static_cast<const BurstExtension&>(other); }
};

/// Generic payloads with their extension and room for the data of a burst, used again and again. What others have
/// attached to one for its transaction (set_auto_extension) ends with that, as TLM-2.0 has it.
class PayloadPool : public tlm::tlm_mm_interface {
 public:
  static constexpr std::size_t data_bytes = 16 * 64;  ///< 16 beats of the widest port

  ~PayloadPool() override;
  /// A payload with one reference, set up for `burst`, moved by `base_address`; a read's data pointer is the payload's
  /// own room.
  tlm::tlm_generic_payload& acquire(const Burst& burst, std::uint64_t base_address = 0);
  void free(tlm::tlm_generic_payload* payload) override;

 private:
  struct Slot : tlm::tlm_generic_payload {
    BurstExtension extension;
    std::uint8_t data[data_bytes] = {};
  };

  Slot& free_slot();

  std::vector<std::unique_ptr<Slot>> slots_;
  std::vector<Slot*> free_;
};

/// Of a burst that has a payload of the pool.
inline BurstExtension& extension_of(const Burst& burst) { return *static_cast<BurstExtension*>(burst.handle); }
inline BurstExtension& extension_of(tlm::tlm_generic_payload& payload) {
  return *payload.get_extension<BurstExtension>();
}

}  // namespace ernsim
