#include "models/platform/host_module.h"

#include "timing/annotation.h"

namespace ernsim {

HostModule::HostModule(sc_core::sc_module_name name, const HostConfig& config, HostProgram program,
                       sc_core::sc_event& interrupt)
    : sc_module(name),
      registers_out("registers_out"),
      memory_out("memory_out"),
      config_(config),
      program_(std::move(program)),
      interrupt_(interrupt) {
  SC_THREAD(run);
}

void HostModule::run() {
  for (int i = 0; i < program_.frames; ++i) {
    const Picoseconds start_ps = kernel_now_ps();
    frame();
    frame_ps_.push_back(kernel_now_ps() - start_ps);
  }
  on_finished();
  sc_core::sc_stop();
}

void HostModule::frame() {
  for (const auto& [number, value] : program_.registers) write_register(number, value);
  write_register(0, 1);
  wait(interrupt_);
  wait(sc_core::sc_time(config_.interrupt_latency_us, sc_core::SC_US));
  pool();
}

void HostModule::write_register(std::uint32_t number, std::uint32_t value) {
  wait(sc_core::sc_time(config_.register_access_ns, sc_core::SC_NS));
  tlm::tlm_generic_payload payload;
  payload.set_command(tlm::TLM_WRITE_COMMAND);
  payload.set_address(number * sizeof value);
  payload.set_data_ptr(reinterpret_cast<unsigned char*>(&value));
  payload.set_data_length(sizeof value);
  payload.set_streaming_width(sizeof value);
  payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
  registers_out->b_transport(payload, delay);
  if (payload.is_response_error()) SC_REPORT_ERROR("ernsim", "the accelerator refused a register access");
}

void HostModule::pool() {
  const auto values_read = static_cast<double>(program_.logits.class_values());
  wait(sc_core::sc_time(config_.pooling_ns_per_value * values_read, sc_core::SC_NS));
  if (!program_.data || program_.logits.scale.empty()) return;
  std::vector<std::int16_t> values(program_.logits.values());
  tlm::tlm_generic_payload payload;
  payload.set_command(tlm::TLM_READ_COMMAND);
  payload.set_address(program_.logits.address);
  payload.set_data_ptr(reinterpret_cast<unsigned char*>(values.data()));
  payload.set_data_length(static_cast<unsigned>(values.size() * sizeof(std::int16_t)));
  if (memory_out->transport_dbg(payload) != payload.get_data_length())
    SC_REPORT_ERROR("ernsim", "the logits lie outside external memory");
  logits_ = average_pool(program_.logits, values);
}

}  // namespace ernsim
