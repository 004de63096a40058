import { h, section } from "../common/dom.js";
import { value } from "../common/numbers.js";
import { scrolled } from "../common/table.js";
import { changes } from "./changes.js";

const letter = (index) => String.fromCharCode(65 + index);

function runs(data) {
  const cell = (index, key) => h("td", {}, value(data, ["runs", index, key]));
  const keys = ["file", "network", "input_size", "platform", "clock_mhz", "version", "command"];
  const head = ["run", "file", "network", "input", "platform", "clock MHz", "version", "command"];
  return scrolled(
    "Runs",
    h(
      "table", {},
      h("caption", {}, "Runs"),
      h("thead", {}, h("tr", {}, head.map((title) => h("th", { scope: "col" }, title)))),
      h("tbody", {}, data.runs.map((_, index) => h("tr", {}, h("th", { scope: "row" }, letter(index)), keys.map((key) => cell(index, key))))),
    ),
    { whole: true },
  );
}

/// `names`: keys of a row that say what it is; `list`: the key of the rows.
function rows(data, caption, list, names) {
  const cells = (index) => {
    const row = data[list][index];
    const at = (key, place) => h("td", { class: "number" }, value(data, [list, index, key, place]));
    return [
      ...names.map((key, place) => h(place === 0 ? "th" : "td", place === 0 ? { scope: "row" } : {}, value(data, [list, index, key]))),
      ...row.values.map((_, place) => at("values", place)),
      ...(row.change ?? []).flatMap((_, place) => [at("change", place), at("percent", place)]),
    ];
  };
  const changed = data.runs.slice(1).flatMap((_, index) => [`${letter(index + 1)} - A`, "%"]);
  const head = [...names.map((key) => key.replace(/_/g, " ")), ...data.runs.map((_, index) => letter(index)), ...(list === "configuration" ? [] : changed)];
  return scrolled(
    caption,
    h(
      "table", { id: list },
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, head.map((title, place) => h("th", { scope: "col", class: place < names.length ? null : "number" }, title)))),
      h("tbody", {}, data[list].map((_, index) => h("tr", {}, cells(index)))),
    ),
  );
}

/// The page that compares runs: what was different, and what came of it, the largest changes first.
export function diffPage(data) {
  const title = `${data.runs.slice(1).map(({ file }) => file).join(", ")} against ${data.runs[0].file}`;
  document.title = `${title} - ernsim`;
  return h(
    "main", {},
    h("header", {}, h("h1", {}, title), data.sentences.map((sentence) => h("p", {}, sentence))),
    section("Runs", runs(data)),
    section("What was different", data.configuration.length > 0 ? rows(data, "Configuration", "configuration", ["name", "unit"]) : h("p", {}, "The configuration is the same.")),
    section("Figures", rows(data, "Figures", "figures", ["name", "unit"])),
    section("Where the cycles went", changes(data, "array-changes", "array_cycles", "use"), rows(data, "Cycles by what the array did", "array_cycles", ["use"])),
    section("Cycles by layer", changes(data, "layer-changes", "layer_cycles", "layer"), rows(data, "Cycles by layer", "layer_cycles", ["layer"])),
    section("Cycles by unit and cause", rows(data, "Cycles by unit and cause", "unit_cycles", ["unit", "cause"])),
    section("Bytes of external memory by layer", rows(data, "Bytes of external memory by layer", "layer_bytes", ["layer", "direction"])),
  );
}
