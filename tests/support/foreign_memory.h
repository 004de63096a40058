#pragma once

#include <tlm_utils/peq_with_get.h>
#include <tlm_utils/simple_target_socket.h>
#include <array>
#include <deque>
#include <map>
#include <memory>
#include <random>
#include <systemc>
#include <vector>

namespace ernsim::test {

/// How a memory may answer BEGIN_REQ by the base protocol.
enum class Answer {
  end_request_at_once,  ///< TLM_UPDATED, END_REQ; BEGIN_RESP later
  end_request_later,    ///< TLM_ACCEPTED; END_REQ holds the next request back; BEGIN_RESP later
  response_later,       ///< TLM_ACCEPTED; BEGIN_RESP says that the request was taken
  response_at_once,     ///< TLM_UPDATED, BEGIN_RESP in the future
  completed,            ///< TLM_COMPLETED in the future
  any,                  ///< one of these for each request, as it falls
};

/// What a target or interconnect leaves on a payload for as long as its transaction lasts.
struct Note : tlm::tlm_extension<Note> {
  Note() { ++alive; }
  ~Note() override { --alive; }
  tlm::tlm_extension_base* clone() const override { return new Note; }
  void copy_from(const tlm::tlm_extension_base&) override {}

  static int alive;
};

/// A memory with random latencies, so that it answers out of order. Knows nothing of the model. Breaches of the
/// protocol by the initiator are counted; one is a payload that still has the note of an earlier transaction.
class ForeignMemory : public sc_core::sc_module {
 public:
  using Target = tlm_utils::simple_target_socket_tagged<ForeignMemory>;

  ForeignMemory(sc_core::sc_module_name name, std::size_t sockets, std::size_t size_bytes, Answer answer,
                unsigned seed);

  std::vector<std::unique_ptr<Target>> in;
  std::vector<std::uint8_t> bytes;
  int breaches = 0;
  int out_of_order = 0;

 private:
  SC_HAS_PROCESS(ForeignMemory);
  struct Live {
    std::size_t socket = 0;
    int number = 0;
    Answer answer = Answer::any;
  };

  tlm::tlm_sync_enum receive(int socket, tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                             sc_core::sc_time& delay);
  tlm::tlm_sync_enum begin(std::size_t socket, tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                           sc_core::sc_time& delay);
  unsigned debug(int socket, tlm::tlm_generic_payload& payload);
  void move(tlm::tlm_generic_payload& payload);
  void end_requests();
  void respond();
  sc_core::sc_time draw(int least_ns, int most_ns);
  Answer draw_answer();

  Answer answer_;
  std::mt19937 random_;
  tlm_utils::peq_with_get<tlm::tlm_generic_payload> requests_, responses_;
  std::map<tlm::tlm_generic_payload*, Live> live_;
  std::vector<tlm::tlm_generic_payload*> open_request_;  ///< [socket]: END_REQ still to come
  std::vector<sc_core::sc_time> response_end_;  ///< [socket]: END_RESP of the last one, before which no other begins
  int requested_ = 0, last_answered_ = 0;
};

}  // namespace ernsim::test
