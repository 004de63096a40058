#include "models/platform/program_file.h"

#include <cstring>
#include <string>

#include "models/accelerator/isa/instruction_codec.h"

namespace ernsim {

namespace {

constexpr std::uint32_t layout_version = 1;

/// Little endian, whatever the machine.
class Bytes {
 public:
  void word(std::uint64_t value, std::size_t count = sizeof(std::uint32_t)) {
    for (std::size_t i = 0; i < count; ++i) bytes_.push_back(static_cast<std::uint8_t>(value >> 8 * i));
  }
  void real(double value) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    word(bits, sizeof bits);
  }
  void text(std::string_view text) { bytes_.insert(bytes_.end(), text.begin(), text.end()); }
  void append(const std::vector<std::uint8_t>& bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
  std::size_t size() const { return bytes_.size(); }
  std::vector<std::uint8_t> take() { return std::move(bytes_); }

 private:
  std::vector<std::uint8_t> bytes_;
};

/// Everything that lies in memory before the first frame.
std::vector<Program::Bytes> regions_of(const Program& program) {
  std::vector<Program::Bytes> regions = program.contents;
  for (const UnitId unit : each<UnitId>()) {
    std::vector<std::uint8_t> stream(program.streams[unit].size() * instruction_bytes);
    for (std::size_t i = 0; i < program.streams[unit].size(); ++i)
      encode(program.streams[unit][i], stream.data() + i * instruction_bytes);
    if (!stream.empty()) regions.push_back({program.stream_address[unit], std::move(stream)});
  }
  return regions;
}

std::vector<std::uint8_t> file_of(const Program& program, const HostProgram& host, std::uint32_t configuration,
                                  const std::vector<Program::Bytes>& regions) {
  constexpr std::size_t region_entry_bytes = 12;
  const LogitMap& logits = host.logits;
  Bytes out;
  out.text("ERNP");
  for (const std::uint64_t value :
       {std::uint64_t{layout_version}, std::uint64_t{configuration}, std::uint64_t{program.external_bytes}})
    out.word(value);
  for (const std::uint64_t value : {program.input_address, program.input_height, program.input_width}) out.word(value);
  out.word(logits.address);
  for (const int value : {logits.height, logits.width, logits.block_channels})
    out.word(static_cast<std::uint32_t>(value));
  for (const std::size_t count : {logits.scale.size(), host.registers.size(), regions.size()}) out.word(count);
  for (const auto& [number, value] : host.registers) {
    out.word(number * sizeof(std::uint32_t));
    out.word(value);
  }
  std::size_t offset = out.size() + regions.size() * region_entry_bytes + logits.scale.size() * sizeof(double);
  for (const Program::Bytes& region : regions) {
    out.word(region.address);
    out.word(region.bytes.size());
    out.word(offset);
    offset += region.bytes.size();
  }
  for (const double scale : logits.scale) out.real(scale);
  for (const Program::Bytes& region : regions) out.append(region.bytes);
  return out.take();
}

}  // namespace

std::vector<std::uint8_t> program_file(const Program& program, const HostProgram& host, std::uint32_t configuration) {
  return file_of(program, host, configuration, regions_of(program));
}

std::vector<std::uint8_t> placed_program_file(const Program& program, const HostProgram& host,
                                              std::uint32_t configuration) {
  return file_of(program, host, configuration, {});
}

}  // namespace ernsim
