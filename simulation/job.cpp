#include "simulation/job.h"

#include <utility>

#include "compiler/program.h"
#include "config/user_error.h"
#include "simulation/configuration_notes.h"
#include "simulation/given_schedule.h"
#include "simulation/schedule_choice.h"

namespace ernsim {

namespace {

/// Sets the schedule, and how it was found.
void choose(CompiledJob& made) {
  if (made.job.schedule) {
    check(*made.job.schedule, made.job.graph(), made.job.platform);
    made.schedule = made.job.schedule->schedule;
    return;
  }
  auto found = candidates_of(made.job);
  if (found.size() == 1) return void(made.schedule = std::move(found.front().schedule));
  auto candidates = placed(std::move(found), made.job);
  made.search = fastest_of(candidates, made.job.processes, {}).search;
  made.schedule = std::move(candidates[made.search.taken].compiled.schedule);
}

}  // namespace

CompiledJob compiled(Job job) {
  auto notes = configuration_notes(job.platform, job.graph());
  job.notes.insert(job.notes.begin(), notes.begin(), notes.end());
  CompiledJob made{std::move(job), {}, {}, {}};
  choose(made);
  const Job& whole = made.job;
  made.program = from_user([&] {
    return compiler::make_program(made.schedule, whole.network, whole.image, whole.platform, whole.run.data);
  });
  return made;
}

}  // namespace ernsim
