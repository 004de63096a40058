import { breakable, h, section } from "../common/dom.js";
import { value } from "../common/numbers.js";
import { folded, paged, scrolled, table } from "../common/table.js";
import { hint, order, shortAxis } from "./view.js";

/// What paper has room for beside the axes: the objectives, and these.
const main = ["fps", "latency_ms", "energy_mj", "lut", "bram18", "dsp"];
const mostOnPaper = 11;

/// The columns: what a point is, and how it did. Those that are `wide` are left out on paper.
function columns({ data, axes }) {
  const objectives = data.objectives.map((each) => each.figure);
  const room = mostOnPaper - axes.length;
  const printed = [...new Set([...objectives, ...main])].filter((name) => data.figures.includes(name)).slice(0, Math.max(room, objectives.length));
  return [
    { title: "point", of: (point) => point.number, path: ["number"], type: "number" },
    { title: "standing", of: (_, index) => index, path: ["standing"], type: "standing" },
    ...axes.map(({ name }) => ({ title: shortAxis(name), of: (point) => point.axes[name], path: ["axes", name], type: "number" })),
    ...data.figures.map((name) => ({ title: name, hint: hint(data, name), of: (point) => point.figures[name], path: ["figures", name], type: `number${printed.includes(name) ? "" : " wide"}` })),
  ];
}

function row(data, columns, { point, index }) {
  const cell = (column, i) => {
    const attributes = { class: column.type };
    return h(i === 0 ? "th" : "td", i === 0 ? { scope: "row", ...attributes } : attributes, value(data, ["points", index, ...column.path]));
  };
  return h("tr", { class: point.pareto ? "front" : null }, columns.map(cell));
}

/// A table of the simulated points, best first, that its reader can sort; `select` shows only some of them.
export function points(view) {
  const { data } = view;
  const all = columns(view);
  const state = { column: all.find((column) => column.title === "standing"), sign: 1, selected: null };
  const rows = paged("points", (entry) => row(data, all, entry));
  const many = view.axes.length > 6;
  const heads = all.map((column) => h("th", { scope: "col", class: column.type, title: column.hint ?? null }, h("button", { type: "button", onclick: () => sort(column) }, breakable(column.title))));
  function show() {
    const shown = view.simulated.filter(({ index }) => !state.selected || state.selected.has(index));
    shown.sort((a, b) => order(state.column.of(a.point, a.index), state.column.of(b.point, b.index), state.sign) || a.index - b.index);
    heads.forEach((head, i) => head.setAttribute("aria-sort", all[i] !== state.column ? "none" : state.sign > 0 ? "ascending" : "descending"));
    rows.show(shown, state.selected ? " that pass the marks above" : "");
  }
  function sort(column) {
    state.sign = column === state.column ? -state.sign : 1;
    state.column = column;
    show();
  }
  show();
  const element = section(
    "Points",
    scrolled("Points of the sweep",
      h("table", { id: "points", class: many ? "long many" : "long" }, h("caption", {}, "Simulated points, the front first; a click on a column's name sorts by it"), h("thead", {}, h("tr", {}, heads)), rows.body)),
    rows.foot,
    h("p", { class: "paper" }, "On paper the table has the axes, the objectives and the main figures; the page and its JSON have all."),
  );
  return { element, select(selected) { state.selected = selected; show(); } };
}

/// What each network scores, and who says so.
export function accuracies({ data }) {
  if (data.accuracies.length === 0) return null;
  const at = (key) => ({ index }) => ["accuracies", index, key];
  const columns = [
    { title: "network", path: at("network") },
    { title: "input size", path: at("input_size") },
    { title: "accuracy", path: at("accuracy"), digits: 4, absent: "not known" },
    { title: "source", path: at("source"), words: true },
  ];
  return section("Accuracy", table(data, "What each network scores, and who says so", columns, data.accuracies.map((each, index) => ({ ...each, index }))));
}

/// What a run of each point would note.
export function notes(view) {
  const noted = view.simulated.filter(({ point }) => point.notes);
  if (noted.length === 0) return null;
  const columns = [
    { title: "point", path: ({ index }) => ["points", index, "number"] },
    { title: "notes", path: ({ index }) => ["points", index, "notes"], words: true },
  ];
  return section("Notes", folded(`Notes of ${noted.length} points`, table(view.data, "What a run of each point notes", columns, noted)));
}

/// The points that were not simulated: how many of each kind, and each with its reason.
export function notSimulated(view) {
  if (view.refused.length === 0) return null;
  const { data } = view;
  const kinds = [
    { title: "kind", text: ({ kind }) => kind.kind },
    { title: "points", path: ({ index }) => view.at(["not_simulated", index, "points"]) },
    { title: "the first says", path: ({ index }) => view.at(["not_simulated", index, "example"]), words: true },
  ];
  const known = ["lut", "ff", "bram18", "uram", "dsp"].filter((name) => view.refused.some(({ point }) => point.figures[name] != null));
  const titles = ["point", ...view.axes.map((axis) => shortAxis(axis.name)), ...known, "reason"];
  const cells = ({ point, index }) => [
    h("th", { scope: "row", class: "number" }, value(data, ["points", index, "number"])),
    view.axes.map(({ name }) => h("td", { class: "number" }, value(data, ["points", index, "axes", name]))),
    known.map((name) => h("td", { class: "number" }, value(data, ["points", index, "figures", name]))),
    h("td", { class: "reason" }, point.reason),
  ];
  const rows = paged("points", (entry) => h("tr", {}, cells(entry)));
  rows.show(view.refused);
  return section(
    "Not simulated",
    table(data, "Points that were not simulated, by kind of reason", kinds, view.notSimulated.map((kind, index) => ({ kind, index }))),
    folded("Each of them, with its reason", h("div", {},
      scrolled("Points that were not simulated",
        h("table", { id: "not-simulated", class: "long" }, h("caption", {}, "Points that were not simulated"),
          h("thead", {}, h("tr", {}, titles.map((title, i) => h("th", { scope: "col", class: i < titles.length - 1 && "number" }, breakable(title))))), rows.body)),
      rows.foot)),
  );
}
