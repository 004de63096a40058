#include <systemc>

// The SystemC library asks for it; the fuzzers simulate nothing.
int sc_main(int, char**) { return 0; }
