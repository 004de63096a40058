import { h, section } from "../common/dom.js";
import { folded, table } from "../common/table.js";

const columns = [
  { title: "parameter", text: (key) => key },
  { title: "value", path: (key) => ["configuration", key, "value"] },
  { title: "unit", path: (key) => ["configuration", key, "unit"], words: true },
  { title: "meaning", path: (key) => ["configuration", key, "meaning"], words: true },
  { title: "source", path: (key) => ["configuration", key, "source"], words: true },
];

/// How the run is repeated, and everything it was made with.
export function configuration(data) {
  return section(
    "Configuration",
    h("p", {}, "This command repeats the run with ernsim ", data.version ?? "", ":"),
    h("pre", { tabindex: "0" }, h("code", {}, data.command)),
    data.settings.length > 0 && h("p", {}, "Changed with --set: ", h("code", {}, data.settings.join(" "))),
    folded("All parameters", table(data, `Parameters of ${data.platform}`, columns, Object.keys(data.configuration))),
  );
}
