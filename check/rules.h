#pragma once

#include "check/executions.h"

// One function per family of contracts. Each reads the channels it needs, from the first beat to the last, and throws
// Missing when it cannot begin for lack of one.
namespace ernsim::check {

/// When a burst was issued, and its data beats on the port.
struct BurstTime {
  Cycle issued = 0;
  Cycle data = unknown;  ///< first beat of a read
  Cycle done = unknown;  ///< cycle after the last beat, or after the response
  std::uint64_t address = 0;
  std::uint32_t beats = 0;
  /// Its data cannot have begun to pass the port before the one cycle of the AXI clock, nor ended after the other.
  Cycle from = unknown, until = unknown;
};

/// Cycles from `begin` to before `end`.
struct Span {
  Cycle begin, end;
};

/// What a rule works on.
struct Subject {
  const Trace& trace;
  Executions& executions;
  Report& report;
};

/// Credits: fills in `Execution::credits`.
void check_semaphores(const Subject& subject);
/// That starts are as early as arrival, credits and the unit, free from `free` on, allow.
void check_start(const Subject& subject, int unit, const Execution& execution, Cycle free, const char* next_contract);
void check_fetch(const Subject& subject);
void check_interrupt(const Subject& subject);
/// The bursts of a load engine or the store, their data and the ends of their instructions; returns the bursts' times.
std::vector<BurstTime> check_transfers(const Subject& subject, int unit);
void check_store_data(const Subject& subject);
/// `bursts` of every engine, [unit].
void check_ports(const Subject& subject, const std::map<int, std::vector<BurstTime>>& bursts);
/// Returns when the array swept or issued.
std::vector<Span> check_convolution(const Subject& subject);
/// Returns when pixels were read or an instruction issued.
std::vector<Span> check_quantization(const Subject& subject);
/// That the on-chip memories give what they took, and not more words in a cycle than their ports have.
void check_memories(const Subject& subject);
void check_words_per_cycle(const Subject& subject);
/// What `unit` loads is what was stored; `stored` and `loaded` are the bursts' times.
void check_external_memory(const Subject& subject, int unit, const std::vector<BurstTime>& stored,
                           const std::vector<BurstTime>& loaded);
/// `work`: when the unit worked. `whole`: that it was stalled at all other times until its stream was done.
void check_stalls(const Subject& subject, int unit, std::vector<Span> work, bool whole);

}  // namespace ernsim::check
