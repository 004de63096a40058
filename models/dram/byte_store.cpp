#include "models/dram/byte_store.h"

#include <sys/mman.h>

#include <cstdint>
#include <new>

namespace ernsim {

namespace {

constexpr std::uint64_t large_page = std::uint64_t{1} << 21;

}  // namespace

ByteStore::ByteStore(std::uint64_t size)
    : size_(size), reserved_((size / large_page + 2) * large_page), reserve_(nullptr), bytes_(nullptr) {
  void* reserved =
      ::mmap(nullptr, reserved_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (reserved == MAP_FAILED) throw std::bad_alloc();
  reserve_ = static_cast<std::uint8_t*>(reserved);
  const auto begin = reinterpret_cast<std::uintptr_t>(reserve_);
  bytes_ = reserve_ + ((begin + large_page - 1) / large_page * large_page - begin);
  ::madvise(bytes_, reserved_ - large_page, MADV_HUGEPAGE);  // a wish: page faults cost more than a frame
}

ByteStore::~ByteStore() { ::munmap(reserve_, reserved_); }

}  // namespace ernsim
