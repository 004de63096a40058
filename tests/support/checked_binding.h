#pragma once

#include <catch2/catch.hpp>
#include <memory>
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
  /// Requires that every rule has been kept.
  void require_no_breach() const {
    for (const auto& checker : checkers_)
      if (!checker->violations().empty()) FAIL(checker->name() << ": " << checker->violations().front());
  }
  /// And that every transaction has ended.
  void require_kept() const {
    require_no_breach();
    for (const auto& checker : checkers_) {
      if (checker->under_way() != 0) FAIL(checker->name() << ": " << checker->under_way() << " have not ended");
    }
  }

 private:
  std::vector<std::unique_ptr<ProtocolChecker>> checkers_;
};

}  // namespace ernsim::test
