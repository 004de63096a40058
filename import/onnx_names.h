#pragma once

#include <set>
#include <string>

namespace ernsim::workloads {

/// "net" of "nets/net.onnx" and of "net.onnx.xz".
std::string network_name(const std::string& path);

/// "backbone.conv2.weight" -> "backbone.conv2"
std::string without_suffix(const std::string& name);

/// The module that a node is in, as torch names nodes: "/backbone/layer1/layer1.0/bn0/BatchNormalization" of that
/// operation
/// -> "backbone.layer1.0.bn0". Empty for names of another kind.
std::string module_of(const std::string& node, const std::string& operation);

/// "backbone.layer1.0.bn0" -> "backbone.layer1.0"
std::string parent_of(const std::string& module);

/// "backbone.layer1.0.bn0" -> "backbone.layer1.0.act0"
std::string activation_name(const std::string& batch_norm);

/// "backbone.layer1.0.conv2" -> "backbone.layer1.0.add"
std::string add_name(const std::string& convolution);

/// The name itself; NAME_2, NAME_3 and so on if it is among those that are taken, to which the result is added.
std::string unique_name(std::set<std::string>& taken, const std::string& name);

}  // namespace ernsim::workloads
