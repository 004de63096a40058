#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#include <cstdlib>
#include <systemc>

// SystemC owns main(): a test may elaborate one model per process.
int sc_main(int argc, char* argv[]) {
  ::setenv("ERNSIM_CHECK", "1", 0);  // here, and in the programs that tests start
  return Catch::Session().run(argc, argv);
}
