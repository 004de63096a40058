#pragma once

#include <cstdint>
#include <string>
#include <tlm>

namespace ernsim {

/// The attributes of a generic payload that nobody may change while its transaction is under way (IEEE
/// 1666-2011, 14.7): all that the initiator sets, but for the address, which belongs to interconnects. The bytes of a
/// write, and the byte enables, are among them.
class PayloadAttributes {
 public:
  explicit PayloadAttributes(const tlm::tlm_generic_payload& payload);

  /// The first attribute that is not as it was, empty if all are.
  std::string changed_in(const tlm::tlm_generic_payload& payload) const;

 private:
  tlm::tlm_command command_;
  const unsigned char* data_;
  unsigned data_length_;
  const unsigned char* byte_enables_;
  unsigned byte_enable_length_;
  unsigned streaming_width_;
  std::uint64_t written_;  ///< digest of the data of a write
  std::uint64_t enabled_;  ///< digest of the byte enables
};

/// What is wrong with a payload whose transaction begins, empty if nothing is.
std::string fault_at_begin(const tlm::tlm_generic_payload& payload);

/// "read of 64 bytes at 0x1000".
std::string text_of(const tlm::tlm_generic_payload& payload);

}  // namespace ernsim
