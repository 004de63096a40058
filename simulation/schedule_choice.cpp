#include "simulation/schedule_choice.h"

#include <algorithm>

#include "compiler/program.h"
#include "config/user_error.h"
#include "simulation/forked.h"
#include "workloads/folding.h"

namespace ernsim {

namespace {

/// Cycles, a line feed, and what is told besides.
std::string simulate_and_tell(const CompiledJob& compiled, const Tell& tell) {
  const Result result = simulated(compiled);
  return std::to_string(result.run.cycles) + "\n" + (tell ? tell(compiled, result) : "");
}

std::string behind_cycles(const std::string& text) { return text.substr(text.find('\n') + 1); }

}  // namespace

std::vector<compiler::Candidate> candidates_of(const Job& job) {
  return from_user([&] { return compiler::candidates(job.graph(), job.platform); });
}

std::vector<TimingCandidate> placed(std::vector<compiler::Candidate> found, const Job& job) {
  std::vector<TimingCandidate> candidates;
  const auto network = workloads::without_weights(job.graph());
  for (compiler::Candidate& each : found) {
    CompiledJob compiled{{network}, std::move(each.schedule), {}, {}};
    compiled.job.platform = job.platform;
    compiled.job.settings = job.settings;
    compiled.job.run.data = false;
    compiled.program = compiler::make_program(compiled.schedule, network, {}, job.platform, false);
    candidates.push_back({std::move(each.as_if), std::move(compiled)});
  }
  return candidates;
}

Fastest fastest_of(const std::vector<TimingCandidate>& candidates, std::size_t processes, const Tell& tell) {
  if (candidates.size() == 1) return {{}, behind_cycles(simulate_and_tell(candidates.front().compiled, tell))};
  const auto texts = map_forked(candidates.size(), processes,
                                [&](std::size_t i) { return simulate_and_tell(candidates[i].compiled, tell); });
  Fastest fastest;
  auto& [tried, taken] = fastest.search;
  for (std::size_t i = 0; i < texts.size(); ++i) tried.push_back({candidates[i].as_if, std::stoll(texts[i])});
  const auto fewest =
      std::min_element(tried.begin(), tried.end(), [](const auto& a, const auto& b) { return a.cycles < b.cycles; });
  taken = static_cast<std::size_t>(fewest - tried.begin());
  fastest.told = behind_cycles(texts[taken]);
  return fastest;
}

std::string told_of_fastest(const Job& job, const Tell& tell) {
  return fastest_of(placed(candidates_of(job), job), job.processes, tell).told;
}

}  // namespace ernsim
