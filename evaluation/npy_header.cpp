#include "evaluation/npy_header.h"

#include <fmt/format.h>

#include <cstring>
#include <regex>

#include "workloads/error.h"

namespace ernsim::evaluation {

namespace {

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
  if (length > size - begin || length > 65536) refuse(name, "truncated in its header");
  end = begin + length;
  return {reinterpret_cast<const char*>(data) + begin, length};
}

std::vector<std::size_t> sides(const std::string& text) {
  std::vector<std::size_t> shape;
  const std::regex number("[0-9]{1,18}");
  for (std::sregex_iterator at(text.begin(), text.end(), number), end; at != end; ++at)
    shape.push_back(std::stoull(at->str()));
  return shape;
}

}  // namespace

NpyHeader parse_npy_header(const std::uint8_t* data, std::size_t size, const std::string& name) {
  NpyHeader header;
  const std::string text = dictionary(data, size, name, header.bytes);
  std::smatch type, order, shape;
  if (!std::regex_search(text, type, std::regex("'descr': '([^']*)'")) ||
      !std::regex_search(text, order, std::regex("'fortran_order': (True|False)")) ||
      !std::regex_search(text, shape, std::regex("'shape': \\(([0-9, ]{0,200})\\)")))
    refuse(name, "its header is not NumPy's");
  if (order[1] == "True") refuse(name, "in Fortran order; numpy.ascontiguousarray() before saving makes it C order");
  header.type = type[1];
  header.shape = sides(shape[1]);
  return header;
}

}  // namespace ernsim::evaluation
