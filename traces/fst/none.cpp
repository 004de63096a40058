#include <stdexcept>

#include "traces/fst/fst_sink.h"

namespace ernsim::traces {

bool has_fst_writer() { return false; }

std::unique_ptr<WaveSink> make_fst_sink(const std::string&, const std::string&) {
  throw std::logic_error("built without a writer of FST");
}

}  // namespace ernsim::traces
