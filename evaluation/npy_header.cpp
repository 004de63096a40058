#include "evaluation/npy_header.h"

#include <fmt/format.h>

#include <charconv>
#include <cstring>
#include <string_view>

#include "workloads/error.h"

namespace ernsim::evaluation {

namespace {

constexpr std::size_t longest_type = 16;       ///< a number's has three characters
constexpr std::size_t longest_header = 10000;  ///< that numpy.load() takes: numpy.lib.format's _MAX_HEADER_SIZE

[[noreturn]] void refuse(const std::string& name, const char* what) {
  throw workloads::WorkloadError(fmt::format("{}: {}", name, what));
}

/// The dictionary behind magic, version and its own length.
std::string dictionary(const std::uint8_t* data, std::size_t size, const std::string& name, std::size_t& end) {
  if (size < 12 || std::memcmp(data, "\x93NUMPY", 6) != 0) refuse(name, "not an array of NumPy's (.npy or .npz)");
  const std::size_t begin = data[6] == 1 ? 10 : 12;
  std::size_t length = data[8] + 256U * data[9];
  if (data[6] != 1) length += 65536U * data[10] + 16777216U * data[11];
  if (data[6] < 1 || data[6] > 3) refuse(name, "a version of NumPy's format that is not known");
  if (length > longest_header) refuse(name, "its header is longer than NumPy's");
  if (length > size - begin) refuse(name, "truncated in its header");
  end = begin + length;
  return {reinterpret_cast<const char*>(data) + begin, length};
}

/// What stands behind a key, up to `end`.
std::string value_of(const std::string& text, const std::string& key, char end, const std::string& name) {
  const auto at = text.find(key);
  const auto stop = at == std::string::npos ? at : text.find(end, at + key.size());
  if (stop == std::string::npos) refuse(name, "its header is not NumPy's");
  return text.substr(at + key.size(), stop - at - key.size());
}

std::string_view without_spaces(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// "28, 28", "7," or "".
std::vector<std::size_t> sides(std::string_view text, const std::string& name) {
  std::vector<std::size_t> shape;
  while (!(text = without_spaces(text)).empty()) {
    const std::string_view digits = without_spaces(text.substr(0, text.find(',')));
    std::size_t side = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), side);
    if (error != std::errc() || end != digits.data() + digits.size()) refuse(name, "its header's shape is none");
    shape.push_back(side);
    const auto comma = text.find(',');
    text.remove_prefix(comma == text.npos ? text.size() : comma + 1);
  }
  return shape;
}

}  // namespace

NpyHeader parse_npy_header(const std::uint8_t* data, std::size_t size, const std::string& name) {
  NpyHeader header;
  const std::string text = dictionary(data, size, name, header.bytes);
  header.type = value_of(text, "'descr': '", '\'', name);
  if (header.type.size() > longest_type) refuse(name, "its elements are no numbers");
  const std::string fortran = value_of(text, "'fortran_order': ", ',', name);
  header.shape = sides(value_of(text, "'shape': (", ')', name), name);
  if (fortran != "True" && fortran != "False") refuse(name, "its header is not NumPy's");
  if (fortran == "True") refuse(name, "in Fortran order; numpy.ascontiguousarray() before saving makes it C order");
  return header;
}

}  // namespace ernsim::evaluation
