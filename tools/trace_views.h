#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/dram/dram_config.h"
#include "output/staged_file.h"
#include "tools/command_line.h"
#include "traces/reader.h"

namespace ernsim::tools {

/// --vcd, --fst and --perfetto.
void add_view_options(boost::program_options::options_description& description);

/// What a trace holds, as waveforms and as a timeline.
class TraceViews {
 public:
  /// Throws UserError if one of them cannot be written.
  explicit TraceViews(const CommandLine& line);

  bool any() const { return vcd_ || fst_ || perfetto_; }
  /// Where a trace belongs that only they need.
  std::filesystem::path temporary_folder() const;
  /// `first`: the first cycle that the trace is about.
  void write(const traces::Reader& trace, Cycle first, const DramConfig& dram);
  void commit();

 private:
  void write_waves(const traces::Reader& trace, Cycle first);

  std::string waves_, fst_name_;
  std::optional<StagedFile> vcd_, fst_, perfetto_, gtkw_;
};

}  // namespace ernsim::tools
