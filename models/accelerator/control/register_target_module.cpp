#include "models/accelerator/control/register_target_module.h"

#include <algorithm>
#include <cstring>

#include "timing/annotation.h"

namespace ernsim {

namespace {

bool enabled(const tlm::tlm_generic_payload& payload, std::size_t byte) {
  const unsigned char* enables = payload.get_byte_enable_ptr();
  const unsigned length = payload.get_byte_enable_length();
  return enables == nullptr || length == 0 || enables[byte % length] == TLM_BYTE_ENABLED;
}

/// The mask of the bytes of a word that are enabled; `first`: the word's first byte in the data.
std::uint32_t mask_of(const tlm::tlm_generic_payload& payload, std::size_t first) {
  std::uint32_t mask = 0;
  for (std::size_t b = 0; b < register_bytes; ++b)
    if (enabled(payload, first + b)) mask |= std::uint32_t{0xFF} << 8 * b;
  return mask;
}

/// What is wrong with an access; TLM_OK_RESPONSE if nothing is.
tlm::tlm_response_status judge(const tlm::tlm_generic_payload& payload) {
  const std::uint64_t address = payload.get_address();
  const unsigned length = payload.get_data_length();
  const bool sized = length == register_bytes || length == 2 * register_bytes;
  if (!sized || address % length != 0 || payload.get_streaming_width() < length) return tlm::TLM_BURST_ERROR_RESPONSE;
  const bool there =
      address / register_bytes < register_count && (address + length - 1) / register_bytes < register_count;
  return there ? tlm::TLM_OK_RESPONSE : tlm::TLM_ADDRESS_ERROR_RESPONSE;
}

}  // namespace

RegisterTargetModule::RegisterTargetModule(sc_core::sc_module_name name, Control& control)
    : sc_module(name), socket("socket"), control_(control) {
  socket.register_b_transport(this, &RegisterTargetModule::access);
  socket.register_transport_dbg(this, &RegisterTargetModule::debug);
}

Cycle RegisterTargetModule::edge_after(const sc_core::sc_time& delay) const {
  return std::max(control_.clock().edge_at_or_after(time_of(delay) + 1), control_.soonest());
}

void RegisterTargetModule::access(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
  payload.set_dmi_allowed(false);
  const tlm::tlm_response_status status =
      payload.get_command() == tlm::TLM_IGNORE_COMMAND ? tlm::TLM_OK_RESPONSE : judge(payload);
  payload.set_response_status(status);
  if (status != tlm::TLM_OK_RESPONSE) return;
  if (payload.is_read())
    read(payload, edge_after(delay));
  else if (payload.is_write())
    write(payload, edge_after(delay));
}

void RegisterTargetModule::read(tlm::tlm_generic_payload& payload, Cycle at) const {
  for (std::size_t i = 0; i < payload.get_data_length(); i += register_bytes) {
    const std::uint32_t value = control_.read_register((payload.get_address() + i) / register_bytes, at);
    for (std::size_t b = 0; b < register_bytes; ++b)
      if (enabled(payload, i + b)) payload.get_data_ptr()[i + b] = static_cast<unsigned char>(value >> 8 * b);
  }
}

void RegisterTargetModule::write(const tlm::tlm_generic_payload& payload, Cycle visible) {
  for (std::size_t i = 0; i < payload.get_data_length(); i += register_bytes) {
    const std::uint32_t mask = mask_of(payload, i);
    if (mask == 0) continue;
    std::uint32_t value = 0;
    for (std::size_t b = 0; b < register_bytes; ++b) value |= std::uint32_t{payload.get_data_ptr()[i + b]} << 8 * b;
    control_.write_register((payload.get_address() + i) / register_bytes, value, visible, mask);
  }
}

/// Reads without a side effect; writes take effect at the next edge, byte by byte. Stops at the end of the registers.
unsigned RegisterTargetModule::debug(tlm::tlm_generic_payload& payload) {
  constexpr std::uint64_t end = register_count * register_bytes;
  const std::uint64_t address = payload.get_address();
  if (address >= end || payload.get_command() == tlm::TLM_IGNORE_COMMAND) return 0;
  const auto length = static_cast<unsigned>(std::min<std::uint64_t>(payload.get_data_length(), end - address));
  const Cycle at = edge_after(sc_core::SC_ZERO_TIME);
  for (unsigned i = 0; i < length; ++i) {
    const std::size_t number = (address + i) / register_bytes, shift = 8 * ((address + i) % register_bytes);
    unsigned char& byte = payload.get_data_ptr()[i];
    if (payload.is_read())
      byte = static_cast<unsigned char>(control_.read_register(number, at) >> shift);
    else
      control_.write_register(number, std::uint32_t{byte} << shift, at, std::uint32_t{0xFF} << shift);
  }
  return length;
}

}  // namespace ernsim
