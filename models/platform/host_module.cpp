#include "models/platform/host_module.h"

#include <fmt/format.h>

#include <stdexcept>

#include "models/accelerator/control/fault.h"
#include "models/accelerator/control/register_map.h"
#include "timing/annotation.h"

namespace ernsim {

namespace {

/// One line about the registers that describe an error.
std::string error_text(std::uint32_t error, std::uint32_t instruction, std::uint64_t address) {
  const auto code = static_cast<FaultCode>(error & 0xFF);
  const auto unit = static_cast<std::uint8_t>(error >> 8 & 0xF);
  const std::string what = fmt::format("the accelerator stopped with error {} ({})", error & 0xFF, meaning_of(code));
  if (unit == controller_unit) return what;
  return fmt::format("{}: {}, instruction {}, address {:#x}", what, name_of(static_cast<UnitId>(unit)), instruction,
                     address);
}

}  // namespace

HostModule::HostModule(sc_core::sc_module_name name, const HostConfig& config, HostProgram program)
    : sc_module(name),
      registers_out("registers_out"),
      memory_out("memory_out"),
      interrupt_in("interrupt_in"),
      config_(config),
      program_(std::move(program)) {
  SC_THREAD(run);
  SC_METHOD(note_interrupt);
  sensitive << interrupt_in.pos();
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
  if (listener_ != nullptr) listener_->frames_finished();
}

void HostModule::start(int frame) {
  start_ps_.push_back(kernel_now_ps());
  for (const auto& [number, value] : program_.registers) {
    const bool other = frame % 2 == 1 && program_.second && program_.second->register_write.first == number;
    write_register(number, other ? program_.second->register_write.second : value);
  }
  write_register(number_of(Register::control), control_start);
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
  if (accelerator_failed()) refuse_frame();
}

/// The interrupt handler's look at the status, whose time is part of the interrupt latency.
bool HostModule::accelerator_failed() {
  std::uint32_t status = 0;
  tlm::tlm_generic_payload payload;
  payload.set_read();
  payload.set_address(number_of(Register::status) * register_bytes);
  payload.set_data_ptr(reinterpret_cast<unsigned char*>(&status));
  payload.set_data_length(sizeof status);
  registers_out->transport_dbg(payload);
  return (status & status_error) != 0;
}

void HostModule::refuse_frame() {
  const std::uint32_t error = read_register(number_of(Register::error_code));
  const std::uint32_t instruction = read_register(number_of(Register::error_instruction));
  const std::uint64_t low = read_register(number_of(Register::error_address_low));
  const std::uint64_t high = read_register(number_of(Register::error_address_high));
  throw std::runtime_error(error_text(error, instruction, high << 32 | low));
}

void HostModule::write_register(std::uint32_t number, std::uint32_t value) {
  access_register(tlm::TLM_WRITE_COMMAND, number, value);
}

std::uint32_t HostModule::read_register(std::uint32_t number) {
  std::uint32_t value = 0;
  access_register(tlm::TLM_READ_COMMAND, number, value);
  return value;
}

void HostModule::access_register(tlm::tlm_command command, std::uint32_t number, std::uint32_t& value) {
  wait(sc_core::sc_time(config_.register_access_ns, sc_core::SC_NS));
  tlm::tlm_generic_payload payload;
  payload.set_command(command);
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
