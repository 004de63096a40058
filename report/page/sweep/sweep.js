import { drawAll, forget } from "../common/chart.js";
import { h, section } from "../common/dom.js";
import { lookup } from "../common/numbers.js";
import { answer, state } from "./answer.js";
import { compare } from "./compare.js";
import { parallel } from "./parallel.js";
import { pareto } from "./pareto.js";
import { accuracies, notes, notSimulated, points } from "./points.js";
import { sensitivity } from "./sensitivity.js";
import { choice, viewOf } from "./view.js";

function counts(view) {
  const card = (name, key) => h("div", {}, h("dt", {}, name), h("dd", {}, view.value(["counts", key])));
  return h(
    "dl",
    { class: "headline" },
    card("Points", "points"),
    card("Simulated", "simulated"),
    card("Not simulated", "not_simulated"),
    card("Keep all constraints", "keep_constraints"),
    card("On the Pareto front", "pareto"),
    lookup(view.data, view.at(["counts", "not_compared"])) > 0 && card("Not compared", "not_compared"),
  );
}

function goals(data) {
  const objectives = data.objectives.map((each) => `${each.maximise ? "largest" : "smallest"} ${each.figure}`).join(", ");
  const constraints = data.constraints.length > 0 ? `, where ${data.constraints.join(" and ")}` : "";
  return h("p", {}, `Looked for: ${objectives}${constraints}.`);
}

/// What depends on which points are shown.
function sections(view) {
  const some = view.simulated.length > 0;
  const table = points(view);
  return [
    answer(view),
    counts(view),
    some && pareto(view),
    some && view.axes.length > 0 && parallel(view, (selected) => table.select(selected)),
    some && table.element,
    accuracies(view),
    notes(view),
    notSimulated(view),
    some && view.axes.length > 0 && sensitivity(view),
    compare(view),
  ].filter(Boolean);
}

/// The page of a sweep.
export function sweepPage(data) {
  const { subject, groups } = data;
  const title = `Sweep of ${subject.network ?? "several networks"}`;
  document.title = `${title} - ernsim`;
  const shown = h("div");
  const show = (path) => {
    forget(shown);
    shown.replaceChildren(...sections(viewOf(data, path)));
    drawAll();
  };
  show(groups.length > 0 ? ["groups", 0] : []);
  const entries = groups.map((group, index) => [String(index), `${group.network}, ${group.input_size}`]);
  const choose = (index) => show(index === "" ? [] : ["groups", Number(index)]);
  return h(
    "main",
    {},
    h("header", {}, h("h1", {}, title), h("p", {}, [subject.input_size && `${subject.input_size} input`, subject.stem && `${subject.stem} stem`].filter(Boolean).join(", ")), goals(data), state(data)),
    groups.length > 0 && h("div", { class: "view" }, choice("Network and input size:", [...entries, ["", "all"]], "0", choose),
      h("p", {}, "Points compete only with those of the same network and input size.")),
    shown,
    section("The sweep file", h("pre", { tabindex: "0" }, h("code", {}, data.definition))),
  );
}
