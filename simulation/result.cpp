#include "simulation/result.h"

#include "simulation/profile_recorder.h"
#include "simulation/run_digests.h"
#include "workloads/sum_range.h"

namespace ernsim {

namespace {

void record(ProfileRecorder& recorder, RunOptions& options) {
  options.profile = &recorder;
  options.dram_commands = &recorder;
  options.port_data = &recorder;
}

}  // namespace

Result simulated(const CompiledJob& compiled) {
  const Job& job = compiled.job;
  const Collect& collect = job.collect;
  RunOptions options = job.run;
  Result result;
  std::optional<ProfileRecorder> recorder;
  if (collect.profile) record(recorder.emplace(compiled.schedule, job.platform), options);
  if (collect.tensors) {
    result.tensors = std::make_unique<TensorDump>(compiled.schedule, job.graph().input_height, job.graph().input_width,
                                                  collect.accumulators, job.graph().colours);
    options.observer = result.tensors.get();
  }
  const bool memory = collect.memory || collect.tensors;
  result.run = run_platform(job.platform, compiled.program, options, memory ? &result.memory : nullptr);
  if (collect.tensors) result.tensors->read_back(result.memory);
  if (!collect.memory) std::vector<std::uint8_t>().swap(result.memory);
  if (collect.profile) result.profile = recorder->profile();
  return result;
}

RunReport report_of(const CompiledJob& compiled, const Result& result) {
  return report_of(compiled.job, compiled.schedule, compiled.search, result);
}

RunReport report_of(const Job& job, const compiler::Schedule& schedule, const ScheduleSearch& search,
                    const Result& result) {
  RunSubject subject{job.graph(),    job.platform, schedule,    job.settings,
                     job.run.frames, job.run.data, job.command, result.profile};
  subject.search = search;
  subject.notes = job.notes;
  subject.digests = digests_of(job);
  if (!job.signs.empty()) subject.sum_ranges = workloads::sum_ranges(job.graph(), job.signs);
  return make_run_report(subject, result.run);
}

}  // namespace ernsim
