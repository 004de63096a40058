#include "models/platform/host_module.h"

#include "timing/annotation.h"

namespace ernsim {

HostModule::HostModule(sc_core::sc_module_name name, const HostConfig& config, HostProgram program,
                       sc_core::sc_event& interrupt)
    : sc_module(name),
      registers_out("registers_out"),
      memory_out("memory_out"),
      config_(config),
      program_(std::move(program)) {
  SC_THREAD(run);
  SC_METHOD(note_interrupt);
  sensitive << interrupt;
  dont_initialize();
}

void HostModule::run() {
  for (int i = 0; i < program_.frames; ++i) {
    if (i == 0 || !program_.second) start(i);
    await_interrupt();
    if (program_.second && i + 1 < program_.frames) start(i + 1);
    pool(i);
    frame_end_ps_.push_back(kernel_now_ps());
    frame_ps_.push_back(frame_end_ps_.back() - start_ps_[static_cast<std::size_t>(i)]);
  }
  on_finished();
}

void HostModule::start(int frame) {
  start_ps_.push_back(kernel_now_ps());
  for (const auto& [number, value] : program_.registers) {
    const bool other = frame % 2 == 1 && program_.second && program_.second->register_write.first == number;
    write_register(number, other ? program_.second->register_write.second : value);
  }
  write_register(0, 1);
}

void HostModule::note_interrupt() {
  interrupts_ps_.push_back(kernel_now_ps());
  noted_.notify(sc_core::SC_ZERO_TIME);
}

/// The latency counts from the interrupt, whatever the host was at.
void HostModule::await_interrupt() {
  while (interrupts_ps_.empty()) wait(noted_);
  const Picoseconds latency_ps =
      static_cast<Picoseconds>(sc_core::sc_time(config_.interrupt_latency_us, sc_core::SC_US).value());
  const Picoseconds ready_ps = interrupts_ps_.front() + latency_ps;
  interrupts_ps_.pop_front();
  if (ready_ps > kernel_now_ps()) wait(delay_until(ready_ps));
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

void HostModule::pool(int frame) {
  const auto values_read = static_cast<double>(program_.logits.class_values());
  wait(sc_core::sc_time(config_.pooling_ns_per_value * values_read, sc_core::SC_NS));
  if (!program_.data || program_.logits.scale.empty()) return;
  std::vector<std::int16_t> values(program_.logits.values());
  tlm::tlm_generic_payload payload;
  payload.set_command(tlm::TLM_READ_COMMAND);
  payload.set_address(frame % 2 == 1 && program_.second ? program_.second->address : program_.logits.address);
  payload.set_data_ptr(reinterpret_cast<unsigned char*>(values.data()));
  payload.set_data_length(static_cast<unsigned>(values.size() * sizeof(std::int16_t)));
  if (memory_out->transport_dbg(payload) != payload.get_data_length())
    SC_REPORT_ERROR("ernsim", "the logits lie outside external memory");
  logits_ = average_pool(program_.logits, values);
}

}  // namespace ernsim
