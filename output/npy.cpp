#include "output/npy.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstring>
#include <functional>
#include <numeric>
#include <stdexcept>
#include <type_traits>

namespace ernsim {

namespace {

template <class Value>
std::string type_code() {
  const char kind = std::is_floating_point_v<Value> ? 'f' : std::is_unsigned_v<Value> ? 'u' : 'i';
  return fmt::format("{}{}{}", sizeof(Value) == 1 ? '|' : '<', kind, sizeof(Value));
}

/// Magic, version and a dictionary padded so that the data starts at a multiple of 64 bytes.
std::string header(const std::string& type, const std::vector<std::size_t>& shape) {
  constexpr std::size_t prefix = 10;
  std::string dictionary = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}{}), }}", type,
                                       fmt::join(shape, ", "), shape.size() == 1 ? "," : "");
  dictionary.append(63 - (prefix + dictionary.size()) % 64, ' ').push_back('\n');
  std::string bytes("\x93NUMPY\x01\x00", 8);
  bytes.push_back(static_cast<char>(dictionary.size() % 256));
  bytes.push_back(static_cast<char>(dictionary.size() / 256));
  return bytes + dictionary;
}

}  // namespace

template <class Value>
std::string npy_bytes(const std::vector<std::size_t>& shape, const std::vector<Value>& values) {
  const auto elements = std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
  if (elements != values.size())
    throw std::logic_error(
        fmt::format("npy: shape ({}) does not hold {} values", fmt::join(shape, ", "), values.size()));
  std::string bytes = header(type_code<Value>(), shape);
  const std::size_t start = bytes.size();
  bytes.resize(start + values.size() * sizeof(Value));
  if (!values.empty()) std::memcpy(&bytes[start], values.data(), values.size() * sizeof(Value));
  return bytes;
}

template std::string npy_bytes(const std::vector<std::size_t>&, const std::vector<std::uint8_t>&);
template std::string npy_bytes(const std::vector<std::size_t>&, const std::vector<std::int8_t>&);
template std::string npy_bytes(const std::vector<std::size_t>&, const std::vector<std::int16_t>&);
template std::string npy_bytes(const std::vector<std::size_t>&, const std::vector<std::int32_t>&);
template std::string npy_bytes(const std::vector<std::size_t>&, const std::vector<float>&);
template std::string npy_bytes(const std::vector<std::size_t>&, const std::vector<double>&);

}  // namespace ernsim
