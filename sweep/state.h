#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace ernsim {

/// How far a sweep, or one shard of it, has come.
struct SweepState {
  std::size_t finished = 0;
  std::optional<std::size_t> planned;  ///< points of the sweep; none if the file does not say
  std::string shard;                   ///< as "0/4"; empty if it is the whole sweep
  bool at_work = false;                ///< a process writes it now
  std::string file, directory;         ///< what `ernsim sweep` was given; the file may be elsewhere now
  std::string options = {};            ///< of the command that change points, as " --set key=value"
  std::string refusal = {};            ///< of the first point, if a search could have none simulated; empty otherwise

  /// Points that belong here: of the sweep or of the shard.
  std::optional<std::size_t> own() const;
  /// Points that belong here and are not finished; 0 if that is not known.
  std::size_t missing() const;
};

/// The command that goes on with a sweep.
std::string resume_command(const SweepState& state);

/// That no point could be simulated, and why; empty if it is not so.
std::string refusal_sentence(const SweepState& state);

/// What a reader must know before the results: how many points are missing and how to go on, and what else is not as it
/// is at the end. Empty if the sweep is complete.
std::vector<std::string> state_sentences(const SweepState& state);

}  // namespace ernsim
