#pragma once

#include <tlm_utils/peq_with_get.h>
#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>
#include <memory>
#include <systemc>
#include <vector>

#include "models/accelerator/accelerator.h"
#include "models/platform/host_program.h"
#include "models/platform/run.h"

namespace ernsim::test {

/// A memory with one latency for all, of which one burst may be answered with an error.
class FaultyMemory : public sc_core::sc_module {
 public:
  using Target = tlm_utils::simple_target_socket_tagged<FaultyMemory>;
  FaultyMemory(sc_core::sc_module_name name, std::size_t sockets, std::size_t size_bytes);

  std::vector<std::unique_ptr<Target>> in;
  std::vector<std::uint8_t> bytes;
  std::int64_t requests = 0;  ///< so far
  std::int64_t under_way = 0;
  std::int64_t blocking_calls = 0;
  std::int64_t fail_at = -1;  ///< the request of this number gets an error
  std::uint64_t lowest_address = ~std::uint64_t{0};

 private:
  SC_HAS_PROCESS(FaultyMemory);
  tlm::tlm_sync_enum receive(int socket, tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                             sc_core::sc_time& delay);
  void block(int socket, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
  void respond();
  void move(tlm::tlm_generic_payload& payload);

  struct Live {
    tlm::tlm_generic_payload* payload;
    std::size_t socket;
    bool fails;
  };
  tlm_utils::peq_with_get<tlm::tlm_generic_payload> responses_;
  std::vector<Live> live_;
};

/// An accelerator that stands alone, on a memory of its own, driven from outside the kernel as a bare driver would.
/// One per name; any number in a process.
class StandAlone {
 public:
  /// ERNs18x075 on 32 x 32 pixels, values included. `base_address`: where the program lies in memory.
  explicit StandAlone(const std::string& name, std::uint64_t base_address = 0, const AcceleratorOptions& options = {});

  /// What a frame came to.
  struct Outcome {
    std::uint32_t status = 0, error_code = 0, error_instruction = 0;
    std::uint64_t error_address = 0;
    std::uint64_t cycles = 0;
    bool interrupt = false;
    std::vector<std::uint8_t> logits;  ///< the map's bytes
    FaultCode code() const { return static_cast<FaultCode>(error_code & 0xFF); }
  };

  /// Places the program and writes all registers but the start command.
  void prepare();
  void start() { write(Register::control, control_start); }
  /// Runs until the interrupt, 100 ms at most.
  Outcome finish();
  Outcome frame() {
    prepare();
    start();
    return finish();
  }
  /// The reset command, and until it is carried out; false if it is not within 1 ms.
  bool reset();
  bool wait_until_idle();

  std::uint32_t read(Register first, std::size_t index = 0);
  void write(Register first, std::uint32_t value, std::size_t index = 0,
             sc_core::sc_time delay = sc_core::SC_ZERO_TIME);
  /// One access of any kind; the response.
  tlm::tlm_response_status access(tlm::tlm_generic_payload& payload, sc_core::sc_time delay = sc_core::SC_ZERO_TIME);
  unsigned debug(tlm::tlm_generic_payload& payload) { return registers_out.socket->transport_dbg(payload); }

  /// The encoded instructions of a unit in memory.
  std::uint8_t* stream(UnitId unit);
  std::size_t instructions(UnitId unit) const { return program.streams[unit].size(); }

  std::uint64_t base_address;
  Program program;
  HostProgram host;
  std::unique_ptr<FaultyMemory> memory;
  std::unique_ptr<Accelerator> accelerator;
  sc_core::sc_signal<bool> interrupt, reset_line;

 private:
  struct Registers : sc_core::sc_module {
    explicit Registers(sc_core::sc_module_name name) : sc_module(name), socket("socket") {}
    tlm_utils::simple_initiator_socket<Registers> socket;
  };
  Registers registers_out;
};

}  // namespace ernsim::test
