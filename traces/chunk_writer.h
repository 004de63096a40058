#pragma once

#include <deque>
#include <future>
#include <ostream>
#include <vector>

#include "traces/chunk.h"
#include "traces/header.h"
#include "traces/layer_hash.h"
#include "traces/run_codec.h"

namespace ernsim::traces {

/// Writes a header, and runs of its channels as they come. Holds one chunk per channel, and some that are being
/// compressed, never more.
class ChunkWriter {
 public:
  /// Throws std::ios_base::failure if `out` does.
  ChunkWriter(std::ostream& out, const Header& header);

  /// `whole`: no beat of a tile was left out. `beats.port` matters only with an instruction.
  void add(std::size_t channel, const PortBeats& beats, bool whole = true);
  /// Writes all that there is so far.
  void flush();
  /// Writes what is left and the end. Without it a reader takes the trace for a truncated one.
  void finish();

 private:
  struct Stream {
    bool timing = false;
    RunEncoder runs;
    ChunkHead head;
  };
  struct Compressed {
    ChunkHead head;
    std::vector<std::uint8_t> bytes;
  };

  /// What the chunk of that head holds, compressed; its sizes and sum are filled in.
  static Compressed compressed(ChunkHead head, const std::vector<std::uint8_t>& bytes);
  void flush(Stream& stream);
  void write_oldest();
  void write(const Compressed& chunk);
  void write_layer_hashes();

  std::ostream& out_;
  bool hashed_;
  std::vector<Stream> streams_;  ///< [channel]
  std::deque<std::future<Compressed>> compressing_;
  std::uint64_t chunks_ = 0;
  RunHasher hash_of_;
  LayerHashes layers_;
};

}  // namespace ernsim::traces
