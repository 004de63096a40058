#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ernsim {

/// The bytes of a NumPy file, format version 1.0, C order. Value: std::uint8_t, int8_t, int16_t, int32_t, float or
/// double. `values` must hold as many elements as `shape` says; throws std::logic_error otherwise.
template <class Value>
std::string npy_bytes(const std::vector<std::size_t>& shape, const std::vector<Value>& values);

}  // namespace ernsim
