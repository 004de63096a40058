#include "import/xz.h"

#include <fmt/format.h>
#include <lzma.h>

#include <memory>

#include "workloads/error.h"

namespace ernsim::workloads {

bool is_xz(const std::string& bytes) {
  using namespace std::string_literals;
  return bytes.compare(0, 6,
                       "\xFD"
                       "7zXZ\0"s) == 0;
}

std::string unpacked_xz(const std::string& bytes, std::size_t most_bytes) {
  constexpr std::uint64_t most_memory = 1 << 28;  // of the decoder; the largest preset takes a quarter
  lzma_stream stream = LZMA_STREAM_INIT;
  const std::unique_ptr<lzma_stream, void (*)(lzma_stream*)> ended(&stream, lzma_end);
  if (lzma_stream_decoder(&stream, most_memory, LZMA_CONCATENATED) != LZMA_OK)
    throw WorkloadError("cannot be unpacked: no memory");
  stream.next_in = reinterpret_cast<const std::uint8_t*>(bytes.data());
  stream.avail_in = bytes.size();
  std::string made;
  std::string part(1 << 20, '\0');
  for (lzma_ret state = LZMA_OK; state != LZMA_STREAM_END;) {
    stream.next_out = reinterpret_cast<std::uint8_t*>(part.data());
    stream.avail_out = part.size();
    state = lzma_code(&stream, LZMA_FINISH);
    if (state != LZMA_OK && state != LZMA_STREAM_END) throw WorkloadError("is a damaged .xz file, or cut short");
    made.append(part, 0, part.size() - stream.avail_out);
    if (made.size() > most_bytes) throw WorkloadError(fmt::format("unpacks to more than {} bytes", most_bytes));
  }
  return made;
}

}  // namespace ernsim::workloads
