#include "tools/trace_views.h"

#include <fmt/format.h>

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

/// Whether a save file that was written here is there.
bool is_ours(const fs::path& path) {
  const std::string first = traces::gtkw_first_line;
  std::string found(first.size(), '\0');
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return false;
  std::ifstream(path, std::ios::binary).read(found.data(), static_cast<std::streamsize>(found.size()));
  return found == first;
}

fs::path save_file_of(fs::path waves) { return waves.replace_extension(".gtkw"); }

/// Throws UserError if an output of the command would go where the save file of --`option` belongs.
void require_place(const CommandLine& line, const std::string& option, const fs::path& save_file) {
  for (const std::string other : {"out", "vcd", "fst", "perfetto"})
    if (line.has(other) && fs::path(line.get(other)).lexically_normal() == save_file.lexically_normal())
      throw UserError(fmt::format("--{} '{}': the save file of --{} goes there; another name is needed", other,
                                  line.get(other), option));
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
  for (const char* option : {"vcd", "fst"})
    if (line.has(option)) require_place(line, option, save_file_of(line.get(option)));
  if (line.has("vcd")) vcd_.emplace(line.get("vcd"));
  if (line.has("fst")) fst_.emplace(fst_name_);
  if (line.has("perfetto")) perfetto_.emplace(line.get("perfetto"));
  for (const char* option : {"vcd", "fst"})
    if (line.has(option)) add_save_file(line.get(option));
}

void TraceViews::add_save_file(const fs::path& waves) {
  const fs::path path = save_file_of(waves);
  std::error_code error;
  if (fs::exists(waves, error) && !fs::is_regular_file(waves, error)) return;
  if (fs::exists(path, error) && !is_ours(path))
    others_.insert(path);
  else
    save_files_.try_emplace(path, path.string()).first->second.waves = waves.filename().string();
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
  for (auto& [path, saved] : save_files_) saved.file.stream() << traces::gtkw_text(plan, saved.waves);
}

void TraceViews::commit() {
  for (auto* view : {&vcd_, &fst_, &perfetto_})
    if (*view) (*view)->commit();
  for (auto& [path, saved] : save_files_) saved.file.commit();
  for (const fs::path& path : others_) note(path.string() + ": is there already, and stays as it is");
}

}  // namespace ernsim::tools
