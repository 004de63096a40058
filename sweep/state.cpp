#include "sweep/state.h"

#include <fmt/format.h>

#include <charconv>

#include "output/shell_word.h"

namespace ernsim {

namespace {

std::size_t number_at(const std::string& text, std::size_t begin) {
  std::size_t number = 0;
  std::from_chars(text.data() + begin, text.data() + text.size(), number);
  return number;
}

std::string command(const SweepState& state, const std::string& option) {
  return fmt::format("ernsim sweep {}{} --out {} {}", shell_word(state.file), state.options,
                     shell_word(state.directory), option);
}

std::string missing_sentence(const SweepState& state) {
  return fmt::format("{} of {} points are missing; all that follows is of {} alone.", state.missing(), *state.own(),
                     state.finished == 1 ? "one point" : fmt::format("{} points", state.finished));
}

}  // namespace

std::optional<std::size_t> SweepState::own() const {
  if (shard.empty() || !planned) return planned;
  const std::size_t index = number_at(shard, 0), count = number_at(shard, shard.find('/') + 1);
  return count == 0 || index >= *planned ? 0 : (*planned - index + count - 1) / count;
}

std::size_t SweepState::missing() const {
  const auto all = own();
  return all && *all > finished ? *all - finished : 0;
}

std::string resume_command(const SweepState& state) {
  return command(state, state.shard.empty() ? "--resume" : "--shard " + state.shard + " --resume");
}

std::string refusal_sentence(const SweepState& state) {
  return state.refusal.empty() ? "" : fmt::format("No point could be simulated; of the first: {}", state.refusal);
}

std::vector<std::string> state_sentences(const SweepState& state) {
  std::vector<std::string> sentences;
  if (!state.refusal.empty()) sentences.push_back(refusal_sentence(state));
  if (!state.planned) sentences.emplace_back("How many points are missing is not known: another version wrote this.");
  if (state.missing() > 0) sentences.push_back(missing_sentence(state));
  if (state.missing() > 0 && state.at_work)
    sentences.emplace_back("A process is simulating them now.");
  else if (state.missing() > 0)
    sentences.push_back("To go on: " + resume_command(state));
  if (!state.shard.empty())
    sentences.push_back(fmt::format(
        "This is shard {} of the sweep's {} points; to join all shards when they are complete: {}", state.shard,
        state.planned ? std::to_string(*state.planned) : "unknown number of", command(state, "--merge")));
  return sentences;
}

}  // namespace ernsim
