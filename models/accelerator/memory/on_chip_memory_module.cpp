#include "models/accelerator/memory/on_chip_memory_module.h"

#include <cstring>

namespace ernsim {

OnChipMemoryModule::OnChipMemoryModule(sc_core::sc_module_name name, std::int64_t words, std::size_t word_bytes)
    : sc_module(name),
      access_in("access_in"),
      word_bytes_(word_bytes),
      bytes_(static_cast<std::size_t>(words) * word_bytes) {
  access_in.register_b_transport(this, &OnChipMemoryModule::transport);
  access_in.register_transport_dbg(this, &OnChipMemoryModule::debug);
  access_in.register_get_direct_mem_ptr(this, &OnChipMemoryModule::direct);
}

void OnChipMemoryModule::transport(int id, tlm::tlm_generic_payload& payload, sc_core::sc_time&) {
  const bool done = debug(id, payload) == payload.get_data_length();
  payload.set_response_status(done ? tlm::TLM_OK_RESPONSE : tlm::TLM_ADDRESS_ERROR_RESPONSE);
}

unsigned OnChipMemoryModule::debug(int, tlm::tlm_generic_payload& payload) {
  const auto address = static_cast<std::size_t>(payload.get_address());
  const unsigned length = payload.get_data_length();
  if (address > bytes_.size() || length > bytes_.size() - address) return 0;
  if (payload.is_read())
    std::memcpy(payload.get_data_ptr(), bytes_.data() + address, length);
  else
    std::memcpy(bytes_.data() + address, payload.get_data_ptr(), length);
  return length;
}

bool OnChipMemoryModule::direct(int, tlm::tlm_generic_payload&, tlm::tlm_dmi& dmi) {
  dmi.set_dmi_ptr(bytes_.data());
  dmi.set_start_address(0);
  dmi.set_end_address(bytes_.size() - 1);
  dmi.allow_read_write();
  return true;
}

MemoryView MemoryPort::view(std::size_t word_bytes) {
  tlm::tlm_generic_payload payload;
  payload.set_address(0);
  tlm::tlm_dmi dmi;
  if (!socket->get_direct_mem_ptr(payload, dmi)) SC_REPORT_ERROR("ernsim", "an on-chip memory refused direct access");
  return MemoryView{dmi.get_dmi_ptr(), word_bytes, static_cast<std::size_t>(dmi.get_end_address() + 1) / word_bytes};
}

}  // namespace ernsim
