#include "models/accelerator/control/register_texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "models/accelerator/control/fault.h"
#include "models/accelerator/control/register_map.h"

namespace ernsim {

namespace {

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

std::size_t offset_of(const RegisterInfo& info) { return number_of(info.first) * register_bytes; }

std::string bits_of(const RegisterField& field) {
  return field.bits == 1 ? std::to_string(field.low_bit)
                         : fmt::format("{}..{}", field.low_bit + field.bits - 1, field.low_bit);
}

const char* short_access(RegisterAccess access) {
  switch (access) {
    case RegisterAccess::read_write:
      return "RW";
    case RegisterAccess::read_only:
      return "RO";
    case RegisterAccess::write_only:
      return "WO";
    default:
      return "W1C";
  }
}

/// IEEE 1685's words for an access: of the register, and what a write of ones does.
const char* ip_xact_access(RegisterAccess access) {
  switch (access) {
    case RegisterAccess::read_only:
      return "read-only";
    case RegisterAccess::write_only:
      return "write-only";
    default:
      return "read-write";
  }
}

std::string markdown_row(const RegisterInfo& info) {
  const std::string last = info.count == 1 ? "" : fmt::format(" + 4 x 0..{}", info.count - 1);
  std::string fields;
  for (const RegisterField& field : info.fields)
    fields += fmt::format("{}`{}` {}: {}", fields.empty() ? "" : "<br>", field.name, bits_of(field), field.meaning);
  return fmt::format("| {:#05x}{} | `{}` | {} | {:#x} | {} {} |\n", offset_of(info), last, info.name,
                     short_access(info.access), info.reset, info.meaning, fields);
}

std::string c_register(const RegisterInfo& info) {
  const std::string name = "ERNSIM_" + upper(info.name);
  std::string text = fmt::format("\n/* {} {} */\n", short_access(info.access), info.meaning);
  if (info.count == 1) {
    text += fmt::format("#define {} {:#05x}u\n", name, offset_of(info));
  } else {
    text += fmt::format("#define {}(i) ({:#05x}u + 4u * (i))\n", name, offset_of(info));
    text += fmt::format("#define {}_COUNT {}u\n", name, info.count);
  }
  text += fmt::format("#define {}_RESET {:#010x}u\n", name, info.reset);
  for (const RegisterField& field : info.fields) {
    text += fmt::format("#define {}_{}_SHIFT {}u /* {} */\n", name, upper(field.name), field.low_bit, field.meaning);
    text += fmt::format("#define {}_{}_MASK {:#010x}u\n", name, upper(field.name), field.mask());
  }
  return text;
}

std::string xml(const std::string& text) {
  std::string escaped;
  for (const char c : text) escaped += c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : std::string{c};
  return escaped;
}

std::string xml_reset(std::uint32_t value) {
  return fmt::format("<ipxact:resets><ipxact:reset><ipxact:value>'h{:X}</ipxact:value></ipxact:reset></ipxact:resets>",
                     value);
}

std::string xml_field(const RegisterInfo& info, const RegisterField& field) {
  const std::uint32_t reset = (info.reset & field.mask()) >> field.low_bit;
  const char* clears = info.access == RegisterAccess::write_one_to_clear
                           ? "          <ipxact:modifiedWriteValue>oneToClear</ipxact:modifiedWriteValue>\n"
                           : "";
  return fmt::format(
      "        <ipxact:field>\n"
      "          <ipxact:name>{}</ipxact:name>\n"
      "          <ipxact:description>{}</ipxact:description>\n"
      "          <ipxact:bitOffset>{}</ipxact:bitOffset>\n"
      "          {}\n"
      "          <ipxact:bitWidth>{}</ipxact:bitWidth>\n"
      "          <ipxact:access>{}</ipxact:access>\n{}"
      "        </ipxact:field>\n",
      field.name, xml(field.meaning), field.low_bit, xml_reset(reset), field.bits, ip_xact_access(info.access), clears);
}

std::string xml_register(const RegisterInfo& info) {
  const std::string dim = info.count == 1 ? "" : fmt::format("        <ipxact:dim>{}</ipxact:dim>\n", info.count);
  std::string fields;
  for (const RegisterField& field : info.fields) fields += xml_field(info, field);
  return fmt::format(
      "      <ipxact:register>\n"
      "        <ipxact:name>{}</ipxact:name>\n"
      "        <ipxact:description>{}</ipxact:description>\n{}"
      "        <ipxact:addressOffset>'h{:X}</ipxact:addressOffset>\n"
      "        <ipxact:size>32</ipxact:size>\n"
      "        <ipxact:access>{}</ipxact:access>\n{}"
      "      </ipxact:register>\n",
      info.name, xml(info.meaning), dim, offset_of(info), ip_xact_access(info.access), fields);
}

}  // namespace

std::string register_markdown() {
  std::string text = "| offset | register | access | reset | meaning, bits |\n|---|---|---|---|---|\n";
  for (const RegisterInfo& info : register_map()) text += markdown_row(info);
  text += "\n| `error_code.code` | name | error |\n|---|---|---|\n";
  for (std::size_t code = 0; code < fault_code_count; ++code) {
    const auto each = static_cast<FaultCode>(code);
    text += fmt::format("| {} | `{}` | {} |\n", code, name_of(each), meaning_of(each));
  }
  return text;
}

std::string register_c_header() {
  std::string text =
      "/* Registers of the accelerator: 32 bits each, little-endian; offsets in bytes.\n"
      " * RW read and write, RO read only (writes do nothing), WO write only (reads give 0), W1C write one to clear. "
      "*/\n"
      "#ifndef ERNSIM_REGISTERS_H\n#define ERNSIM_REGISTERS_H\n\n";
  text += fmt::format("#define ERNSIM_REGISTER_MAP_VERSION {}u\n", register_map_version);
  text += fmt::format("#define ERNSIM_REGISTER_BYTES {:#x}u\n", register_count * register_bytes);
  for (const RegisterInfo& info : register_map()) text += c_register(info);
  text += "\n/* Values of ERNSIM_ERROR_CODE_CODE. */\n";
  for (std::size_t code = 0; code < fault_code_count; ++code) {
    const auto each = static_cast<FaultCode>(code);
    text += fmt::format("#define ERNSIM_ERROR_{} {}u /* {} */\n", upper(name_of(each)), code, meaning_of(each));
  }
  text += "\n/* Values of ERNSIM_ERROR_CODE_UNIT, and indices of ERNSIM_STREAM_ADDRESS and ERNSIM_STREAM_COUNT. */\n";
  for (std::size_t unit = 0; unit < unit_count; ++unit)
    text += fmt::format("#define ERNSIM_UNIT_{} {}u\n", upper(name_of(static_cast<UnitId>(unit))), unit);
  text += fmt::format("#define ERNSIM_UNIT_CONTROLLER {}u\n", controller_unit);
  return text + "\n#endif\n";
}

std::string register_ip_xact() {
  std::string text = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<ipxact:component xmlns:ipxact=\"http://www.accellera.org/XMLSchema/IPXACT/1685-2014\">\n"
      "  <ipxact:vendor>ernsim</ipxact:vendor>\n"
      "  <ipxact:library>models</ipxact:library>\n"
      "  <ipxact:name>accelerator</ipxact:name>\n"
      "  <ipxact:version>{}</ipxact:version>\n"
      "  <ipxact:memoryMaps><ipxact:memoryMap>\n"
      "    <ipxact:name>registers</ipxact:name>\n"
      "    <ipxact:addressBlock>\n"
      "      <ipxact:name>registers</ipxact:name>\n"
      "      <ipxact:baseAddress>'h0</ipxact:baseAddress>\n"
      "      <ipxact:range>'h{:X}</ipxact:range>\n"
      "      <ipxact:width>32</ipxact:width>\n",
      register_map_version, register_count * register_bytes);
  for (const RegisterInfo& info : register_map()) text += xml_register(info);
  return text +
         "    </ipxact:addressBlock>\n"
         "    <ipxact:addressUnitBits>8</ipxact:addressUnitBits>\n"
         "  </ipxact:memoryMap></ipxact:memoryMaps>\n"
         "</ipxact:component>\n";
}

}  // namespace ernsim
