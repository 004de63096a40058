import { h, section } from "../common/dom.js";
import { value } from "../common/numbers.js";
import { shortAxis } from "./choice.js";

const most = 500;

/// The columns of the table: what a point is, and how it did.
function columns(data) {
  return [
    { title: "point", of: (point) => point.number, path: () => ["number"] },
    ...data.axes.map((axis) => ({ title: shortAxis(axis.name), of: (point) => point.axes[axis.name], path: () => ["axes", axis.name] })),
    ...data.figures.map((name) => ({ title: name, of: (point) => point.figures[name], path: () => ["figures", name], figure: true })),
    { title: "front", of: (point) => (point.pareto ? 1 : 0), words: (point) => (point.pareto ? "yes" : "") },
    { title: "constraints", of: (point) => (point.keeps_constraints ? 1 : 0), words: (point) => (point.keeps_constraints ? "kept" : point.reason || "broken") },
  ];
}

function compare(a, b) {
  if (a == null || b == null) return (a == null) - (b == null);
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
}

/// A table of all points that its reader can sort; `select` shows only some of them.
export function points(data) {
  const all = columns(data);
  const state = { column: all.find((column) => column.title === data.objectives[0]?.figure) ?? all[0], sign: data.objectives[0]?.maximise ? -1 : 1, selected: null };
  const note = h("p", { role: "status" });
  const body = h("tbody");
  const cell = (column, point, index) => {
    if (column.words) return h("td", {}, column.words(point));
    if (column.figure && column.of(point) == null) return h("td");
    return h(column === all[0] ? "th" : "td", { scope: column === all[0] && "row", class: "number" }, value(data, ["points", index, ...column.path()]));
  };
  const heads = all.map((column) => h("th", { scope: "col" }, h("button", { type: "button", onclick: () => sort(column) }, column.title)));
  function show() {
    const rows = data.points.map((point, index) => ({ point, index })).filter(({ index }) => !state.selected || state.selected.has(index));
    rows.sort((a, b) => state.sign * compare(state.column.of(a.point), state.column.of(b.point)) || a.index - b.index);
    heads.forEach((head, i) => head.setAttribute("aria-sort", all[i] !== state.column ? "none" : state.sign > 0 ? "ascending" : "descending"));
    body.replaceChildren(...rows.slice(0, most).map(({ point, index }) => h("tr", { class: point.pareto ? "front" : null }, all.map((column) => cell(column, point, index)))));
    note.textContent = state.selected ? "Only the points that pass the marks above." : rows.length > most ? "The first ones in this order; mark stretches above to see others." : "";
  }
  function sort(column) {
    state.sign = column === state.column ? -state.sign : 1;
    state.column = column;
    show();
  }
  show();
  const element = section(
    "Points",
    note,
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Points of the sweep" },
      h("table", { id: "points" }, h("caption", {}, "Points of the sweep; a click on a column's name sorts by it"), h("thead", {}, h("tr", {}, heads)), body)),
  );
  return { element, select(selected) { state.selected = selected; show(); } };
}
