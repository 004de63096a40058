#pragma once

#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "traces/chunk.h"
#include "traces/header.h"
#include "traces/layer_hash.h"
#include "traces/run_codec.h"

namespace ernsim::traces {

/// A trace file. What lies before a damaged or missing part is usable.
class Reader {
 public:
  /// Reads the header and checks every chunk. Throws TraceError if there is no header this program can read.
  explicit Reader(const std::string& file);

  const std::string& file() const { return file_; }
  const Header& header() const { return header_; }
  /// What is wrong with the file and where, empty if it is whole.
  const std::string& damage() const { return damage_; }
  std::uint64_t beats() const;
  std::uint64_t bytes() const { return size_; }

  /// The number of the channel of that name, if the trace has it.
  std::optional<std::size_t> channel(const std::string& name) const;
  /// What every channel carried for every layer, in ascending order of layer and channel. Nothing if the file is not
  /// whole, or was written by a bench, which does not know layers.
  const std::vector<LayerHash>& layer_hashes() const { return layer_hashes_; }
  /// The first cycle of the channel's last run; -1 if it has none.
  Cycle last_run_cycle(std::size_t channel) const;
  bool has_beats(std::size_t channel) const { return !chunks_[channel].empty(); }

 private:
  friend class RunCursor;
  struct Chunk {
    ChunkHead head;
    std::uint64_t offset = 0;  ///< of the payload
  };

  void read_header(std::ifstream& in);
  void scan(std::ifstream& in);
  std::string keep(const ChunkHead& head, const std::vector<std::uint8_t>& payload, std::uint64_t offset);
  std::string damage_at(std::ifstream& in, std::uint64_t offset, std::uint64_t chunks, bool& ended);

  std::string file_;
  Header header_;
  std::vector<std::vector<Chunk>> chunks_;  ///< [channel]
  std::vector<LayerHash> layer_hashes_;
  std::string damage_;
  std::uint64_t body_ = 0;  ///< offset of the first chunk
  std::uint64_t size_ = 0;
};

/// Walks one channel's runs in order; holds one chunk at a time.
class RunCursor {
 public:
  RunCursor(const Reader& reader, std::size_t channel);
  /// The next run; none at the end.
  std::optional<Run> next();

 private:
  bool load_chunk();

  const Reader& reader_;
  std::size_t channel_;
  std::ifstream in_;
  std::size_t next_chunk_ = 0;
  std::unique_ptr<RunDecoder> decoder_;
};

}  // namespace ernsim::traces
