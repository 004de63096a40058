#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xxhash.h>

#include <sstream>

#include "check/check.h"
#include "traces/chunk.h"
#include "traces/compare.h"
#include "traces/perfetto.h"
#include "traces/reader.h"
#include "traces/timeline.h"
#include "traces/vcd.h"

// The trace reader and everything behind it. The first byte chooses: the rest is a whole file, or the runs of one
// channel, which are wrapped in a file whose sums are right, so that they are reached.

using namespace ernsim::traces;

namespace {

/// A file in memory.
class MemoryFile {
 public:
  explicit MemoryFile(const std::string& bytes) : descriptor_(::memfd_create("trace", 0)) {
    if (::write(descriptor_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) std::abort();
  }
  ~MemoryFile() { ::close(descriptor_); }
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

/// A trace with one chunk of these runs in each of some channels.
std::string wrapped(const std::vector<std::uint8_t>& runs) {
  Header header;
  header.block_channels = 4;
  header.clock_period_ps = 8000;
  header.channels = {{"convolution.accumulators_out", 8, WordKind::sums, false},
                     {"quantization.codes_out", 1, WordKind::codes, false},
                     {"convolution.start", 8, WordKind::plain, false},
                     {"convolution.stall", 4, WordKind::plain, true},
                     {"control.interrupt", 0, WordKind::plain, false}};
  header.layers = {{"a", "b", "c"}};
  std::string file = to_text(header);
  const auto payload = compress(runs);
  ChunkHead head;
  const auto append = [&file, &head] {
    const auto bytes = encode(head);
    file.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  };
  for (std::uint32_t channel = 0; channel < header.channels.size(); ++channel) {
    head = {channel,
            1,
            1,
            0,
            0,
            static_cast<std::uint32_t>(runs.size()),
            static_cast<std::uint32_t>(payload.size()),
            XXH3_64bits(payload.data(), payload.size())};
    append();
    file.append(reinterpret_cast<const char*>(payload.data()), payload.size());
  }
  head = {end_of_trace, 0, header.channels.size(), 0, 0, 0, 0, 0};
  append();
  return file;
}

/// Every cycle of a frame is shown; a changed trace may name the last one there is.
void show_waves(const Reader& trace, std::ostream& out) {
  ernsim::Cycle end = 0;
  for_each_beat(trace, 0, ernsim::never, [&end](const TimedBeat& beat) { end = std::max(end, beat.cycle); });
  if (end > 100'000) return;
  VcdSink sink(out);
  write_waves(trace, WavePlan(trace), 0, sink);
}

void use(const std::string& bytes) {
  const MemoryFile file(bytes);
  const Reader trace(file.path());
  for (const Mode mode : {Mode::values, Mode::order, Mode::cycles})
    if (!compare(trace, trace, {mode, 0}).divergences.empty()) std::abort();  // a trace equals itself
  std::ostringstream out;
  write_perfetto(trace, 0, ernsim::never, 64, out);
  show_waves(trace, out);
  try {
    ernsim::check::check(trace, nullptr);
  } catch (const TraceError&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 4096) return 0;
  try {
    if (data[0] % 2 == 0)
      use(std::string(data + 1, data + size));
    else
      use(wrapped({data + 1, data + size}));
  } catch (const TraceError&) {
  }
  return 0;
}
