#include "tools/exit_status.h"

#include <fmt/format.h>

#include <exception>
#include <filesystem>
#include <string>
#include <systemc>

#include "config/user_error.h"
#include "output/message.h"

namespace ernsim::tools {

namespace {

/// What went wrong, without where in SystemC's sources it was noticed.
std::string reason_of(const std::exception& error) {
  const auto* report = dynamic_cast<const sc_core::sc_report*>(&error);
  const std::string text = report != nullptr ? report->get_msg() : error.what();
  const std::string uncaught = "uncaught exception: ";
  return text.rfind(uncaught, 0) == 0 ? text.substr(uncaught.size()) : text;
}

}  // namespace

int exit_status_of(const std::function<int()>& work) try { return work(); } catch (const UserError& error) {
  complain(error.what());
  return 2;
} catch (const std::filesystem::filesystem_error& error) {
  complain(fmt::format("{}: {}", error.path1().string(), error.code().message()));
  return error.code() == std::errc::no_such_file_or_directory ? 2 : 1;
} catch (const std::exception& error) {
  complain(reason_of(error));
  return 1;
} catch (...) {
  complain("something was thrown that is no exception");
  return 1;
}

}  // namespace ernsim::tools
