#include "output/npy.h"

#include <catch2/catch.hpp>
#include <stdexcept>

using ernsim::npy_bytes;

TEST_CASE("a NumPy file starts with magic, version and a dictionary that ends at a multiple of 64 bytes") {
  const auto bytes = npy_bytes<std::uint8_t>({2, 3, 1}, {1, 2, 3, 4, 5, 6});
  CHECK(bytes.substr(0, 8) == std::string("\x93NUMPY\x01\x00", 8));
  CHECK(static_cast<unsigned char>(bytes[8]) == 118);
  CHECK(bytes[9] == 0);
  CHECK(bytes.substr(10, 61) == "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3, 1), ");
  CHECK(bytes[127] == '\n');
  CHECK(bytes.substr(128) == "\x01\x02\x03\x04\x05\x06");
}

TEST_CASE("values of several bytes are little endian") {
  const auto bytes = npy_bytes<std::int16_t>({2}, {-2, 0x1234});
  CHECK(bytes.find("'<i2'") != std::string::npos);
  CHECK(bytes.find("'shape': (2,), ") != std::string::npos);
  CHECK(bytes.substr(128) == "\xfe\xff\x34\x12");
}

TEST_CASE("every type has its name") {
  CHECK(npy_bytes<std::int8_t>({1}, {1}).find("'|i1'") != std::string::npos);
  CHECK(npy_bytes<std::int32_t>({1}, {1}).find("'<i4'") != std::string::npos);
  CHECK(npy_bytes<float>({1}, {1}).find("'<f4'") != std::string::npos);
  CHECK(npy_bytes<double>({1}, {1}).find("'<f8'") != std::string::npos);
}

TEST_CASE("an empty array is a header alone") { CHECK(npy_bytes<float>({0}, {}).size() == 128); }

TEST_CASE("a shape that does not hold the values is refused") {
  CHECK_THROWS_AS(npy_bytes<float>({2}, {1}), std::logic_error);
}
