#pragma once

#include <chrono>
#include <filesystem>
#include <string>

namespace ernsim {

/// The path of Chromium: the first of chromium, chromium-browser, google-chrome and chrome that the PATH has. Throws
/// UserError if there is none.
std::filesystem::path installed_browser();

/// The page as PDF, as that browser prints it, without any user's profile and in a folder that is gone afterwards, also
/// if this process is ended. Throws std::runtime_error if the browser fails or has no whole file after `patience`; then
/// neither it nor what it has started runs any more.
std::string printed(const std::string& html, const std::filesystem::path& browser, std::chrono::milliseconds patience);

}  // namespace ernsim
