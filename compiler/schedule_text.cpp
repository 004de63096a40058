#include "compiler/schedule_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <sstream>
#include <utility>

#include "compiler/schedule_text_fields.h"
#include "compiler/schedule_text_line.h"
#include "compiler/schedule_text_names.h"

namespace ernsim::compiler {
namespace {

constexpr std::array<std::string_view, 11> line_words{
    "header", "region", "layer", "repetition", "semaphore", "unit", "load", "convolve", "quantize", "store", "end"};

class Reader {
 public:
  explicit Reader(const std::string& file_name) : line_(file_name) {}

  Schedule read(std::string_view text);

 private:
  void read_line();
  void read_version();
  void read_header();
  void read_semaphore();
  void read_unit();
  void read_instruction();

  Line line_;
  Schedule schedule_;
  bool version_seen_ = false;
  bool header_seen_ = false;
  bool ended_ = false;
  EnumArray<UnitId, bool> unit_seen_{};
  std::array<bool, semaphore_count> semaphore_seen_{};
  std::optional<UnitId> unit_;
};

Schedule Reader::read(std::string_view text) {
  int number = 0;
  while (!text.empty()) {
    const auto length = std::min(text.find('\n'), text.size());
    line_.parse(text.substr(0, length), ++number);
    if (!line_.empty() || number == 1) read_line();
    text.remove_prefix(std::min(length + 1, text.size()));
  }
  if (!version_seen_) {
    line_.parse({}, 1);
    read_version();
  }
  if (!ended_) line_.fail("the file is cut short; a line 'end' is expected");
  return std::move(schedule_);
}

void Reader::read_line() {
  if (!version_seen_) return read_version();
  if (ended_) line_.fail("nothing may follow the line 'end'; only comments are allowed");
  const auto word = line_.word();
  if (word == "load" || word == "convolve" || word == "quantize" || word == "store") return read_instruction();
  if (word == "header") return read_header();
  if (!header_seen_) line_.fail(fmt::format("{} comes too early; the line 'header' is expected", quoted(word)));
  if (word == "region")
    visit_region(schedule_.regions.emplace_back(), line_);
  else if (word == "layer")
    visit_layer(schedule_.layers.emplace_back(), line_);
  else if (word == "repetition")
    visit_repetition(schedule_.repetitions.emplace_back(), line_);
  else if (word == "semaphore")
    return read_semaphore();
  else if (word == "unit")
    return read_unit();
  else if (word == "end")
    ended_ = true;
  else
    line_.fail_unknown("line", word, {line_words.begin(), line_words.end()});
  line_.finish();
}

void Reader::read_version() {
  if (line_.word() != "ernsim-schedule")
    line_.fail(fmt::format("not a schedule; the first line must be 'ernsim-schedule {}'", schedule_text_version));
  const auto version = line_.argument("the version");
  if (version != std::to_string(schedule_text_version))
    line_.fail(fmt::format("version {} is unknown; {} is supported", quoted(version), schedule_text_version));
  line_.finish();
  version_seen_ = true;
}

void Reader::read_header() {
  if (header_seen_) line_.fail("a second header; one is allowed");
  header_seen_ = true;
  visit_header(schedule_, line_);
  line_.finish();
  const auto& mapping = schedule_.lane_mapping;
  if (mapping != "kernel_columns" && mapping != "pixels")
    line_.fail(fmt::format("lane_mapping is {}; kernel_columns and pixels are allowed", quoted(mapping)));
}

void Reader::read_semaphore() {
  const auto name = line_.argument("the semaphore");
  const auto semaphore = find_semaphore(name);
  if (!semaphore) line_.fail_unknown("semaphore", name, semaphore_names());
  if (std::exchange(semaphore_seen_[*semaphore], true))
    line_.fail(fmt::format("semaphore {} appears twice; once is allowed", name));
  line_("initial", schedule_.semaphore_initial[*semaphore]);
  line_.finish();
}

void Reader::read_unit() {
  const auto name = line_.argument("the unit");
  unit_ = find_unit(name);
  if (!unit_) line_.fail_unknown("unit", name, unit_names());
  if (std::exchange(unit_seen_[*unit_], true)) line_.fail(fmt::format("unit {} appears twice; once is allowed", name));
  line_.finish();
}

void Reader::read_instruction() {
  if (!unit_) line_.fail(fmt::format("'{}' comes too early; a line 'unit NAME' is expected", line_.word()));
  if (const char* opcode = opcode_of(*unit_); line_.word() != opcode)
    line_.fail(
        fmt::format("'{}' is no instruction of {}; '{}' is expected", line_.word(), ernsim::name_of(*unit_), opcode));
  Instruction& instruction = schedule_.streams[*unit_].emplace_back();
  instruction.unit = *unit_;
  visit_instruction(instruction, line_);
  line_.waits(instruction);
  line_.posts(instruction);
  line_.finish();
}

}  // namespace

Schedule from_text(std::string_view text, const std::string& file_name) { return Reader(file_name).read(text); }

void save_schedule(const Schedule& schedule, const std::string& file_name) {
  const std::string text = to_text(schedule);
  std::ofstream file(file_name, std::ios::binary);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  if (!file) throw ScheduleError(file_name + ": cannot be written");
}

Schedule load_schedule(const std::string& file_name) {
  std::ifstream file(file_name, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) throw ScheduleError(file_name + ": cannot be read");
  return from_text(text.str(), file_name);
}

}  // namespace ernsim::compiler
