#include "traces/fst/fst_sink.h"

#include <fmt/format.h>
#include <fstapi.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <vector>

#include "traces/fst/checked_io.h"

namespace ernsim::traces {

namespace {

/// Of a file that nobody wants.
struct DropWriter {
  void operator()(void* writer) const try { fstWriterClose(writer); } catch (const FstWriteError&) {
  }
};

std::uint64_t big_endian(const std::array<char, 8>& bytes) {
  std::uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<std::uint8_t>(byte);
  return number;
}

/// Whether the blocks fill the file: each is a byte that says its kind, and its length without that byte.
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
  FstSink(std::string file, std::string name) : file_(std::move(file)), name_(std::move(name)) {
    write([this] { writer_.reset(fstWriterCreate(file_.c_str(), 1)); });
    if (writer_ == nullptr) fail(std::strerror(errno));
    write([this] {
      fstWriterSetTimescale(writer_.get(), -12);
      fstWriterSetVersion(writer_.get(), "ernsim");
      fstWriterSetDate(writer_.get(), "");
      fstWriterSetPackType(writer_.get(), FST_WR_PT_LZ4);
    });
  }
  ~FstSink() override {
    writer_.reset();
    std::error_code ignored;
    std::filesystem::remove(file_ + ".hier", ignored);  // the writer's own; it is there if writing failed
  }

  void declare(const std::vector<WaveSignal>& signals) override {
    write([&] { declare_all(signals); });
  }
  void time(Picoseconds now) override {
    write([&] { fstWriterEmitTimeChange(writer_.get(), static_cast<std::uint64_t>(now)); });
  }
  void change(std::size_t signal, const std::string& bits) override {
    write([&] { fstWriterEmitValueChange(writer_.get(), handles_[signal], bits.data()); });
  }
  void finish() override {
    write([this] { fstWriterClose(writer_.release()); });
    if (!is_whole(file_)) fail("the file has ends that are missing");
  }

 private:
  void declare_all(const std::vector<WaveSignal>& signals) {
    void* writer = writer_.get();
    fstWriterSetScope(writer, FST_ST_VCD_MODULE, "ernsim", nullptr);
    std::string unit;
    for (const WaveSignal& signal : signals) {
      if (signal.unit != unit) {
        if (!unit.empty()) fstWriterSetUpscope(writer);
        fstWriterSetScope(writer, FST_ST_VCD_MODULE, (unit = signal.unit).c_str(), nullptr);
      }
      handles_.push_back(fstWriterCreateVar(writer, FST_VT_VCD_WIRE, FST_VD_IMPLICIT,
                                            static_cast<std::uint32_t>(signal.bits), declared_name(signal).c_str(), 0));
    }
    if (!unit.empty()) fstWriterSetUpscope(writer);
    fstWriterSetUpscope(writer);
  }

  /// A writer that could not write is in no state to be closed: it is left as it is, for the process ends.
  template <class Work>
  void write(Work&& work) try {
    work();
  } catch (const FstWriteError& error) {
    static_cast<void>(writer_.release());
    fail(error.what());
  }

  [[noreturn]] void fail(const std::string& why) const {
    throw std::runtime_error(fmt::format("{}: cannot be written: {}", name_, why));
  }

  std::string file_, name_;
  std::unique_ptr<void, DropWriter> writer_;
  std::vector<fstHandle> handles_;  ///< [signal]
};

}  // namespace

bool has_fst_writer() { return true; }

std::unique_ptr<WaveSink> make_fst_sink(const std::string& file, const std::string& name) {
  return std::make_unique<FstSink>(file, name);
}

}  // namespace ernsim::traces
