#include "traces/fst/fst_sink.h"

#include <fmt/format.h>
#include <fstapi.h>

#include <array>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace ernsim::traces {

namespace {

struct CloseWriter {
  void operator()(void* writer) const { fstWriterClose(writer); }
};

std::uint64_t big_endian(const std::array<char, 8>& bytes) {
  std::uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<std::uint8_t>(byte);
  return number;
}

/// Whether the blocks fill the file: each is a byte that says its kind, and its length without that byte. The writer
/// tells of no error.
bool is_whole(const std::string& file) {
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  const auto size = static_cast<std::uint64_t>(in.tellg());
  std::uint64_t at = 0;
  while (in && at < size) {
    std::array<char, 8> length{};
    in.seekg(static_cast<std::streamoff>(at));
    if (in.get() == FST_BL_SKIP || !in.read(length.data(), length.size())) return false;
    if (big_endian(length) < length.size()) return false;
    at += 1 + big_endian(length);
  }
  return at > 0 && at == size;
}

class FstSink : public WaveSink {
 public:
  FstSink(std::string file, std::string name)
      : file_(std::move(file)), name_(std::move(name)), writer_(fstWriterCreate(file_.c_str(), 1)) {
    if (writer_ == nullptr) fail();
    fstWriterSetTimescale(writer_.get(), -12);
    fstWriterSetVersion(writer_.get(), "ernsim");
    fstWriterSetDate(writer_.get(), "");
    fstWriterSetPackType(writer_.get(), FST_WR_PT_LZ4);
  }

  void declare(const std::vector<WaveSignal>& signals) override {
    fstWriterSetScope(writer_.get(), FST_ST_VCD_MODULE, "ernsim", nullptr);
    std::string unit;
    for (const WaveSignal& signal : signals) {
      if (signal.unit != unit) {
        if (!unit.empty()) fstWriterSetUpscope(writer_.get());
        fstWriterSetScope(writer_.get(), FST_ST_VCD_MODULE, (unit = signal.unit).c_str(), nullptr);
      }
      handles_.push_back(fstWriterCreateVar(writer_.get(), FST_VT_VCD_WIRE, FST_VD_IMPLICIT,
                                            static_cast<std::uint32_t>(signal.bits), declared_name(signal).c_str(), 0));
    }
    if (!unit.empty()) fstWriterSetUpscope(writer_.get());
    fstWriterSetUpscope(writer_.get());
  }

  void time(Picoseconds now) override { fstWriterEmitTimeChange(writer_.get(), static_cast<std::uint64_t>(now)); }

  void change(std::size_t signal, const std::string& bits) override {
    fstWriterEmitValueChange(writer_.get(), handles_[signal], bits.data());
  }

  void finish() override {
    const bool sought = fstWriterGetFseekFailed(writer_.get()) == 0;
    writer_.reset();
    if (!sought || !is_whole(file_)) fail();
  }

 private:
  [[noreturn]] void fail() const { throw std::runtime_error(fmt::format("{}: cannot be written", name_)); }

  std::string file_, name_;
  std::unique_ptr<void, CloseWriter> writer_;
  std::vector<fstHandle> handles_;  ///< [signal]
};

}  // namespace

bool has_fst_writer() { return true; }

std::unique_ptr<WaveSink> make_fst_sink(const std::string& file, const std::string& name) {
  return std::make_unique<FstSink>(file, name);
}

}  // namespace ernsim::traces
