#pragma once

#include <string>

#include "tools/command_line.h"
#include "workloads/graph.h"
#include "workloads/sign_counts.h"

namespace ernsim::tools {

/// The options that choose a network and its weights: --network --stem --input-size --thermometer --weights --seed.
boost::program_options::options_description network_options();

/// Whether values are simulated: a timing-only run (--data off) has neither weights nor picture.
bool moves_values(const CommandLine& line);

/// Draws or imports the network those options ask for. Throws UserError.
workloads::IntegerNetwork choose_network(const CommandLine& line);

/// Signs of the weights of that network, also where they are not drawn because no value is simulated.
std::vector<workloads::SignCounts> count_weights(const CommandLine& line, const workloads::IntegerNetwork& network);

}  // namespace ernsim::tools
