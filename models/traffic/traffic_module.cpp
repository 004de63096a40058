#include "models/traffic/traffic_module.h"

#include <stdexcept>

#include "timing/annotation.h"
#include "tlm/look_ahead.h"

namespace ernsim {

TrafficGenerator::TrafficGenerator(sc_core::sc_module_name name, const TrafficConfig& config, EngineModule* engine)
    : sc_module(name), out("out", static_cast<ExternalPortSide&>(*this)), config_(config), source_(config, *this) {
  if (engine == nullptr) {
    own_engine_ = std::make_unique<EngineModule>("engine", EngineKind::leap, embedded_look_ahead());
    engine = own_engine_.get();
    out.calls_out_of(*engine);
  }
  engine->add(source_);
}

void TrafficGenerator::issue(std::int64_t number, const TrafficBurst& burst, Cycle at) {
  Slot& slot = free_slot();
  slot.number = number;
  tlm::tlm_generic_payload& payload = slot;
  payload.acquire();
  payload.set_command(burst.write ? tlm::TLM_WRITE_COMMAND : tlm::TLM_READ_COMMAND);
  payload.set_address(burst.address);
  payload.set_data_ptr(slot.data.data());
  payload.set_data_length(static_cast<unsigned>(slot.data.size()));
  payload.set_streaming_width(static_cast<unsigned>(slot.data.size()));
  payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  payload.set_dmi_allowed(false);
  out.send(payload, source_.clock().time_ps(at));
}

TrafficGenerator::Slot& TrafficGenerator::free_slot() {
  if (free_.empty()) {
    slots_.push_back(std::make_unique<Slot>());
    slots_.back()->set_mm(this);
    slots_.back()->data.resize(static_cast<std::size_t>(config_.burst_bytes), 0xa5);
    return *slots_.back();
  }
  Slot& slot = *free_.back();
  free_.pop_back();
  return slot;
}

void TrafficGenerator::answered(tlm::tlm_generic_payload& payload, Picoseconds done_ps) {
  if (payload.is_response_error())
    throw std::runtime_error("traffic." + config_.name + ": the memory answers " + payload.get_response_string());
  source_.done(static_cast<Slot&>(payload).number, done_ps);
  payload.release();
}

/// Ends with what others have attached to it for its transaction.
void TrafficGenerator::free(tlm::tlm_generic_payload* payload) {
  payload->reset();
  free_.push_back(static_cast<Slot*>(payload));
}

}  // namespace ernsim
