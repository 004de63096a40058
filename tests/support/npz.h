#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ernsim::test {

/// One array of a NumPy .npz file, in C order.
struct NpyArray {
  std::string type;  ///< NumPy's descriptor: |u1, <i2, <i4, |i1, <f4, <f8
  std::vector<std::size_t> shape;
  std::vector<std::uint8_t> bytes;

  template <class Value>
  std::vector<Value> as() const;
};

/// Reads all arrays of a .npz (zip, stored or deflated). Throws std::runtime_error on anything unexpected.
std::map<std::string, NpyArray> read_npz(const std::string& path);

}  // namespace ernsim::test
