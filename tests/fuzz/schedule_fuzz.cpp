#include "compiler/schedule_check.h"
#include "compiler/schedule_error.h"
#include "compiler/schedule_text.h"
#include "models/platform/platform_config.h"

// The schedule reader and the checks behind it.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ernsim;
  if (size > 16384) return 0;
  try {
    const auto schedule = compiler::from_text({reinterpret_cast<const char*>(data), size}, "fuzz.schedule");
    if (compiler::to_text(compiler::from_text(compiler::to_text(schedule), "again")) != compiler::to_text(schedule))
      std::abort();
    PlatformConfig config;
    config.accelerator.convolution.block_channels = schedule.block_channels;
    compiler::check(schedule, config);
  } catch (const compiler::ScheduleError&) {
  }
  return 0;
}
