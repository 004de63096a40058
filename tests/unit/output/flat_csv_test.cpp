#include "output/flat_csv.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "output/json_text.h"

using ernsim::flat_csv;
using ernsim::json_text;
using Json = nlohmann::ordered_json;

TEST_CASE("every value of a JSON text is a line with its pointer") {
  const auto json = Json::parse(R"({"a": {"b": [1, 2.5]}, "c/d": "x,\"y\"", "e": null, "f": true})");
  CHECK(flat_csv(json) == "path,value\n/a/b/0,1\n/a/b/1,2.5\n/c~1d,\"x,\"\"y\"\"\"\n/e,\n/f,true\n");
}

TEST_CASE("JSON text reads back as the value it was made from") {
  const auto json =
      Json::parse(R"({"a": [], "b": {}, "c": [[1, 2], [3]], "d": {"e": {"f": [{"g": "\n<\u00e9"}]}}, "h": -0.5})");
  CHECK(Json::parse(json_text(json)) == json);
}

TEST_CASE("a list of numbers takes one line of JSON text") {
  CHECK(json_text(Json{{"a", {1, 2, 3}}, {"b", Json::array({Json::array({1})})}}) ==
        "{\n  \"a\": [1, 2, 3],\n  \"b\": [\n    [1]\n  ]\n}\n");
}
