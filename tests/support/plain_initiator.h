#pragma once

#include <tlm_utils/peq_with_get.h>
#include <tlm_utils/simple_initiator_socket.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <random>
#include <systemc>
#include <vector>

namespace ernsim::test {

/// How an initiator may answer BEGIN_RESP by the base protocol.
enum class Ending { completed, updated, later };

/// An initiator of the ordinary sort: random reads and writes of its own address range with four-phase transport,
/// several under way, payloads with a memory manager and no extension. It knows what each read must bring.
class PlainInitiator : public sc_core::sc_module, private tlm::tlm_mm_interface {
 public:
  PlainInitiator(sc_core::sc_module_name name, unsigned seed, std::uint64_t first, std::uint64_t bytes,
                 int transactions, Ending ending);

  tlm_utils::simple_initiator_socket<PlainInitiator> socket;

  bool finished() const { return done_ == transactions_; }
  int wrong = 0;          ///< reads that brought something else
  std::int64_t read = 0;  ///< bytes
  std::int64_t written = 0;
  std::vector<std::int64_t> ends_ps;  ///< when each response came, in the order they came

 private:
  SC_HAS_PROCESS(PlainInitiator);
  struct Slot {
    tlm::tlm_generic_payload payload;
    std::vector<std::uint8_t> data, expected;
    bool busy = false;
  };

  void run();
  void end_later();
  void issue(Slot& slot);
  void begin(Slot& slot);
  bool overlaps(std::uint64_t address, std::size_t bytes) const;
  Slot* free_slot();
  void finish(tlm::tlm_generic_payload& payload, const sc_core::sc_time& delay);
  tlm::tlm_sync_enum respond(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase, sc_core::sc_time& delay);
  void free(tlm::tlm_generic_payload* payload) override;

  std::mt19937 random_;
  std::uint64_t first_;
  std::vector<std::uint8_t> bytes_;
  int transactions_, issued_ = 0, done_ = 0;
  Ending ending_;
  std::vector<std::unique_ptr<Slot>> slots_;
  sc_core::sc_event changed_;
  tlm_utils::peq_with_get<tlm::tlm_generic_payload> ending_peq_;
};

}  // namespace ernsim::test
