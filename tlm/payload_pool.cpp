#include "tlm/payload_pool.h"

namespace ernsim {

PayloadPool::~PayloadPool() {
  for (auto& slot : slots_) slot->payload.clear_extension(&slot->extension);
}

tlm::tlm_generic_payload& PayloadPool::acquire(const Burst& burst) {
  if (free_.empty()) {
    slots_.push_back(std::make_unique<Slot>());
    Slot& slot = *slots_.back();
    slot.payload.set_mm(this);
    slot.payload.set_extension(&slot.extension);
    slot.extension.own_data = slot.data;
    free_.push_back(&slot.payload);
  }
  tlm::tlm_generic_payload& payload = *free_.back();
  free_.pop_back();
  payload.acquire();
  BurstExtension& extension = extension_of(payload);
  Burst& held = extension.burst;
  std::uint8_t* own_data = extension.own_data;
  held = burst;
  held.handle = &payload;
  if (held.data == nullptr) held.data = own_data;
  payload.set_command(burst.write ? tlm::TLM_WRITE_COMMAND : tlm::TLM_READ_COMMAND);
  payload.set_address(burst.address);
  payload.set_data_ptr(held.data);
  payload.set_data_length(burst.bytes);
  payload.set_streaming_width(burst.bytes);
  payload.set_byte_enable_ptr(nullptr);
  payload.set_dmi_allowed(false);
  payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  return payload;
}

}  // namespace ernsim
