#pragma once

#include <string>

#include "tools/command_line.h"
#include "workloads/graph.h"
#include "workloads/onnx_import.h"
#include "workloads/sign_counts.h"

namespace ernsim::tools {

/// The options that choose a network and its weights: --network --stem --input-size --thermometer --weights --seed.
boost::program_options::options_description network_options();

/// What --set says of the network ("network.stage2.width=96"), and of the platform.
std::vector<std::string> network_settings(const CommandLine& line);
std::vector<std::string> platform_settings(const CommandLine& line);

/// Of a command without a platform. Throws UserError if --set speaks of anything but `network`, with the key that was
/// probably meant.
void require_network_settings(const CommandLine& line, const std::string& network);

/// Whether weights are drawn where no file brings them.
enum class Weights { wanted, unwanted };

/// Draws or imports the network those options ask for. Throws UserError.
workloads::IntegerNetwork choose_network(const CommandLine& line, Weights weights = Weights::wanted);

/// The same before it is folded. `wanted`: parameters, also where no file brings them.
workloads::ImportedNetwork choose_parameters(const CommandLine& line, bool wanted = true);

/// Signs of the weights of that network, also where they are not drawn because no value is simulated.
std::vector<workloads::SignCounts> count_weights(const CommandLine& line, const workloads::IntegerNetwork& network);

}  // namespace ernsim::tools
