#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdio>
#include <stdexcept>

namespace ernsim::traces {

/// Why a file could not be written.
class FstWriteError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace ernsim::traces

// GTKWave's writer looks at no result of these, so it is compiled to call the following in their place (fst.cmake).
// They throw FstWriteError, through its frames.
extern "C" {
std::size_t ernsim_fst_fwrite(const void* bytes, std::size_t size, std::size_t count, std::FILE* file);
int ernsim_fst_fflush(std::FILE* file);
int ernsim_fst_fclose(std::FILE* file);
int ernsim_fst_fseeko(std::FILE* file, off_t offset, int whence);
}
