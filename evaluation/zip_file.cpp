#include "evaluation/zip_file.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>

#include "workloads/error.h"

namespace ernsim::evaluation {

namespace {

// Offsets of the .ZIP File Format Specification (PKWARE's APPNOTE), 4.3.7, 4.3.12 and 4.3.16.
constexpr std::uint32_t local_mark = 0x04034b50, central_mark = 0x02014b50, end_mark = 0x06054b50;
constexpr std::size_t local_bytes = 30, central_bytes = 46, end_bytes = 22, longest_comment = 65535;
constexpr std::uint32_t beyond = 0xffffffff;  ///< what is there when a field of 64 bits has the value

class Archive {
 public:
  Archive(const Bytes& file, const std::string& path) : file_(file), path_(path) {}

  std::vector<ZipEntry> entries() const {
    const std::size_t end = end_of_directory();
    const std::size_t count = field<std::uint16_t>(end + 10);
    std::size_t at = field<std::uint32_t>(end + 16);
    std::vector<ZipEntry> found;
    for (std::size_t i = 0; i < count; ++i) {
      if (field<std::uint32_t>(at) != central_mark) refuse("its directory is damaged");
      found.push_back(entry(at));
      at +=
          central_bytes + field<std::uint16_t>(at + 28) + field<std::uint16_t>(at + 30) + field<std::uint16_t>(at + 32);
    }
    return found;
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw workloads::WorkloadError(fmt::format("{}: {}", path_, what));
  }

  void require(std::size_t at, std::size_t size) const {
    if (at > file_.size || size > file_.size - at) refuse("truncated");
  }

  template <class Value>
  Value field(std::size_t at) const {
    require(at, sizeof(Value));
    Value value;
    std::memcpy(&value, file_.data + at, sizeof value);
    return value;
  }

  std::size_t end_of_directory() const {
    if (file_.size < end_bytes) refuse("truncated");
    const std::size_t last = file_.size - end_bytes;
    const std::size_t first = last > longest_comment ? last - longest_comment : 0;
    for (std::size_t at = last + 1; at-- > first;)
      if (field<std::uint32_t>(at) == end_mark) return at;
    refuse("truncated: it has no directory");
  }

  ZipEntry entry(std::size_t at) const {
    const auto flags = field<std::uint16_t>(at + 8), method = field<std::uint16_t>(at + 10);
    const auto packed = field<std::uint32_t>(at + 20), size = field<std::uint32_t>(at + 24);
    const auto local = field<std::uint32_t>(at + 42);
    const std::size_t name_bytes = field<std::uint16_t>(at + 28);
    require(at + central_bytes, name_bytes);
    std::string name(reinterpret_cast<const char*>(file_.data) + at + central_bytes, name_bytes);
    if (name_bytes > 4 && name.substr(name_bytes - 4) == ".npy") name.resize(name_bytes - 4);
    if (packed == beyond || size == beyond || local == beyond) refuse(name + " is 4 GB or more; save it as .npy");
    if ((flags & 1U) != 0 || (method != 0 && method != 8)) refuse(name + " is encrypted or packed in an unknown way");
    if (field<std::uint32_t>(local) != local_mark) refuse("its directory is damaged");
    const std::size_t data = local + local_bytes + field<std::uint16_t>(local + 26) + field<std::uint16_t>(local + 28);
    require(data, packed);
    if (method == 8) return {name, inflated(name, data, packed, size)};
    if (packed != size) refuse("its directory is damaged");
    return {name, {file_.owner, file_.data + data, size}};
  }

  /// Deflate packs by no more than 1032 to 1: what claims more is damaged, and takes no memory.
  Bytes inflated(const std::string& name, std::size_t at, std::size_t packed, std::size_t size) const {
    if (size / 1032 > packed) refuse(name + " is damaged");
    const auto data = std::make_shared<std::vector<std::uint8_t>>(size);
    z_stream stream{};
    stream.next_in = const_cast<Bytef*>(file_.data + at);
    stream.avail_in = static_cast<uInt>(packed);
    stream.next_out = data->data();
    stream.avail_out = static_cast<uInt>(size);
    const bool done = inflateInit2(&stream, -MAX_WBITS) == Z_OK && inflate(&stream, Z_FINISH) == Z_STREAM_END;
    inflateEnd(&stream);
    if (!done || stream.avail_out != 0) refuse(name + " is damaged");
    return {data, data->data(), size};
  }

  const Bytes& file_;
  const std::string& path_;
};

}  // namespace

bool is_zip(const Bytes& file) { return file.size >= 2 && file.data[0] == 'P' && file.data[1] == 'K'; }

std::vector<ZipEntry> unzipped(const Bytes& file, const std::string& path) { return Archive(file, path).entries(); }

}  // namespace ernsim::evaluation
