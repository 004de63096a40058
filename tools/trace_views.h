#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>

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
  /// Throws UserError if one of them cannot be written. Says of save files of others that they stay, at commit().
  explicit TraceViews(const CommandLine& line);

  bool any() const { return vcd_ || fst_ || perfetto_; }
  /// Where a trace belongs that only they need.
  std::filesystem::path temporary_folder() const;
  /// `first`: the first cycle that the trace is about.
  void write(const traces::Reader& trace, Cycle first, const DramConfig& dram);
  void commit();

 private:
  /// A save file of GTKWave beside a file of waveforms.
  struct SaveFile {
    explicit SaveFile(const std::string& path) : file(path) {}
    StagedFile file;
    std::string waves;  ///< the last of those it is beside
  };

  /// None of a device or a pipe; one that somebody else made stays.
  void add_save_file(const std::filesystem::path& waves);
  void write_waves(const traces::Reader& trace, Cycle first);

  std::string fst_name_;
  std::optional<StagedFile> vcd_, fst_, perfetto_;
  std::map<std::filesystem::path, SaveFile> save_files_;
  std::set<std::filesystem::path> others_;  ///< those of others
};

}  // namespace ernsim::tools
