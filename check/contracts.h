#pragma once

#include <vector>

namespace ernsim::check {

/// One sentence of a unit's page that a trace can break.
struct Contract {
  const char* name;  ///< family and rule
  const char* says;
};

/// All contracts, family by family.
const std::vector<Contract>& contracts();

}  // namespace ernsim::check
