#pragma once

#include "tools/command_line.h"
#include "workloads/graph.h"

namespace ernsim::tools {

/// The options that choose a network and its weights: --network --stem --input-size --thermometer --weights --seed.
boost::program_options::options_description network_options();

/// Draws or imports the network those options ask for. Throws UserError.
workloads::IntegerNetwork choose_network(const CommandLine& line);

}  // namespace ernsim::tools
