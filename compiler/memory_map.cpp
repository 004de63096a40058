#include "compiler/memory_map.h"

#include <fmt/format.h>

#include <stdexcept>

#include "compiler/compile.h"

namespace ernsim::compiler {

const Region& MemoryMap::add(std::string name, RegionKind kind, std::uint64_t bytes, const workloads::Shape& shape) {
  constexpr std::uint64_t page = 4096;
  constexpr std::uint64_t limit = 1ULL << 31;
  const std::uint64_t end = (end_ + bytes + page - 1) / page * page;
  if (end > limit) throw CompileError(fmt::format("{}: the external memory map would exceed {} bytes", name, limit));
  index_[{name, kind}] = regions_.size();
  regions_.push_back(
      {std::move(name), kind, end_, static_cast<std::uint32_t>(bytes), shape.channels, shape.height, shape.width});
  end_ = static_cast<std::uint32_t>(end);
  return regions_.back();
}

const Region& MemoryMap::find(const std::string& name, RegionKind kind) const {
  const auto found = index_.find({name, kind});
  if (found == index_.end()) throw std::logic_error("no region for " + name);
  return regions_[found->second];
}

}  // namespace ernsim::compiler
