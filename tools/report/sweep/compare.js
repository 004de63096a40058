import { h, section } from "../common/dom.js";
import { value } from "../common/numbers.js";
import { choice, pointName, simulated } from "./choice.js";

/// Two points side by side; what differs is marked.
export function compare(data) {
  const points = simulated(data);
  if (points.length < 2) return null;
  const best = points.filter(({ point }) => point.pareto);
  const shown = { a: (best[0] ?? points[0]).index, b: (best[best.length - 1] ?? points[1]).index };
  if (shown.a === shown.b) shown.b = points.find(({ index }) => index !== shown.a).index;
  const body = h("tbody");
  const row = (name, path) => {
    const cells = [shown.a, shown.b].map((index) => value(data, ["points", index, ...path]));
    const differs = cells[0].textContent !== cells[1].textContent;
    return h("tr", { class: differs ? "changed" : null }, h("th", { scope: "row" }, name), cells.map((cell) => h("td", { class: "number" }, cell)), h("td", {}, differs ? "differs" : "same"));
  };
  const show = () => body.replaceChildren(
    row("point", ["number"]),
    ...data.axes.map((axis) => row(axis.name, ["axes", axis.name])),
    ...data.figures.map((name) => row(name, ["figures", name])),
  );
  show();
  const entries = points.map(({ point, index }) => [String(index), pointName(point)]);
  const choose = (key) => (index) => {
    shown[key] = Number(index);
    show();
  };
  const head = h("tr", {}, ["", "first", "second", ""].map((title) => (title ? h("th", { scope: "col", class: "number" }, title) : h("td"))));
  return section(
    "Two points side by side",
    h("div", { class: "controls" }, choice("First:", entries, String(shown.a), choose("a")), choice("Second:", entries, String(shown.b), choose("b"))),
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Two points side by side" },
      h("table", { id: "compare" }, h("caption", {}, "Two points side by side"), h("thead", {}, head), body)),
  );
}
