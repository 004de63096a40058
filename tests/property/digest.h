#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace ernsim::test {

/// FNV-1a over what is too long to write down.
class Digest {
 public:
  void add(std::uint64_t value) { hash_ = (hash_ ^ value) * 0x100000001b3ULL; }
  void add(const void* bytes, std::size_t count) {
    add(std::hash<std::string_view>()({static_cast<const char*>(bytes), count}));
  }
  std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325ULL;
};

}  // namespace ernsim::test
