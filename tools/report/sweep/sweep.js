import { h, section } from "../common/dom.js";
import { value } from "../common/numbers.js";
import { compare } from "./compare.js";
import { parallel } from "./parallel.js";
import { pareto } from "./pareto.js";
import { points } from "./points.js";
import { sensitivity } from "./sensitivity.js";

function counts(data) {
  const card = (name, key) => h("div", {}, h("dt", {}, name), h("dd", {}, value(data, ["counts", key])));
  return h(
    "dl",
    { class: "headline" },
    card("Points", "points"),
    card("Simulated", "simulated"),
    card("Do not fit the hardware", "refused"),
    card("Keep all constraints", "keep_constraints"),
    card("On the Pareto front", "pareto"),
  );
}

function goals(data) {
  const objectives = data.objectives.map((each) => `${each.maximise ? "largest" : "smallest"} ${each.figure}`).join(", ");
  const constraints = data.constraints.length > 0 ? `, where ${data.constraints.join(" and ")}` : "";
  return h("p", {}, `Looked for: ${objectives}${constraints}.`);
}

/// The page of a sweep.
export function sweepPage(data) {
  const title = `Sweep of ${data.subject.network ?? "several networks"}`;
  document.title = `${title} - ernsim`;
  const table = points(data);
  const some = data.counts.simulated > 0;
  return h(
    "main",
    {},
    h("header", {}, h("h1", {}, title), h("p", {}, [data.subject.input_size, data.subject.stem].filter(Boolean).join(" input, ")), goals(data)),
    counts(data),
    some && pareto(data),
    some && data.axes.length > 0 && parallel(data, (selected) => table.select(selected)),
    table.element,
    some && data.axes.length > 0 && sensitivity(data),
    compare(data),
    section("The sweep file", h("pre", { tabindex: "0" }, h("code", {}, data.definition))),
  );
}
