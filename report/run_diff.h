#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace ernsim {

/// A quantity in each of the runs that are compared.
struct DiffRow {
  std::vector<std::string> names;             ///< what it is of: a layer, or a unit and a cause
  std::string unit;                           ///< "cycles", "bytes", ...
  std::vector<std::optional<double>> values;  ///< [run]; none where it is not known, or a run has no such part
  bool is_part = false;                       ///< of a sum: a run that lacks it has 0 of it

  /// What `run` has more than the first; none where one of them is not known.
  std::optional<double> change(std::size_t run) const;
  /// The same in per cent of the first run's; none if that is 0.
  std::optional<double> percent(std::size_t run) const;
  /// Whether any run differs from the first.
  bool differs() const;
};

/// What is no quantity, or was given: in each run as text, empty where it has none.
struct DiffSetting {
  std::string name, unit;
  std::vector<std::string> values;
};

struct DiffRun {
  std::string file, network, platform, command, version;
  std::string input_size;  ///< "256x224"
  double clock_mhz = 0;
};

/// What differs between runs. Rows of a list stand by their largest change from the first run, the largest first;
/// figures in the order of `ernsim figures`.
struct RunDiff {
  std::vector<DiffRun> runs;
  std::vector<DiffSetting> settings;  ///< only those that differ: the network's first, then parameters
  std::vector<DiffRow> figures;
  std::vector<DiffRow> array;   ///< what the array's cycles went to; sums are the runs' cycles
  std::vector<DiffRow> layers;  ///< cycles; sums are the runs' cycles
  std::vector<DiffRow> stalls;  ///< cycles by unit and cause, and busy and idle ones; sums are cycles x units
  std::vector<DiffRow> bytes;   ///< of external memory that a layer's instructions read or write
};

/// Compares two or more runs, as load_run() gives them. `files`: what they are called.
RunDiff diff_of(const std::vector<std::string>& files, const std::vector<nlohmann::ordered_json>& runs);

/// For each run but the first, how it differs in one sentence.
std::vector<std::string> sentences_of(const RunDiff& diff);

}  // namespace ernsim
