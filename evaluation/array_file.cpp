#include "evaluation/array_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <map>

#include "evaluation/npy_header.h"
#include "evaluation/zip_file.h"
#include "workloads/error.h"

namespace ernsim::evaluation {

namespace {

/// The whole file, mapped.
Bytes map_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (descriptor < 0 || ::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    if (descriptor >= 0) ::close(descriptor);
    throw workloads::WorkloadError(fmt::format("{}: no such file", path));
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  void* mapped = size == 0 ? MAP_FAILED : ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  ::close(descriptor);
  if (mapped == MAP_FAILED) throw workloads::WorkloadError(fmt::format("{}: empty, or cannot be read", path));
  const std::shared_ptr<const void> owner(mapped, [size](const void* at) { ::munmap(const_cast<void*>(at), size); });
  return {owner, static_cast<const std::uint8_t*>(mapped), size};
}

template <class Element>
double element(const std::uint8_t* bytes, std::size_t index) {
  Element value;
  std::memcpy(&value, bytes + index * sizeof value, sizeof value);
  return static_cast<double>(value);
}

using Reader = double (*)(const std::uint8_t*, std::size_t);

const std::map<std::string, Reader>& readers() {
  static const std::map<std::string, Reader> all{
      {"|u1", element<std::uint8_t>},  {"|i1", element<std::int8_t>},   {"|b1", element<std::uint8_t>},
      {"<u2", element<std::uint16_t>}, {"<i2", element<std::int16_t>},  {"<u4", element<std::uint32_t>},
      {"<i4", element<std::int32_t>},  {"<u8", element<std::uint64_t>}, {"<i8", element<std::int64_t>},
      {"<f4", element<float>},         {"<f8", element<double>}};
  return all;
}

Array array_of(const Bytes& file, const std::string& name) {
  const NpyHeader header = parse_npy_header(file.data, file.size, name);
  if (readers().count(header.type) == 0)
    throw workloads::WorkloadError(
        fmt::format("{}: element type {}; whole numbers and floats of 1 to 8 bytes, little-endian, can be read", name,
                    header.type));
  Array made{name,
             header.type,
             header.shape,
             file.owner,
             file.data + header.bytes,
             static_cast<std::size_t>(header.type.back() - '0')};
  if (made.size() > (file.size - header.bytes) / made.item_bytes)
    throw workloads::WorkloadError(fmt::format("{}: truncated; its shape is {} and {} bytes are there", name,
                                               made.shape_text(), file.size - header.bytes));
  return made;
}

}  // namespace

std::size_t Array::size() const {
  std::size_t product = 1;
  for (const std::size_t side : shape)
    if (__builtin_mul_overflow(product, side, &product)) return SIZE_MAX;
  return product;
}

double Array::number(std::size_t index) const { return readers().at(type)(bytes, index); }

std::string Array::shape_text() const { return fmt::format("[{}] {}", fmt::join(shape, ","), type); }

std::vector<Array> load_arrays(const std::string& path) {
  const Bytes file = map_file(path);
  if (!is_zip(file)) return {array_of(file, path)};
  std::vector<Array> arrays;
  for (const ZipEntry& entry : unzipped(file, path))
    arrays.push_back(array_of(entry.bytes, fmt::format("{}: {}", path, entry.name)));
  return arrays;
}

}  // namespace ernsim::evaluation
