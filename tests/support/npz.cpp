#include "tests/support/npz.h"

#include <zlib.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace ernsim::test {

namespace {

using Bytes = std::vector<std::uint8_t>;

template <class Value>
Value field(const Bytes& bytes, std::size_t at) {
  if (at + sizeof(Value) > bytes.size()) throw std::runtime_error("npz: truncated");
  Value value;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

Bytes inflate_raw(Bytes packed, std::size_t size) {
  Bytes data(size);
  z_stream stream{};
  stream.next_in = packed.data();
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = data.data();
  stream.avail_out = static_cast<uInt>(size);
  const bool done = inflateInit2(&stream, -MAX_WBITS) == Z_OK && inflate(&stream, Z_FINISH) == Z_STREAM_END;
  inflateEnd(&stream);
  if (!done) throw std::runtime_error("npz: cannot inflate");
  return data;
}

NpyArray parse_npy(const Bytes& bytes) {
  const std::size_t header = 10 + field<std::uint16_t>(bytes, 8);
  const std::string text(bytes.begin() + 10, bytes.begin() + static_cast<std::ptrdiff_t>(header));
  NpyArray array;
  const auto descr = text.find("'descr': '") + 10;
  array.type = text.substr(descr, text.find('\'', descr) - descr);
  auto at = text.find('(') + 1;
  while (text[at] != ')') {
    if (std::isdigit(static_cast<unsigned char>(text[at])) == 0) {
      ++at;
      continue;
    }
    std::size_t used = 0;
    array.shape.push_back(std::stoul(text.substr(at), &used));
    at += used;
  }
  array.bytes.assign(bytes.begin() + static_cast<std::ptrdiff_t>(header), bytes.end());
  return array;
}

template <class From, class Value>
void convert(const Bytes& bytes, std::vector<Value>& values) {
  for (std::size_t at = 0; at < bytes.size(); at += sizeof(From))
    values.push_back(static_cast<Value>(field<From>(bytes, at)));
}

}  // namespace

template <class Value>
std::vector<Value> NpyArray::as() const {
  std::vector<Value> values;
  if (type == "|u1")
    convert<std::uint8_t>(bytes, values);
  else if (type == "|i1")
    convert<std::int8_t>(bytes, values);
  else if (type == "<i2")
    convert<std::int16_t>(bytes, values);
  else if (type == "<i4")
    convert<std::int32_t>(bytes, values);
  else if (type == "<i8")
    convert<std::int64_t>(bytes, values);
  else if (type == "<f4")
    convert<float>(bytes, values);
  else if (type == "<f8")
    convert<double>(bytes, values);
  else
    throw std::runtime_error("npz: type " + type);
  return values;
}

template std::vector<std::uint8_t> NpyArray::as() const;
template std::vector<std::int16_t> NpyArray::as() const;
template std::vector<std::int32_t> NpyArray::as() const;
template std::vector<double> NpyArray::as() const;

std::map<std::string, NpyArray> read_npz(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const Bytes bytes((std::istreambuf_iterator<char>(file)), {});
  std::map<std::string, NpyArray> arrays;
  std::size_t end = bytes.size() < 22 ? 0 : bytes.size() - 22;  // end of central directory, without a comment
  if (field<std::uint32_t>(bytes, end) != 0x06054b50) throw std::runtime_error("npz: no central directory in " + path);
  std::size_t entry = field<std::uint32_t>(bytes, end + 16);
  for (int count = field<std::uint16_t>(bytes, end + 10); count > 0; --count) {
    const auto packed_size = field<std::uint32_t>(bytes, entry + 20);
    const auto name_size = field<std::uint16_t>(bytes, entry + 28);
    const std::string name(bytes.begin() + static_cast<std::ptrdiff_t>(entry) + 46,
                           bytes.begin() + static_cast<std::ptrdiff_t>(entry) + 46 + name_size);
    const std::size_t local = field<std::uint32_t>(bytes, entry + 42);
    const std::size_t data =
        local + 30 + field<std::uint16_t>(bytes, local + 26) + field<std::uint16_t>(bytes, local + 28);
    const Bytes packed(bytes.begin() + static_cast<std::ptrdiff_t>(data),
                       bytes.begin() + static_cast<std::ptrdiff_t>(data + packed_size));
    const bool stored = field<std::uint16_t>(bytes, entry + 10) == 0;
    arrays[name.substr(0, name.size() - 4)] =
        parse_npy(stored ? packed : inflate_raw(packed, field<std::uint32_t>(bytes, entry + 24)));
    entry += 46u + name_size + field<std::uint16_t>(bytes, entry + 30) + field<std::uint16_t>(bytes, entry + 32);
  }
  return arrays;
}

}  // namespace ernsim::test
