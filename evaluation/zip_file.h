#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace ernsim::evaluation {

/// Bytes and what keeps them alive.
struct Bytes {
  std::shared_ptr<const void> owner;
  const std::uint8_t* data = nullptr;
  std::size_t size = 0;
};

struct ZipEntry {
  std::string name;  ///< without ".npy"
  Bytes bytes;
};

bool is_zip(const Bytes& file);

/// All files of an archive, those that are stored where they are. Throws WorkloadError, naming `path`, for an archive
/// that is damaged, encrypted, of 4 GB or more, or packed otherwise than by deflate.
std::vector<ZipEntry> unzipped(const Bytes& file, const std::string& path);

}  // namespace ernsim::evaluation
