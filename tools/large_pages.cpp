#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

namespace {

/// Lets the heap grow in large pages and keep them. Where a page fault is dear, as in a virtual machine, faults of 4
/// KiB pages cost more than the simulation of a frame; SystemC alone clears 3 MiB when it is loaded, hence so early.
void use_large_pages(int, char**, char**) {
  constexpr std::uintptr_t page_bytes = std::uintptr_t{1} << 21;
  constexpr int growth_bytes = 1 << 28, largest_in_heap_bytes = 1 << 25;
  ::mallopt(M_MMAP_THRESHOLD, largest_in_heap_bytes);
  ::mallopt(M_TRIM_THRESHOLD, growth_bytes);
  ::mallopt(M_TOP_PAD, growth_bytes);
  const std::uintptr_t begin = (reinterpret_cast<std::uintptr_t>(::sbrk(0)) + page_bytes - 1) / page_bytes * page_bytes;
  void* volatile grown = std::malloc(1);  // the heap grows by growth_bytes of addresses; memory comes with use
  std::free(grown);
  const auto end = reinterpret_cast<std::uintptr_t>(::sbrk(0));
  if (end > begin) ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
}

/// Called before the constructors of any library.
__attribute__((section(".preinit_array"), used)) void (*const first_of_all)(int, char**, char**) = use_large_pages;

}  // namespace
