#pragma once

#include <string>

namespace ernsim {

// register_map() in the forms that others read.

/// Macros for C: offsets in bytes, masks and shifts of fields, counts of rows, codes of errors.
std::string register_c_header();

/// A component with one address block, IEEE 1685-2014 (IP-XACT).
std::string register_ip_xact();

/// The tables of models/accelerator/control/README.md: registers, and errors.
std::string register_markdown();

}  // namespace ernsim
