#include "check/report.h"

#include <algorithm>
#include <stdexcept>

#include "check/contracts.h"

namespace ernsim::check {

Report::Report() {
  for (const Contract& contract : contracts()) tallies_[contract.name];
}

bool Report::violated() const {
  return std::any_of(tallies_.begin(), tallies_.end(), [](const auto& each) { return each.second.violated > 0; });
}

Tally& Report::tally_of(const char* contract) {
  const auto found = tallies_.find(contract);
  if (found == tallies_.end()) throw std::logic_error(std::string("no contract ") + contract);
  return found->second;
}

}  // namespace ernsim::check
