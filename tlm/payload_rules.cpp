#include "tlm/payload_rules.h"

#include <fmt/format.h>

namespace ernsim {

namespace {

/// FNV-1a.
std::uint64_t digest(const unsigned char* bytes, unsigned length) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (unsigned i = 0; bytes != nullptr && i < length; ++i) hash = (hash ^ bytes[i]) * 0x100000001b3;
  return hash;
}

std::uint64_t written(const tlm::tlm_generic_payload& payload) {
  return payload.is_write() ? digest(payload.get_data_ptr(), payload.get_data_length()) : 0;
}

std::uint64_t enabled(const tlm::tlm_generic_payload& payload) {
  return digest(payload.get_byte_enable_ptr(), payload.get_byte_enable_length());
}

}  // namespace

PayloadAttributes::PayloadAttributes(const tlm::tlm_generic_payload& payload)
    : command_(payload.get_command()),
      data_(payload.get_data_ptr()),
      data_length_(payload.get_data_length()),
      byte_enables_(payload.get_byte_enable_ptr()),
      byte_enable_length_(payload.get_byte_enable_length()),
      streaming_width_(payload.get_streaming_width()),
      written_(written(payload)),
      enabled_(enabled(payload)) {}

std::string PayloadAttributes::changed_in(const tlm::tlm_generic_payload& payload) const {
  if (payload.get_command() != command_) return "command";
  if (payload.get_data_ptr() != data_) return "data pointer";
  if (payload.get_data_length() != data_length_) return "data length";
  if (payload.get_byte_enable_ptr() != byte_enables_) return "byte enable pointer";
  if (payload.get_byte_enable_length() != byte_enable_length_) return "byte enable length";
  if (payload.get_streaming_width() != streaming_width_) return "streaming width";
  if (written(payload) != written_) return "data of the write";
  if (enabled(payload) != enabled_) return "byte enables";
  return "";
}

std::string fault_at_begin(const tlm::tlm_generic_payload& payload) {
  const bool moves = payload.get_command() != tlm::TLM_IGNORE_COMMAND;
  if (moves && payload.get_data_ptr() == nullptr) return "the data pointer is null";
  if (moves && payload.get_data_length() == 0) return "the data length is 0";
  if (moves && payload.get_streaming_width() == 0) return "the streaming width is 0";
  if (payload.get_byte_enable_ptr() != nullptr && payload.get_byte_enable_length() == 0)
    return "the byte enable length is 0";
  if (payload.get_response_status() != tlm::TLM_INCOMPLETE_RESPONSE)
    return "the response status is not TLM_INCOMPLETE_RESPONSE";
  if (payload.is_dmi_allowed()) return "DMI is allowed before the target has said so";
  return "";
}

std::string text_of(const tlm::tlm_generic_payload& payload) {
  const char* command = payload.is_read() ? "read" : payload.is_write() ? "write" : "ignore";
  return fmt::format("{} of {} bytes at {:#x}", command, payload.get_data_length(), payload.get_address());
}

}  // namespace ernsim
