#include "models/platform/host_module.h"

#include <fmt/format.h>

#include <stdexcept>

#include "models/accelerator/control/fault.h"
#include "timing/annotation.h"

namespace ernsim {

namespace {

/// One line about an error of the accelerator.
std::string error_text(const ernsim_fault& fault) {
  const auto code = static_cast<FaultCode>(fault.code & 0xFF);
  const auto unit = static_cast<std::uint8_t>(fault.code >> 8 & 0xF);
  const std::string what =
      fmt::format("the accelerator stopped with error {} ({})", fault.code & 0xFF, meaning_of(code));
  if (unit == controller_unit) return what;
  return fmt::format("{}: {}, instruction {}, address {:#x}", what, name_of(static_cast<UnitId>(unit)),
                     fault.instruction, fault.address);
}

ernsim_program opened(const std::vector<std::uint8_t>& file) {
  ernsim_program program;
  if (ernsim_program_open(&program, file.data(), file.size()) == 0)
    throw std::logic_error("the host's program is none that the driver opens");
  return program;
}

}  // namespace

HostModule::HostModule(sc_core::sc_module_name name, const HostConfig& config, HostWork work)
    : sc_module(name),
      registers_out("registers_out"),
      memory_out("memory_out"),
      interrupt_in("interrupt_in"),
      config_(config),
      work_(std::move(work)),
      bus_{this,
           [](void* self, std::uint32_t offset) {
             return static_cast<HostModule*>(self)->access_register(tlm::TLM_READ_COMMAND, offset, 0);
           },
           [](void* self, std::uint32_t offset, std::uint32_t value) {
             static_cast<HostModule*>(self)->access_register(tlm::TLM_WRITE_COMMAND, offset, value);
           },
           [](void* self, std::uint64_t address, const void* bytes, std::size_t count) {
             static_cast<HostModule*>(self)->access_memory(tlm::TLM_WRITE_COMMAND, address, const_cast<void*>(bytes),
                                                           count);
           },
           [](void* self, std::uint64_t address, void* bytes, std::size_t count) {
             static_cast<HostModule*>(self)->access_memory(tlm::TLM_READ_COMMAND, address, bytes, count);
           },
           [](void* self) {
             static_cast<HostModule*>(self)->await_interrupt();
             return 1;
           }} {
  for (const auto& file : work_.programs) programs_.push_back(opened(file));
  for (const ernsim_program& program : programs_) devices_.push_back({&bus_, &program, 0});
  SC_THREAD(run);
  SC_METHOD(note_interrupt);
  sensitive << interrupt_in.pos();
  dont_initialize();
}

void HostModule::run() {
  if (ernsim_configure(&device(0)) != ERNSIM_OK)
    throw std::runtime_error("the accelerator is of another configuration than the program");
  const bool overlap = devices_.size() > 1;
  for (int i = 0; i < work_.frames; ++i) {
    if (i == 0 || !overlap) start(i);
    await_frame(i);
    if (overlap && i + 1 < work_.frames) start(i + 1);
    pool(i);
    frame_end_ps_.push_back(kernel_now_ps());
    frame_ps_.push_back(frame_end_ps_.back() - start_ps_[static_cast<std::size_t>(i)]);
  }
  if (listener_ != nullptr) listener_->frames_finished();
}

void HostModule::start(int frame) {
  start_ps_.push_back(kernel_now_ps());
  if (frame > 0) ernsim_switch(&device(frame - 1), &device(frame));
  ernsim_start(&device(frame));
}

void HostModule::await_frame(int frame) {
  ernsim_fault fault;
  if (ernsim_wait(&device(frame), &fault) != ERNSIM_OK) throw std::runtime_error(error_text(fault));
}

void HostModule::pool(int frame) {
  const ernsim_program& program = *device(frame).program;
  const double values_read = static_cast<double>(program.result_height) * program.result_width * program.classes;
  wait(sc_core::sc_time(config_.pooling_ns_per_value * values_read, sc_core::SC_NS));
  if (!work_.data || program.classes == 0) return;
  std::vector<std::int16_t> row(ernsim_row_values(&program));
  std::vector<std::int64_t> sums(program.classes);
  logits_.resize(program.classes);
  ernsim_logits(&device(frame), row.data(), sums.data(), logits_.data());
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

std::uint32_t HostModule::access_register(tlm::tlm_command command, std::uint32_t offset, std::uint32_t value) {
  wait(sc_core::sc_time(config_.register_access_ns, sc_core::SC_NS));
  tlm::tlm_generic_payload payload;
  payload.set_command(command);
  payload.set_address(offset);
  payload.set_data_ptr(reinterpret_cast<unsigned char*>(&value));
  payload.set_data_length(sizeof value);
  payload.set_streaming_width(sizeof value);
  payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
  registers_out->b_transport(payload, delay);
  if (payload.is_response_error()) throw std::runtime_error("the accelerator refused a register access");
  return value;
}

/// The time of it is that of pooling.
void HostModule::access_memory(tlm::tlm_command command, std::uint64_t address, void* bytes, std::size_t count) {
  tlm::tlm_generic_payload payload;
  payload.set_command(command);
  payload.set_address(address);
  payload.set_data_ptr(static_cast<unsigned char*>(bytes));
  payload.set_data_length(static_cast<unsigned>(count));
  payload.set_streaming_width(static_cast<unsigned>(count));
  if (memory_out->transport_dbg(payload) != count) throw std::runtime_error("the program lies outside external memory");
}

}  // namespace ernsim
