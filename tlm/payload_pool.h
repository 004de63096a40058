#pragma once

#include <memory>
#include <tlm>
#include <vector>

#include "tlm/burst.h"

namespace ernsim {

/// What a burst carries beside its generic payload.
struct BurstExtension : tlm::tlm_extension<BurstExtension> {
  Burst burst;
  BurstTiming timing;
  MemoryDelay delay = MemoryDelay::none;  ///< set by the memory, read by the interconnect
  Picoseconds delay_ps = 0;
  std::uint8_t* own_data = nullptr;  ///< the payload's room for a read's data

  tlm::tlm_extension_base* clone() const override { return new BurstExtension(*this); }
  void copy_from(const tlm::tlm_extension_base& other) override { *this = static_cast<const BurstExtension&>(other); }
};

/// Generic payloads with their extension and room for the data of a burst, used again and again.
class PayloadPool : public tlm::tlm_mm_interface {
 public:
  static constexpr std::size_t data_bytes = 16 * 64;  ///< 16 beats of the widest port

  ~PayloadPool() override;
  /// A payload with one reference, set up for `burst`; a read's data pointer is the payload's own room.
  tlm::tlm_generic_payload& acquire(const Burst& burst);
  void free(tlm::tlm_generic_payload* payload) override { free_.push_back(payload); }

 private:
  struct Slot {
    tlm::tlm_generic_payload payload;
    BurstExtension extension;
    std::uint8_t data[data_bytes] = {};
  };

  std::vector<std::unique_ptr<Slot>> slots_;
  std::vector<tlm::tlm_generic_payload*> free_;
};

inline BurstExtension& extension_of(tlm::tlm_generic_payload& payload) {
  return *payload.get_extension<BurstExtension>();
}

}  // namespace ernsim
