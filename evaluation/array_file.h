#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace ernsim::evaluation {

/// An array of NumPy's, in C order and little-endian; its bytes stay where they are, in a mapped file or unpacked.
struct Array {
  std::string name;  ///< of its file, or "file.npz: images"
  std::string type;  ///< NumPy's: "|u1", "<i8", "<f4"
  std::vector<std::size_t> shape;
  std::shared_ptr<const void> owner;
  const std::uint8_t* bytes = nullptr;
  std::size_t item_bytes = 0;

  std::size_t size() const;
  /// One element of any numeric type; exact up to 2^53.
  double number(std::size_t index) const;
  /// "[10000,28,28] |u1"
  std::string shape_text() const;
};

/// The array of a .npy file, or those of a .npz file, stored or deflated. Throws WorkloadError, one line, for what is
/// missing, truncated, of a type that is no number, in Fortran order, or larger than its file.
std::vector<Array> load_arrays(const std::string& path);

}  // namespace ernsim::evaluation
