#pragma once

#include <string>
#include <utility>
#include <vector>

namespace ernsim {

/// A question that is asked without a sweep file.
struct SweepQuestion {
  std::string platform = "kv260";
  std::vector<std::string> networks;
  std::string stem, input_size;                                 ///< empty: the networks' own
  std::string thermometer;                                      ///< empty: the networks' own
  std::vector<std::string> accuracies;                          ///< "NETWORK=SHARE" or "NETWORK=FILE.csv"
  std::vector<std::pair<std::string, std::string>> evaluation;  ///< of the section `evaluate`, key and value as TOML
  std::vector<std::string> wants;                               ///< constraints
  std::vector<std::string> bests;                               ///< objectives; none: the default ones
  std::vector<std::string> settings;                            ///< "key=value"
};

/// The sweep file that asks it, with what each part means: over the axes that are usual on the platform, without those
/// that are set, and screened by the compiler's estimate. Throws ConfigError, naming the option, if a part of it is
/// wrong.
std::string sweep_file_of(const SweepQuestion& question, const std::string& command);

}  // namespace ernsim
