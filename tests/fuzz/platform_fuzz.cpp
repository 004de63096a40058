#include "config/parameter.h"
#include "platforms/config_file.h"

// The reader of platform files.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ernsim;
  if (size > 8192) return 0;
  try {
    parse_platform(std::string(reinterpret_cast<const char*>(data), size), "fuzz.toml", {});
  } catch (const ConfigError&) {
  }
  return 0;
}
