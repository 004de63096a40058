#include "models/accelerator/control/register_map.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "models/accelerator/control/fault.h"
#include "models/accelerator/control/register_texts.h"

using namespace ernsim;

namespace {

std::string contents(const std::string& file) {
  std::ifstream in(std::string(ERNSIM_SOURCE_DIR) + "/" + file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// Value of `#define name value`, or of its last word before a comment.
std::uint64_t defined(const std::string& header, const std::string& name) {
  std::smatch match;
  if (!std::regex_search(header, match, std::regex("#define " + name + " (0x[0-9a-fA-F]+|[0-9]+)u"))) FAIL(name);
  return std::stoull(match[1], nullptr, 0);
}

}  // namespace

TEST_CASE("the register map has every number once and in order") {
  std::size_t next = 0;
  for (const RegisterInfo& info : register_map()) {
    CHECK(number_of(info.first) == next);
    CHECK(info.count > 0);
    next += info.count;
  }
  CHECK(next == register_count);
}

TEST_CASE("the fields of a register do not overlap, and its reset value is in them") {
  for (const RegisterInfo& info : register_map()) {
    INFO(info.name);
    std::uint32_t seen = 0;
    std::set<std::string> names;
    for (const RegisterField& field : info.fields) {
      CHECK((seen & field.mask()) == 0);
      CHECK(field.low_bit + field.bits <= 32);
      CHECK(names.insert(field.name).second);
      seen |= field.mask();
    }
    CHECK(seen != 0);
    CHECK((info.reset & ~seen) == 0);
  }
}

TEST_CASE("a number is found in the register whose row it is in, and one behind the last in none") {
  CHECK(find_register(0)->first == Register::control);
  CHECK(find_register(number_of(Register::stream_address, 6))->first == Register::stream_address);
  CHECK(find_register(number_of(Register::stream_address, 7))->first == Register::stream_count);
  CHECK(find_register(register_count - 1)->first == Register::embedding_thresholds);
  CHECK(find_register(register_count) == nullptr);
}

TEST_CASE("the page of the controller has the tables of the register map") {
  CHECK(contents("models/accelerator/control/README.md").find(register_markdown()) != std::string::npos);
}

TEST_CASE("the C header has every offset, mask and error") {
  const std::string header = register_c_header();
  CHECK(defined(header, "ERNSIM_STATUS") == 4);
  CHECK(defined(header, "ERNSIM_STATUS_ERROR_MASK") == status_error);
  CHECK(defined(header, "ERNSIM_CONTROL_RESET_MASK") == control_reset);
  CHECK(defined(header, "ERNSIM_IDENTIFICATION_RESET") == identification_value);
  CHECK(defined(header, "ERNSIM_INTERRUPT_STATUS_ERROR_MASK") == interrupt_error);
  CHECK(defined(header, "ERNSIM_ERROR_WATCHDOG") == static_cast<std::uint64_t>(FaultCode::watchdog));
  CHECK(defined(header, "ERNSIM_REGISTER_BYTES") == 4 * register_count);
  CHECK(header.find("#define ERNSIM_STREAM_COUNT(i) (0x05c") != std::string::npos);
  for (const RegisterInfo& info : register_map()) {
    std::string name = info.name;
    for (char& c : name) c = static_cast<char>(std::toupper(c));
    CHECK(header.find("#define ERNSIM_" + name) != std::string::npos);
  }
}

TEST_CASE("the IP-XACT file has every register with its offset, and every field with its bits") {
  const std::string xml = register_ip_xact();
  std::size_t registers = 0, fields = 0, wanted_fields = 0;
  for (std::size_t at = 0; (at = xml.find("<ipxact:register>", at)) != std::string::npos; ++at) ++registers;
  for (std::size_t at = 0; (at = xml.find("<ipxact:field>", at)) != std::string::npos; ++at) ++fields;
  for (const RegisterInfo& info : register_map()) wanted_fields += info.fields.size();
  CHECK(registers == register_map().size());
  CHECK(fields == wanted_fields);
  CHECK(xml.find("<ipxact:addressOffset>'h5C</ipxact:addressOffset>") != std::string::npos);
  CHECK(xml.find("oneToClear") != std::string::npos);
}

TEST_CASE("every error has a name and a meaning of its own") {
  std::set<std::string> names, meanings;
  for (std::size_t code = 0; code < fault_code_count; ++code) {
    CHECK(names.insert(name_of(static_cast<FaultCode>(code))).second);
    CHECK(meanings.insert(meaning_of(static_cast<FaultCode>(code))).second);
  }
  CHECK(name_of(static_cast<FaultCode>(fault_code_count)) == std::string("unknown"));
}
