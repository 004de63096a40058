#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ernsim::evaluation {

/// What stands before the elements of a .npy file.
struct NpyHeader {
  std::string type;
  std::vector<std::size_t> shape;
  std::size_t bytes = 0;  ///< of the header itself
};

/// Versions 1 to 3. Throws WorkloadError, naming `name`, if it is none, or says that the order is Fortran's.
NpyHeader parse_npy_header(const std::uint8_t* data, std::size_t size, const std::string& name);

}  // namespace ernsim::evaluation
