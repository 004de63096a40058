#pragma once

#include <cstddef>
#include <cstdint>
#include <tlm>

namespace ernsim {

/// Bytes of the address range that a payload touches: less than its data length if the streaming width is.
std::uint64_t touched_bytes(const tlm::tlm_generic_payload& payload);

/// What a memory of `size` bytes has to say against a read or write, TLM_OK_RESPONSE if nothing.
tlm::tlm_response_status objection(const tlm::tlm_generic_payload& payload, std::uint64_t size);

/// Copies the bytes of a read or write that `objection` has nothing against, with byte enables and streaming width, out
/// of or into the memory's bytes.
void copy(const tlm::tlm_generic_payload& payload, std::uint8_t* memory);

}  // namespace ernsim
