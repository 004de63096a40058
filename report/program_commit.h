#pragma once

namespace ernsim {

/// The commit that the program was built from, with "-dirty" behind it if files differed; empty if that is not known.
const char* program_commit();

}  // namespace ernsim
