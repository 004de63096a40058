#pragma once

#include <string>
#include <vector>

#include "workloads/network_plan.h"

namespace ernsim::workloads {

/// Whether a name is that of a network file in TOML, by its ending.
bool is_network_toml(const std::string& name);

/// The plan of a built-in network or a TOML file, with `settings` ("network.stage2.width=96") applied in order.
/// `weights` of the file counts from its folder, that of a setting from the working directory. Throws WorkloadError for
/// a name that is neither, ConfigError naming file and line, key and what is allowed otherwise.
NetworkPlan load_plan(const std::string& name_or_path, const std::vector<std::string>& settings);

/// Same, from the text of a TOML file.
NetworkPlan parse_plan(const std::string& toml, const std::string& file_name, const std::vector<std::string>& settings);

/// A complete TOML file of the plan: every parameter with its meaning, what is allowed and its source.
std::string toml_text(const NetworkPlan& plan);

}  // namespace ernsim::workloads
