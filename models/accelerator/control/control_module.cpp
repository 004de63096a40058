#include "models/accelerator/control/control_module.h"

#include <cstring>

#include "timing/annotation.h"

namespace ernsim {

ControlModule::ControlModule(sc_core::sc_module_name name, EngineModule& engine, Clock clock,
                             const ControlConfig& config, std::int64_t port_width_bytes, SemaphoreBank& bank,
                             PayloadPool& pool)
    : sc_module(name),
      registers_in("registers_in"),
      bursts_out("bursts_out", clock, pool,
                 [this](const Burst& burst, const BurstTiming& timing) { control_.completed(burst, timing); }),
      interrupt("interrupt"),
      engine_(engine),
      control_(clock, config, port_width_bytes, bank, bursts_out, *this) {
  engine_.add(control_);
  registers_in.register_b_transport(this, &ControlModule::access);
}

void ControlModule::access(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
  const auto number = static_cast<std::size_t>(payload.get_address() / sizeof(std::uint32_t));
  const bool word =
      payload.get_data_length() == sizeof(std::uint32_t) && payload.get_address() % sizeof(std::uint32_t) == 0;
  if (!word || number >= register_count) {
    payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
    return;
  }
  std::uint32_t value = control_.read_register(number);
  if (payload.is_read()) {
    std::memcpy(payload.get_data_ptr(), &value, sizeof value);
  } else {
    std::memcpy(&value, payload.get_data_ptr(), sizeof value);
    control_.write_register(number, value, control_.clock().edge_at_or_after(time_of(delay) + 1));
  }
  payload.set_response_status(tlm::TLM_OK_RESPONSE);
}

void ControlModule::frame_started(Cycle now) { on_start(now); }

void ControlModule::frame_finished(Cycle now) {
  on_finish(now);
  engine_.notify(interrupt, control_.clock().time_ps(now));
}

}  // namespace ernsim
