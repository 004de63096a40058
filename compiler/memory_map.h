#pragma once

#include <map>
#include <utility>
#include <vector>

#include "compiler/layer_plan.h"
#include "compiler/schedule.h"

namespace ernsim::compiler {

/// Places regions in external memory one behind the other, at multiples of 4096 bytes.
class MemoryMap {
 public:
  const Region& add(std::string name, RegionKind kind, std::uint64_t bytes, const workloads::Shape& shape = {});
  /// Throws std::logic_error if there is none.
  const Region& find(const std::string& name, RegionKind kind) const;

  std::vector<Region> regions() const { return regions_; }
  std::uint32_t end() const { return end_; }

 private:
  std::vector<Region> regions_;
  std::map<std::pair<std::string, RegionKind>, std::size_t> index_;
  std::uint32_t end_ = 0;
};

}  // namespace ernsim::compiler
