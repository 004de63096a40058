#pragma once

#include <cstddef>
#include <stdexcept>
#include <vector>

#include "models/accelerator/unit/port_observer.h"
#include "traces/run_hash.h"

namespace ernsim::traces {

/// A chunk whose bytes are no runs.
class CodecError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Appends runs to a chunk's bytes; FORMAT.md has the layout.
class RunEncoder {
 public:
  /// `hash`: what is kept in the place of cycles, addresses and data; null to keep these. `whole`: no beat of the tile
  /// was left out.
  void add(const PortBeats& beats, const RunHash* hash, bool whole = true);

  std::vector<std::uint8_t>& bytes() { return bytes_; }
  /// Starts the next chunk.
  void clear();

 private:
  void unsigned_value(std::uint64_t value);
  void signed_value(std::int64_t value);
  void context(const Instruction* instruction);
  void cycles(const PortBeats& beats);
  void addresses(const PortBeats& beats);
  void hashes(const PortBeats& beats, const RunHash& hash);

  std::vector<std::uint8_t> bytes_;
  Cycle last_cycle_ = 0;
};

/// Reads them back. Throws CodecError where the bytes end or make no sense.
class RunDecoder {
 public:
  RunDecoder(std::vector<std::uint8_t> bytes, std::size_t word_bytes)
      : bytes_(std::move(bytes)), word_bytes_(word_bytes) {}

  bool done() const { return at_ == bytes_.size(); }
  Run next();

 private:
  std::uint64_t unsigned_value();
  std::int64_t signed_value();
  std::uint8_t byte();
  static Cycle moved(Cycle cycle, std::uint64_t by);

  std::vector<std::uint8_t> bytes_;
  std::size_t word_bytes_;
  std::size_t at_ = 0;
  Cycle last_cycle_ = 0;
};

}  // namespace ernsim::traces
