#include "tlm/payload_pool.h"

namespace ernsim {

PayloadPool::~PayloadPool() {
  for (auto& slot : slots_) slot->clear_extension(&slot->extension);
}

PayloadPool::Slot& PayloadPool::free_slot() {
  if (free_.empty()) {
    slots_.push_back(std::make_unique<Slot>());
    Slot& slot = *slots_.back();
    slot.set_mm(this);
    slot.set_extension(&slot.extension);
    slot.extension.payload = &slot;
    return slot;
  }
  Slot& slot = *free_.back();
  free_.pop_back();
  return slot;
}

void PayloadPool::free(tlm::tlm_generic_payload* payload) {
  payload->reset();
  free_.push_back(static_cast<Slot*>(payload));
}

tlm::tlm_generic_payload& PayloadPool::acquire(const Burst& burst, std::uint64_t base_address) {
  Slot& slot = free_slot();
  slot.acquire();
  Burst& held = slot.extension.burst;
  held = burst;
  held.address += base_address;
  held.handle = &slot.extension;
  if (held.data == nullptr) held.data = slot.data;
  slot.set_command(held.write ? tlm::TLM_WRITE_COMMAND : tlm::TLM_READ_COMMAND);
  slot.set_address(held.address);
  slot.set_data_ptr(held.data);
  slot.set_data_length(held.bytes);
  slot.set_streaming_width(held.bytes);
  slot.set_byte_enable_ptr(nullptr);
  slot.set_dmi_allowed(false);
  slot.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  return slot;
}

}  // namespace ernsim
