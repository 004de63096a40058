#include "simulation/schedule_choice.h"

#include <algorithm>

#include "compiler/candidates.h"
#include "compiler/program.h"
#include "models/platform/run.h"
#include "simulation/forked.h"
#include "workloads/folding.h"

namespace ernsim {

namespace {

std::string cycles_of(const compiler::Schedule& schedule, const workloads::IntegerNetwork& network,
                      const PlatformConfig& platform) {
  RunOptions options;
  options.data = false;
  const Program program = compiler::make_program(schedule, network, {}, platform, false);
  return std::to_string(run_platform(platform, program, options).cycles);
}

}  // namespace

ScheduleChoice fastest_schedule(const workloads::Graph& graph, const PlatformConfig& platform, std::size_t jobs) {
  std::vector<compiler::Candidate> found = compiler::candidates(graph, platform);
  if (found.size() == 1) return {std::move(found[0].schedule), {}};
  const auto network = workloads::without_weights(graph);
  const auto texts =
      map_forked(found.size(), jobs, [&](std::size_t i) { return cycles_of(found[i].schedule, network, platform); });
  ScheduleSearch search;
  for (std::size_t i = 0; i < found.size(); ++i) search.tried.push_back({found[i].as_if, std::stoll(texts[i])});
  const auto fastest = std::min_element(search.tried.begin(), search.tried.end(),
                                        [](const auto& a, const auto& b) { return a.cycles < b.cycles; });
  search.taken = static_cast<std::size_t>(fastest - search.tried.begin());
  return {std::move(found[search.taken].schedule), std::move(search)};
}

}  // namespace ernsim
