#include "tools/trace_views.h"

#include <filesystem>
#include <fstream>

#include "config/user_error.h"
#include "models/dram/dram_timing.h"
#include "output/interruption.h"
#include "output/message.h"
#include "traces/fst/fst_sink.h"
#include "traces/gtkw.h"
#include "traces/perfetto.h"
#include "traces/vcd.h"

namespace ernsim::tools {

namespace {

namespace fs = std::filesystem;

/// The save file beside a file of waveforms; empty if that is no regular file, or somebody else's is there.
std::string save_file_of(const std::string& waves) {
  const fs::path path = fs::path(waves).replace_extension(".gtkw");
  std::error_code error;
  if (fs::exists(waves, error) && !fs::is_regular_file(waves, error)) return "";
  if (!fs::exists(path, error)) return path.string();
  std::string line;
  std::ifstream file(path);
  std::getline(file, line);
  if (line + "\n" == traces::gtkw_first_line) return path.string();
  note(path.string() + ": is there already, and stays as it is");
  return "";
}

}  // namespace

void add_view_options(boost::program_options::options_description& description) {
  const auto file = [] { return boost::program_options::value<std::string>()->value_name("FILE"); };
  description.add_options()("vcd", file(), "as waveforms of the ports, and beside it a save file of GTKWave (.gtkw)");
  description.add_options()("fst", file(), "the same in GTKWave's own format, which takes less space");
  description.add_options()("perfetto", file(), "as a timeline of instructions, stalls and DRAM traffic");
}

TraceViews::TraceViews(const CommandLine& line) : fst_name_(line.get("fst")) {
  if (line.has("fst") && !traces::has_fst_writer())
    throw UserError("--fst: this program was built where Verilator's package has no fstapi.c; --vcd shows the same");
  if (line.has("vcd")) vcd_.emplace(waves_ = line.get("vcd"));
  if (line.has("fst")) fst_.emplace(waves_ = fst_name_);
  if (line.has("perfetto")) perfetto_.emplace(line.get("perfetto"));
  if (waves_.empty()) return;
  if (const std::string saved = save_file_of(waves_); !saved.empty()) gtkw_.emplace(saved);
}

fs::path TraceViews::temporary_folder() const {
  for (const auto* view : {&vcd_, &fst_, &perfetto_})
    if (*view) return (*view)->temporary_folder();
  throw std::logic_error("no view, no folder");
}

void TraceViews::write(const traces::Reader& trace, Cycle first, const DramConfig& dram) {
  if (vcd_ || fst_) write_waves(trace, first);
  if (perfetto_) traces::write_perfetto(trace, 0, never, dram_access_bytes(dram), perfetto_->stream());
}

void TraceViews::write_waves(const traces::Reader& trace, Cycle first) {
  const traces::WavePlan plan(trace);
  if (vcd_) {
    traces::VcdSink sink(vcd_->stream());
    traces::write_waves(trace, plan, first, sink);
  }
  if (fst_) {
    const RemovedOnInterruption names(fst_->staging() + ".hier");  // the writer's own, while it writes
    traces::write_waves(trace, plan, first, *traces::make_fst_sink(fst_->staging(), fst_name_));
  }
  if (gtkw_) gtkw_->stream() << traces::gtkw_text(plan, fs::path(waves_).filename().string());
}

void TraceViews::commit() {
  for (auto* view : {&vcd_, &fst_, &perfetto_, &gtkw_})
    if (*view) (*view)->commit();
}

}  // namespace ernsim::tools
