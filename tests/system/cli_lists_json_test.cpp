#include <stdlib.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/system/cli_program.h"

// The lists as JSON are the lists as text: cell by cell, nothing more and nothing less.

using namespace ernsim::cli;
using nlohmann::json;

namespace {

using Row = std::vector<std::string>;

/// The cells of a line: two spaces part them.
Row cells(const std::string& line) {
  Row found;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = std::min(line.find("  ", at), line.size());
    found.push_back(line.substr(at, end - at));
    at = std::min(line.find_first_not_of(' ', end), line.size());
  }
  return found;
}

/// The rows below each line of titles that begins with `title`, up to an empty line.
std::vector<std::vector<Row>> tables(const std::string& text, const std::string& title) {
  std::vector<std::vector<Row>> found;
  bool inside = false;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.rfind(title, 0) == 0)
      found.emplace_back(), inside = true;
    else if (line.empty() || cells(line).size() < 2)
      inside = false;
    else if (inside)
      found.back().push_back(cells(line));
  }
  return found;
}

json listed(const std::string& arguments) {
  const auto ended = program(arguments + " --json -");
  INFO(ended.err);
  REQUIRE(ended.status == 0);
  return json::parse(ended.out);
}

std::string grouped(std::int64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
  return text;
}

/// A number as short as it can be.
std::string brief(const json& number) {
  std::string text = number.dump();
  return text.size() > 2 && text.substr(text.size() - 2) == ".0" ? text.substr(0, text.size() - 2) : text;
}

std::string allowed(const json& parameter) {
  const std::string type = parameter["type"];
  if (type == "boolean") return "true or false";
  if (type != "name") return brief(parameter["minimum"]) + " to " + brief(parameter["maximum"]);
  std::string names;
  for (const std::string name : parameter["names"]) names += (names.empty() ? "" : ", ") + name;
  return names + (parameter["may_be_file"] ? ", or a file" : "");
}

Row parameter_row(const json& parameter) {
  Row row{parameter["name"], parameter["value"].dump()};
  if (!parameter["unit"].is_null()) row.push_back(parameter["unit"]);
  for (const std::string& cell : {allowed(parameter), parameter["meaning"].get<std::string>()}) row.push_back(cell);
  row.push_back(parameter["source"]);
  return row;
}

Row network_row(const json& network) {
  char gops[32];
  std::snprintf(gops, sizeof gops, "%.2f", network["paper_gops"].get<double>());
  return {network["name"],
          network["stem"],
          grouped(network["convolutions"]),
          grouped(network["weight_bits"]),
          grouped(network["macs"]),
          gops};
}

Row figure_row(const json& figure) {
  const bool perhaps = figure["may_be_unknown"];
  Row row{figure["name"], figure["unit"], figure["known_before"] ? "before" : perhaps ? "perhaps" : "simulated"};
  if (!figure["in_run"].is_null()) row.push_back(figure["in_run"]);
  row.push_back(figure["meaning"]);
  return row;
}

}  // namespace

TEST_CASE("the list of platforms as JSON is that of the text: names, values, units, limits and sources") {
  ::setenv("COLUMNS", "1000", 1);  // as a table
  const auto text = tables(program("platforms").out, "parameter");
  const json list = listed("platforms");
  REQUIRE(list.size() == text.size());
  for (std::size_t p = 0; p < text.size(); ++p) {
    std::vector<Row> rows;
    for (const json& parameter : list[p]["parameters"]) rows.push_back(parameter_row(parameter));
    CHECK(rows.size() > 90);
    CHECK(rows == text[p]);
  }
}

TEST_CASE("the list of platforms fits a narrow terminal, and is whole") {
  for (const std::size_t columns : {60, 100}) {
    ::setenv("COLUMNS", std::to_string(columns).c_str(), 1);
    std::istringstream lines(program("platforms").out);
    std::string words;
    for (std::string line; std::getline(lines, line);) {
      INFO(line);
      CHECK(line.size() <= columns);
      std::istringstream in(line);
      for (std::string word; in >> word;) words += word + " ";
    }
    for (const json& parameter : listed("platforms")[0]["parameters"]) {
      const Row row = parameter_row(parameter);
      const std::string unit = parameter["unit"].is_null() ? "" : " " + row[2], source = row.back();
      const std::string whole = row[0] + " = " + row[1] + unit + " " + row[row.size() - 2] +
                                " allowed: " + row[row.size() - 3] + " source: " + source + " ";
      CHECK_THAT(words, Catch::Contains(whole));
    }
  }
}

TEST_CASE("the values of a platform as JSON have the types that are said") {
  for (const json& platform : listed("platforms"))
    for (const json& parameter : platform["parameters"]) {
      INFO(parameter);
      const json& value = parameter["value"];
      const std::string type = parameter["type"];
      CHECK(value.is_boolean() == (type == "boolean"));
      CHECK(value.is_number_integer() == (type == "integer"));
      CHECK(value.is_number_float() == (type == "number"));
      CHECK(value.is_string() == (type == "name"));
      CHECK(parameter["minimum"].is_number() == value.is_number());
      CHECK(parameter["names"].is_array() == (type == "name"));
      CHECK(parameter["name"] == parameter["section"].get<std::string>() + "." + parameter["key"].get<std::string>());
    }
}

TEST_CASE("the list of networks as JSON is that of the text") {
  const auto text = tables(program("networks").out, "network");
  REQUIRE(text.size() == 1);
  std::vector<Row> rows;
  for (const json& network : listed("networks")) rows.push_back(network_row(network));
  CHECK(rows.size() == 10);
  CHECK(rows == text[0]);
}

TEST_CASE("the nodes of a network as JSON are those of the text") {
  const std::string arguments = "networks --network ERNs50 --input-size 64x96 --stem paper";
  const auto text = program(arguments).out;
  const json network = listed(arguments);
  CHECK(network["input_size"] == json({64, 96}));
  CHECK(tables(text, "network").at(0) == std::vector<Row>{network_row(network)});
  std::vector<Row> rows;
  for (const json& node : network["nodes"]) {
    std::string operation = node["operation"], inputs;
    if (operation == "convolution") {
      const std::string kernel = node["kernel"].dump(), stride = node["stride"].dump();
      operation = "conv" + kernel + "x" + kernel + (stride == "1" ? "" : " s" + stride);
    }
    std::replace(operation.begin(), operation.end(), '_', ' ');
    for (const std::string input : node["inputs"]) inputs += (inputs.empty() ? "" : ", ") + input;
    Row row{node["name"], operation};
    if (!inputs.empty()) row.push_back(inputs);
    for (const json& side : node["shape"]) row.push_back(side.dump());
    rows.push_back(row);
  }
  CHECK(rows == tables(text, "node").at(0));
}

TEST_CASE("the list of figures as JSON is that of the text") {
  std::vector<Row> rows;
  for (const json& figure : listed("figures")) rows.push_back(figure_row(figure));
  CHECK(rows == tables(program("figures").out, "figure").at(0));
}

TEST_CASE("a list goes into a file as JSON, and nothing to standard output") {
  const Scratch scratch;
  for (const std::string command : {"networks", "platforms", "figures"}) {
    const auto ended = program(command + " --json list.json", scratch);
    CHECK(ended.status == 0);
    CHECK(ended.out.empty());
    CHECK(contents(scratch / "list.json") == program(command + " --json -").out);
  }
}
