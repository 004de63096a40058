#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#include <systemc>

// SystemC owns main(): a test may elaborate one model per process.
int sc_main(int argc, char* argv[]) { return Catch::Session().run(argc, argv); }
