#pragma once

#include <string>
#include <vector>

#include "traces/reader.h"

namespace ernsim::test {

/// A trace in memory, beat by beat, to be changed and written again.
class TraceImage {
 public:
  struct Beat {
    Cycle cycle = 0;
    std::uint32_t address = 0;
    std::vector<std::uint8_t> data;
  };

  explicit TraceImage(const std::string& bytes);

  std::vector<Beat>& of(const std::string& channel);
  traces::Header& header() { return header_; }
  bool every_channel_has_beats() const;
  /// Leaves out all other channels.
  void keep(const std::vector<std::string>& channels);
  /// The bytes of the trace, each channel's beats in the order of cycles.
  std::string bytes() const;

 private:
  traces::Header header_;
  std::vector<std::vector<Beat>> channels_;
};

}  // namespace ernsim::test
