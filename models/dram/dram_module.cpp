#include "models/dram/dram_module.h"

#include <algorithm>

#include "timing/annotation.h"
#include "tlm/look_ahead.h"
#include "tlm/payload_copy.h"
#include "tlm/payload_pool.h"

namespace ernsim {

DramPorts::DramPorts(std::size_t sockets) : priorities(sockets, 0) {
  for (std::size_t i = 0; i < sockets; ++i) port_of_socket.push_back(i);
}

Dram::Dram(sc_core::sc_module_name name, const DramConfig& config, const DramPorts& ports, const DramOptions& options)
    : sc_module(name),
      engine_(engine_of(options)),
      ports_(ports),
      controller_((validate(config), config), *this, ports.priorities),
      bytes_(options.bytes == 0 ? dram_capacity_bytes(config) : options.bytes),
      gate_(options.gate),
      dmi_(options.dmi) {
  const ResponseCall call = own_engine_ ? ResponseCall::at_its_time : ResponseCall::ahead;
  auto& side = static_cast<TargetPortSide&>(*this);
  for (std::size_t i = 0; i < ports.port_of_socket.size(); ++i)
    in.push_back(std::make_unique<TargetPort>(sc_core::sc_gen_unique_name("in"), i, side, engine_, call));
  engine_.add(controller_);
}

EngineModule& Dram::engine_of(const DramOptions& options) {
  if (options.engine != nullptr) return *options.engine;
  const LookAhead look_ahead = options.look_ahead.bound_ps < 0 ? embedded_look_ahead() : options.look_ahead;
  own_engine_ = std::make_unique<EngineModule>("engine", options.kind, look_ahead);
  return *own_engine_;
}

/// Whether the DRAM has something to do for it; if not, the status says why.
bool Dram::accept(tlm::tlm_generic_payload& payload) const {
  payload.set_response_status(tlm::TLM_OK_RESPONSE);
  if (!payload.is_read() && !payload.is_write()) return false;
  const tlm::tlm_response_status status = objection(payload, bytes_.size());
  payload.set_response_status(status == tlm::TLM_OK_RESPONSE ? tlm::TLM_INCOMPLETE_RESPONSE : status);
  return status == tlm::TLM_OK_RESPONSE;
}

bool Dram::begin(TargetPort& port, tlm::tlm_generic_payload& payload, Picoseconds at_ps) {
  if (!accept(payload)) return false;
  enter(port, payload, at_ps, nullptr);
  return true;
}

void Dram::blocking(TargetPort& port, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
  if (!accept(payload)) return;
  sc_core::sc_event done;
  enter(port, payload, time_of(delay), &done);
  wait(done);
  delay = sc_core::SC_ZERO_TIME;
}

/// With a streaming width the same addresses are accessed again and again.
void Dram::enter(TargetPort& port, tlm::tlm_generic_payload& payload, Picoseconds at_ps, sc_core::sc_event* done) {
  const std::size_t to = ports_.port_of_socket[port.number()];
  const std::uint32_t length = payload.get_data_length(), width = payload.get_streaming_width();
  Transaction& transaction = free_transaction();
  transaction = {&payload, &port, done, (std::uint64_t{length} + width - 1) / width};
  for (std::uint64_t from = 0; from < length; from += width) {
    Burst burst;
    burst.address = payload.get_address();
    burst.bytes = static_cast<std::uint32_t>(std::min<std::uint64_t>(width, length - from));
    burst.write = payload.is_write();
    burst.handle = &transaction;
    controller_.request(burst, to, at_ps);
  }
}

Dram::Transaction& Dram::free_transaction() {
  if (free_.empty()) {
    transactions_.push_back(std::make_unique<Transaction>());
    return *transactions_.back();
  }
  Transaction& transaction = *free_.back();
  free_.pop_back();
  return transaction;
}

void Dram::burst_done(const Burst& burst, Picoseconds done_ps, MemoryDelay delay, Picoseconds delay_ps) {
  auto& transaction = *static_cast<Transaction*>(burst.handle);
  if (--transaction.bursts > 0) return;
  tlm::tlm_generic_payload& payload = *transaction.payload;
  if (gate_ == nullptr || gate_->moves(payload)) copy(payload, bytes_.data());
  payload.set_response_status(tlm::TLM_OK_RESPONSE);
  payload.set_dmi_allowed(dmi_);
  if (auto* extension = payload.get_extension<BurstExtension>()) {
    extension->delay = delay;
    extension->delay_ps = delay_ps;
  }
  free_.push_back(&transaction);
  if (transaction.done != nullptr)
    engine_.notify(*transaction.done, done_ps);
  else
    transaction.port->respond(payload, done_ps);
}

DramStatistics Dram::statistics() {
  catch_up(kernel_now_ps());
  return controller_.statistics();
}

unsigned Dram::debug(tlm::tlm_generic_payload& payload) {
  const std::uint64_t address = payload.get_address();
  if (!(payload.is_read() || payload.is_write()) || address >= bytes_.size()) return 0;
  const auto bytes = static_cast<unsigned>(std::min<std::uint64_t>(payload.get_data_length(), bytes_.size() - address));
  if (payload.is_read())
    std::copy_n(bytes_.data() + address, bytes, payload.get_data_ptr());
  else
    std::copy_n(payload.get_data_ptr(), bytes, bytes_.data() + address);
  return bytes;
}

bool Dram::direct(tlm::tlm_generic_payload&, tlm::tlm_dmi& region) {
  region.set_start_address(0);
  region.set_end_address(bytes_.size() - 1);
  region.allow_none();
  if (!dmi_) return false;
  region.set_dmi_ptr(bytes_.data());
  region.allow_read_write();
  region.set_read_latency(sc_core::sc_time(static_cast<double>(controller_.burst_ps()), sc_core::SC_PS));
  region.set_write_latency(region.get_read_latency());
  return true;
}

void Dram::grant_dmi(bool granted) {
  if (std::exchange(dmi_, granted) && !granted)
    for (auto& port : in) port->socket->invalidate_direct_mem_ptr(0, bytes_.size() - 1);
}

}  // namespace ernsim
