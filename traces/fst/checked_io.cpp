#include "traces/fst/checked_io.h"

#include <cerrno>
#include <cstring>

namespace {

void require(bool done) {
  if (!done) throw ernsim::traces::FstWriteError(std::strerror(errno));
}

}  // namespace

std::size_t ernsim_fst_fwrite(const void* bytes, std::size_t size, std::size_t count, std::FILE* file) {
  const std::size_t written = std::fwrite(bytes, size, count, file);
  require(written == count);
  return written;
}

int ernsim_fst_fflush(std::FILE* file) {
  require(std::fflush(file) == 0);
  return 0;
}

int ernsim_fst_fclose(std::FILE* file) {
  require(std::fclose(file) == 0);
  return 0;
}

int ernsim_fst_fseeko(std::FILE* file, off_t offset, int whence) {
  require(::fseeko(file, offset, whence) == 0);
  return 0;
}
