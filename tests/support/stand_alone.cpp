#include "tests/support/stand_alone.h"

#include <algorithm>
#include <cstring>

#include "compiler/compile.h"
#include "compiler/program.h"
#include "models/platform/platform_config.h"
#include "models/platform/program_image.h"
#include "workloads/folding.h"
#include "workloads/image.h"
#include "workloads/networks.h"

namespace ernsim::test {

FaultyMemory::FaultyMemory(sc_core::sc_module_name name, std::size_t sockets, std::size_t size_bytes)
    : sc_module(name), bytes(size_bytes), responses_("responses") {
  for (std::size_t i = 0; i < sockets; ++i) {
    in.push_back(std::make_unique<Target>(sc_core::sc_gen_unique_name("in")));
    in[i]->register_nb_transport_fw(this, &FaultyMemory::receive, static_cast<int>(i));
    in[i]->register_b_transport(this, &FaultyMemory::block, static_cast<int>(i));
  }
  SC_METHOD(respond);
  sensitive << responses_.get_event();
  dont_initialize();
}

tlm::tlm_sync_enum FaultyMemory::receive(int socket, tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                         sc_core::sc_time& delay) {
  payload.acquire();
  live_.push_back({&payload, static_cast<std::size_t>(socket), requests++ == fail_at});
  ++under_way;
  lowest_address = std::min<std::uint64_t>(lowest_address, payload.get_address());
  responses_.notify(payload, delay + sc_core::sc_time(60, sc_core::SC_NS));
  phase = tlm::END_REQ;
  return tlm::TLM_UPDATED;
}

/// The same latency, annotated only.
void FaultyMemory::block(int, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
  ++blocking_calls;
  const bool fails = requests++ == fail_at;
  delay += sc_core::sc_time(60, sc_core::SC_NS);
  if (fails)
    payload.set_response_status(tlm::TLM_GENERIC_ERROR_RESPONSE);
  else
    move(payload);
}

void FaultyMemory::move(tlm::tlm_generic_payload& payload) {
  const std::uint64_t address = payload.get_address(), length = payload.get_data_length();
  if (address + length > bytes.size()) return payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
  if (payload.is_read())
    std::memcpy(payload.get_data_ptr(), bytes.data() + address, length);
  else
    std::memcpy(bytes.data() + address, payload.get_data_ptr(), length);
  payload.set_response_status(tlm::TLM_OK_RESPONSE);
}

void FaultyMemory::respond() {
  while (auto* payload = responses_.get_next_transaction()) {
    const auto found =
        std::find_if(live_.begin(), live_.end(), [payload](const Live& live) { return live.payload == payload; });
    const Live live = *found;
    live_.erase(found);
    --under_way;
    if (live.fails)
      payload->set_response_status(tlm::TLM_GENERIC_ERROR_RESPONSE);
    else
      move(*payload);
    tlm::tlm_phase phase = tlm::BEGIN_RESP;
    sc_core::sc_time delay;
    (*in[live.socket])->nb_transport_bw(*payload, phase, delay);
    payload->release();
  }
}

StandAlone::StandAlone(const std::string& name, std::uint64_t base, const AcceleratorOptions& options)
    : base_address(base),
      interrupt((name + "_interrupt").c_str()),
      reset_line((name + "_reset").c_str()),
      registers_out((name + "_registers").c_str()) {
  const PlatformConfig config;
  const auto graph = workloads::build_network("ERNs18x075", {"released", 32, 32, 10});
  const auto network = workloads::fold(graph, workloads::seeded_parameters(graph, 11));
  program = compiler::make_program(compiler::compile(network.graph, config), network,
                                   workloads::generated_image(32, 32, 5), config, true);
  host = host_program(program, config.accelerator.convolution.block_channels);
  memory = std::make_unique<FaultyMemory>((name + "_memory").c_str(), 2 * port_count, base + program.external_bytes);
  accelerator = std::make_unique<Accelerator>((name + "_accelerator").c_str(), config.accelerator, options);
  InterconnectModule& ports = accelerator->interconnect();
  for (std::size_t i = 0; i < port_count; ++i) {
    ports.reads_out[i]->socket.bind(*memory->in[2 * i]);
    ports.writes_out[i]->socket.bind(*memory->in[2 * i + 1]);
  }
  registers_out.socket.bind(accelerator->registers_in());
  accelerator->interrupt_out().bind(interrupt);
  accelerator->reset_in().bind(reset_line);
}

void StandAlone::prepare() {
  std::vector<std::uint8_t> image(program.external_bytes);
  place(program, image);
  std::copy(image.begin(), image.end(), memory->bytes.begin() + static_cast<std::ptrdiff_t>(base_address));
  write(Register::base_address_low, static_cast<std::uint32_t>(base_address));
  for (const auto& [number, value] : host.registers) write(static_cast<Register>(number), value);
}

StandAlone::Outcome StandAlone::finish() {
  // A start command takes down an interrupt that is still high.
  for (int i = 0; i < 5000 && (i == 0 || !interrupt.read()); ++i)
    sc_core::sc_start(sc_core::sc_time(20, sc_core::SC_US));
  Outcome outcome;
  outcome.interrupt = interrupt.read();
  outcome.status = read(Register::status);
  outcome.error_code = read(Register::error_code);
  outcome.error_instruction = read(Register::error_instruction);
  outcome.error_address = read(Register::error_address_low) | std::uint64_t{read(Register::error_address_high)} << 32;
  outcome.cycles = read(Register::frame_cycles_low) | std::uint64_t{read(Register::frame_cycles_high)} << 32;
  const auto first = memory->bytes.begin() + static_cast<std::ptrdiff_t>(base_address + host.logits.address);
  outcome.logits.assign(first, first + static_cast<std::ptrdiff_t>(2 * host.logits.values()));
  return outcome;
}

bool StandAlone::reset() {
  write(Register::control, control_reset);
  sc_core::sc_start(sc_core::sc_time(20, sc_core::SC_NS));
  return wait_until_idle();
}

bool StandAlone::wait_until_idle() {
  for (int i = 0; i < 1000 && read(Register::status) != 0; ++i) sc_core::sc_start(sc_core::sc_time(1, sc_core::SC_US));
  return read(Register::status) == 0;
}

tlm::tlm_response_status StandAlone::access(tlm::tlm_generic_payload& payload, sc_core::sc_time delay) {
  payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  registers_out.socket->b_transport(payload, delay);
  return payload.get_response_status();
}

std::uint32_t StandAlone::read(Register first, std::size_t index) {
  std::uint32_t value = 0;
  tlm::tlm_generic_payload payload;
  payload.set_read();
  payload.set_address(number_of(first, index) * register_bytes);
  payload.set_data_ptr(reinterpret_cast<unsigned char*>(&value));
  payload.set_data_length(sizeof value);
  payload.set_streaming_width(sizeof value);
  if (access(payload) != tlm::TLM_OK_RESPONSE) throw std::runtime_error("a register cannot be read");
  return value;
}

void StandAlone::write(Register first, std::uint32_t value, std::size_t index, sc_core::sc_time delay) {
  tlm::tlm_generic_payload payload;
  payload.set_write();
  payload.set_address(number_of(first, index) * register_bytes);
  payload.set_data_ptr(reinterpret_cast<unsigned char*>(&value));
  payload.set_data_length(sizeof value);
  payload.set_streaming_width(sizeof value);
  if (access(payload, delay) != tlm::TLM_OK_RESPONSE) throw std::runtime_error("a register cannot be written");
}

std::uint8_t* StandAlone::stream(UnitId unit) {
  return memory->bytes.data() + base_address + program.stream_address[unit];
}

}  // namespace ernsim::test
