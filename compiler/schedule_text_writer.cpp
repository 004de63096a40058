#include <fmt/format.h>

#include <algorithm>

#include "compiler/schedule_text.h"
#include "compiler/schedule_text_fields.h"
#include "compiler/schedule_text_names.h"

namespace ernsim::compiler {
namespace {

bool needs_quotes(const std::string& text) {
  const auto plain = [](char c) { return c > ' ' && c != '"' && c != '\\' && c != '#' && c != '\x7F'; };
  return text.empty() || !std::all_of(text.begin(), text.end(), plain);
}

std::string in_quotes(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7F')
      out += fmt::format("\\x{:02X}", static_cast<unsigned>(c));
    else
      out += c;
  }
  return out + '"';
}

/// Appends " key=value" for each field visited.
class LineWriter {
 public:
  explicit LineWriter(std::string& out) : out_(out) {}

  template <class Integer>
  std::enable_if_t<std::is_integral_v<Integer>> operator()(const char* key, Integer value) {
    begin(key) += fmt::format_int(value).c_str();
  }
  void operator()(const char* key, bool value) {
    if (value) begin(key) += '1';
  }
  void operator()(const char* key, const std::string& value) {
    begin(key) += needs_quotes(value) ? in_quotes(value) : value;
  }
  void operator()(const char* key, RegionKind value) { begin(key) += name_of(value); }
  void operator()(const char* key, const Coordinates& at) {
    begin(key) += fmt::format("{}/{}/{}/{}", at.layer, at.block, at.row, at.column);
  }

 private:
  std::string& begin(const char* key) { return ((out_ += ' ') += key) += '='; }

  std::string& out_;
};

const std::string& checked_name(std::size_t semaphore) {
  if (semaphore >= semaphore_count)
    throw ScheduleError(fmt::format("semaphore {} does not exist; 0 to {} do", semaphore, semaphore_count - 1));
  return semaphore_name(semaphore);
}

void write_waits(const Instruction& i, std::string& out) {
  if (i.wait_count > max_waits) throw ScheduleError(fmt::format("{} waits; at most {}", i.wait_count, max_waits));
  for (std::size_t w = 0; w < i.wait_count; ++w) {
    out += w == 0 ? " wait=" : ",";
    out += checked_name(i.waits[w].semaphore);
    out += fmt::format("*{}", i.waits[w].count);
  }
}

void write_posts(const Instruction& i, std::string& out) {
  bool first = true;
  for (std::size_t s = 0; s < 32; ++s) {
    if ((i.posts >> s & 1) == 0) continue;
    out += first ? " post=" : ",";
    out += checked_name(s);
    first = false;
  }
}

void write_instruction(const Instruction& i, std::string& out) {
  out += opcode_of(i.unit);
  visit_instruction(i, LineWriter(out));
  write_waits(i, out);
  write_posts(i, out);
  out += '\n';
}

void write_stream(UnitId unit, const std::vector<Instruction>& stream, std::string& out) {
  out += fmt::format("\nunit {}\n", ernsim::name_of(unit));
  for (const auto& instruction : stream) write_instruction(instruction, out);
}

}  // namespace

std::string to_text(const Schedule& schedule) {
  std::string out = fmt::format("ernsim-schedule {}\nheader", schedule_text_version);
  visit_header(schedule, LineWriter(out));
  out += "\n\n";
  for (const auto& region : schedule.regions) {
    visit_region(region, LineWriter(out += "region"));
    out += '\n';
  }
  for (const auto& layer : schedule.layers) {
    visit_layer(layer, LineWriter(out += "layer"));
    out += '\n';
  }
  for (const auto& repetition : schedule.repetitions) {
    visit_repetition(repetition, LineWriter(out += "repetition"));
    out += '\n';
  }
  for (std::size_t s = 0; s < semaphore_count; ++s)
    if (const auto initial = schedule.semaphore_initial[s]; initial != 0)
      out += fmt::format("semaphore {} initial={}\n", semaphore_name(s), initial);
  for (const UnitId unit : each<UnitId>()) write_stream(unit, schedule.streams[unit], out);
  return out += "\nend\n";
}

}  // namespace ernsim::compiler
