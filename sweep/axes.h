#pragma once

#include <string>
#include <vector>

#include "config/toml_text.h"
#include "sweep/networks.h"

namespace ernsim {

/// One parameter of the platform and the values it takes, each as --set writes it.
struct SweepAxis {
  std::string key;  ///< "convolution.lanes"
  std::vector<std::string> values;
};

/// Reads the section `axes` of the sweep file at `path`. Every value must be one that the platform, or of a key
/// "network.stage2.width" every network, would take, whatever the other axes say. `settings`: "key=value" that all
/// points have. Throws ConfigError naming file, line and what is allowed.
std::vector<SweepAxis> read_axes(const toml::node& node, const std::string& path, const std::string& platform,
                                 const std::vector<std::string>& settings, const SweepNetworks& networks);

/// Reads the section `set` of a sweep file: axes of one value each.
std::vector<SweepAxis> read_settings_of(const toml::table& table, const std::string& path, const std::string& platform,
                                        const SweepNetworks& networks);

}  // namespace ernsim
