#pragma once

#include <cstdint>
#include <string>

#include "workloads/graph.h"

namespace ernsim::evaluation {

/// A number that is another one when anything that was added is.
class Fingerprint {
 public:
  void add(const std::string& text);
  void add(std::int64_t number) { bytes(&number, sizeof number); }
  void add(std::uint64_t number) { bytes(&number, sizeof number); }
  void add(int number) { add(std::int64_t{number}); }
  void add(const workloads::IntegerNetwork& network);
  std::uint64_t value() const { return value_; }

 private:
  void bytes(const void* data, std::size_t size);
  void add(const workloads::Node& node);

  std::uint64_t value_ = 0;
};

}  // namespace ernsim::evaluation
