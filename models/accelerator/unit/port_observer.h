#pragma once

#include <cstddef>
#include <cstdint>

#include "models/accelerator/isa/instruction.h"
#include "timing/clock.h"

namespace ernsim {

/// Where units meet: the ports whose beats a PortObserver sees. Addresses are words of an on-chip memory unless said.
enum class Port : std::uint8_t {
  convolution_activations_in,    ///< A, read; up to M x cores beats a cycle
  convolution_weights_in,        ///< W, read by the weight loader
  convolution_accumulators_in,   ///< F, read to be added to
  convolution_accumulators_out,  ///< F, written
  quantization_accumulators_in,  ///< F, read
  quantization_residuals_in,     ///< R, read
  quantization_thresholds_in,    ///< Q, read
  quantization_codes_out,        ///< A, written
  quantization_sums_out,         ///< S, written
  load_activations_data,         ///< AXI read data of the load engines; address: external, of the beat's first lane
  load_weights_data,
  load_thresholds_data,
  load_residuals_data,
  store_data,               ///< what the store engine reads on chip when it issues a burst; address: external
  load_activations_writes,  ///< A, written, in the order of cycles; data: the word as it is then
  load_weights_writes,      ///< W
  load_thresholds_writes,   ///< Q
  load_residuals_writes,    ///< R
  load_activations_burst,   ///< AXI address channels; address: external; data: bytes, bit 31: write
  load_weights_burst,
  load_thresholds_burst,
  load_residuals_burst,
  store_burst,
  fetch_burst,        ///< instruction fetch
  semaphore_take,     ///< address: semaphore number; data: credits
  semaphore_post,     ///< likewise, one credit
  register_write,     ///< address: register number; data: value
  interrupt,          ///< no data
  fetched,            ///< instruction, in the cycle its fetch is done; address: number in its stream; data: its bytes
  store_response,     ///< AXI write response; address: external, of the burst; no data
  instruction_start,  ///< + unit; address: number in its stream; data: layer, block, row, column, 16 bits each
  instruction_end = instruction_start + unit_count,  ///< + unit; likewise
  stall = instruction_end + unit_count,              ///< + unit; address: StallCause; data: cycles it lasts
  port_count = stall + unit_count,
};
inline constexpr std::size_t traced_port_count = static_cast<std::size_t>(Port::port_count);

/// Of a row of ports, one for every unit or initiator, in their order.
template <class Owner>
Port port_of(Port first, Owner owner) {
  return static_cast<Port>(index_of(first) + index_of(owner));
}

/// Beats of one port that belong together: of one sweep, burst or instruction, in ascending order of cycles.
struct PortBeats {
  Port port;
  const Instruction* instruction = nullptr;  ///< whose beats these are; null if of none
  std::size_t count = 1;
  Cycle first_cycle = 0;
  const Cycle* cycles = nullptr;  ///< [count]; null: one after the other from first_cycle on
  std::uint32_t first_address = 0;
  const std::uint32_t* addresses = nullptr;  ///< [count]; null: one after the other from first_address on
  const void* data = nullptr;                ///< [count][word_bytes]; null without data
  std::size_t word_bytes = 0;
};

/// Sees the beats of every port, when a unit has executed them. Pointers are valid only during the call.
class PortObserver {
 public:
  virtual ~PortObserver() = default;
  virtual void beats(const PortBeats& beats) = 0;

  void beat(Port port, const Instruction* instruction, Cycle cycle, std::uint32_t address, const void* data,
            std::size_t word_bytes) {
    beats(PortBeats{port, instruction, 1, cycle, nullptr, address, nullptr, data, word_bytes});
  }
};

}  // namespace ernsim
