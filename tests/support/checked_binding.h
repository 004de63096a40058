#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "tlm/protocol_checker.h"

namespace ernsim::test {

/// Binds sockets with a protocol checker between each pair.
class CheckedBindings {
 public:
  template <class Initiator, class Target>
  void bind(Initiator& initiator, Target& target) {
    checkers_.push_back(std::make_unique<ProtocolChecker>(sc_core::sc_gen_unique_name("checker")));
    initiator.bind(checkers_.back()->in);
    checkers_.back()->out.bind(target);
  }
  /// What was not kept: a rule, or with `ended` that every transaction ends. Empty: nothing.
  std::string complaint(bool ended) const {
    for (const auto& checker : checkers_) {
      if (!checker->violations().empty()) return std::string(checker->name()) + ": " + checker->violations().front();
      if (ended && checker->under_way() != 0)
        return std::string(checker->name()) + ": " + std::to_string(checker->under_way()) + " have not ended";
    }
    return "";
  }
  void require_no_breach() const { REQUIRE(complaint(false) == ""); }
  void require_kept() const { REQUIRE(complaint(true) == ""); }

 private:
  std::vector<std::unique_ptr<ProtocolChecker>> checkers_;
};

}  // namespace ernsim::test
