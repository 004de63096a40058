#include "tlm/payload_copy.h"

#include <algorithm>
#include <cstring>

namespace ernsim {

namespace {

void copy_bytes(std::uint8_t* data, std::uint8_t* memory, std::size_t bytes, bool write) {
  if (write)
    std::memcpy(memory, data, bytes);
  else
    std::memcpy(data, memory, bytes);
}

/// Byte `i` of the data is enabled by byte `i` of the enables, which repeat.
void copy_enabled(const tlm::tlm_generic_payload& payload, std::uint8_t* memory, std::size_t from, std::size_t bytes) {
  const unsigned char* enables = payload.get_byte_enable_ptr();
  const std::size_t length = payload.get_byte_enable_length();
  for (std::size_t i = 0; i < bytes; ++i)
    if (enables[(from + i) % length] == TLM_BYTE_ENABLED)
      copy_bytes(payload.get_data_ptr() + from + i, memory + i, 1, payload.is_write());
}

}  // namespace

std::uint64_t touched_bytes(const tlm::tlm_generic_payload& payload) {
  return std::min(payload.get_data_length(), payload.get_streaming_width());
}

tlm::tlm_response_status objection(const tlm::tlm_generic_payload& payload, std::uint64_t size) {
  if (payload.get_data_length() == 0 || payload.get_streaming_width() == 0 || payload.get_data_ptr() == nullptr)
    return tlm::TLM_BURST_ERROR_RESPONSE;
  if (payload.get_byte_enable_ptr() != nullptr && payload.get_byte_enable_length() == 0)
    return tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE;
  const std::uint64_t touched = touched_bytes(payload);
  if (touched > size || payload.get_address() > size - touched) return tlm::TLM_ADDRESS_ERROR_RESPONSE;
  return tlm::TLM_OK_RESPONSE;
}

void copy(const tlm::tlm_generic_payload& payload, std::uint8_t* memory) {
  std::uint8_t* place = memory + payload.get_address();
  const std::size_t length = payload.get_data_length(), width = payload.get_streaming_width();
  for (std::size_t from = 0; from < length; from += width) {
    const std::size_t bytes = std::min(width, length - from);
    if (payload.get_byte_enable_ptr() == nullptr)
      copy_bytes(payload.get_data_ptr() + from, place, bytes, payload.is_write());
    else
      copy_enabled(payload, place, from, bytes);
  }
}

}  // namespace ernsim
