// A platform of one's own: a processor that runs the C driver, ernsim's accelerator, and a memory that knows nothing of it.
#include <ernsim/accelerator.h>
#include <tlm_utils/multi_passthrough_target_socket.h>
#include <tlm_utils/peq_with_get.h>
#include <cstdio>
#include <fstream>
#include <map>

#include "driver/ernsim_driver.h"

using Bytes = std::vector<std::uint8_t>;

// Any AT memory: takes a request at once and answers 100 ns later.
struct Memory : sc_core::sc_module {
  tlm_utils::multi_passthrough_target_socket<Memory> in{"in"};
  Bytes bytes = Bytes(64 << 20);
  tlm_utils::peq_with_get<tlm::tlm_generic_payload> answers{"answers"};
  std::map<tlm::tlm_generic_payload*, int> socket_of;
  SC_HAS_PROCESS(Memory);
  explicit Memory(sc_core::sc_module_name name) : sc_module(name) {
    in.register_nb_transport_fw(this, &Memory::take);
    SC_METHOD(answer);
    sensitive << answers.get_event();
  }
  tlm::tlm_sync_enum take(int socket, tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase, sc_core::sc_time& delay) {
    if (phase != tlm::BEGIN_REQ) return tlm::TLM_COMPLETED;
    payload.acquire();
    socket_of[&payload] = socket;
    answers.notify(payload, delay + sc_core::sc_time(100, sc_core::SC_NS));
    phase = tlm::END_REQ;
    return tlm::TLM_UPDATED;
  }
  void answer() {
    while (auto* payload = answers.get_next_transaction()) {
      std::uint8_t* at = bytes.data() + payload->get_address();
      std::uint8_t *data = payload->get_data_ptr(), *end = data + payload->get_data_length();
      payload->is_read() ? std::copy(at, at + (end - data), data) : std::copy(data, end, at);
      payload->set_response_status(tlm::TLM_OK_RESPONSE);
      tlm::tlm_phase phase = tlm::BEGIN_RESP;
      sc_core::sc_time delay;
      in[socket_of.at(payload)]->nb_transport_bw(*payload, phase, delay);
      payload->release();
    }
  }
};
// Runs the driver, as a processor would.
struct Processor : sc_core::sc_module {
  tlm_utils::simple_initiator_socket<Processor> registers{"registers"};
  sc_core::sc_in<bool> interrupt{"interrupt"};
  Bytes file, &memory;
  bool finished = false;  // a frame, without an error
  SC_HAS_PROCESS(Processor);
  Processor(sc_core::sc_module_name name, Bytes program, Bytes& bytes)
      : sc_module(name), file(std::move(program)), memory(bytes) { SC_THREAD(run); }
  std::uint32_t access(tlm::tlm_command command, std::uint32_t offset, std::uint32_t value) {
    tlm::tlm_generic_payload payload;
    payload.set_command(command), payload.set_address(offset);
    payload.set_data_ptr(reinterpret_cast<unsigned char*>(&value)), payload.set_data_length(4);
    payload.set_streaming_width(4);
    sc_core::sc_time delay;
    registers->b_transport(payload, delay), wait(delay);
    return value;
  }
  static Processor& self(void* context) { return *static_cast<Processor*>(context); }
  void run() {
    const ernsim_bus bus{this, [](void* c, std::uint32_t at) { return self(c).access(tlm::TLM_READ_COMMAND, at, 0); },
        [](void* c, std::uint32_t at, std::uint32_t value) { self(c).access(tlm::TLM_WRITE_COMMAND, at, value); },
        [](void* c, std::uint64_t at, const void* from, std::size_t n) { std::memcpy(&self(c).memory[at], from, n); },
        [](void* c, std::uint64_t at, void* to, std::size_t n) { std::memcpy(to, &self(c).memory[at], n); },
        [](void* c) { if (!self(c).interrupt) sc_core::wait(self(c).interrupt.posedge_event()); return 1; }};
    ernsim_program program;
    if (!ernsim_program_open(&program, file.data(), file.size())) return;
    const ernsim_device device{&bus, &program, 0};
    ernsim_fault fault;
    ernsim_place(&device);
    if (ernsim_configure(&device) != ERNSIM_OK) return;
    ernsim_start(&device);
    if (ernsim_wait(&device, &fault) != ERNSIM_OK) return;
    std::vector<std::int16_t> row(ernsim_row_values(&program));
    std::vector<std::int64_t> sums(program.classes);
    std::vector<float> logits(program.classes);
    ernsim_logits(&device, row.data(), sums.data(), logits.data());
    const auto best = std::max_element(logits.begin(), logits.end());
    finished = std::printf("class %td, logit %.6g\n", best - logits.begin(), *best) > 0;
  }
};
int sc_main(int argc, char** argv) {
  std::ifstream in(argc == 2 ? argv[1] : "", std::ios::binary);
  Memory memory("memory");
  ernsim::Accelerator accelerator("accelerator", ernsim::AcceleratorConfig{});
  Processor processor("processor", Bytes(std::istreambuf_iterator<char>(in), {}), memory.bytes);
  sc_core::sc_signal<bool> line("interrupt_line");
  processor.registers.bind(accelerator.registers_in());
  accelerator.interrupt_out().bind(line), processor.interrupt.bind(line);
  for (auto* ports : {&accelerator.interconnect().reads_out, &accelerator.interconnect().writes_out})
    for (auto& port : *ports) port->socket.bind(memory.in);
  sc_core::sc_start();
  return processor.finished ? 0 : 1;
}
