import { breakable, h, section } from "../common/dom.js";
import { value } from "../common/numbers.js";
import { scrolled } from "../common/table.js";
import { choice, hint } from "./view.js";

/// The two ends of the front; without two points there the best two.
function firstChoice({ simulated }) {
  const front = simulated.filter(({ point }) => point.pareto);
  if (front.length > 1) return { a: front[0].index, b: front[front.length - 1].index };
  return { a: simulated[0].index, b: simulated[1].index };
}

/// Two points side by side; what differs is marked.
export function compare(view) {
  const { data, simulated } = view;
  if (simulated.length < 2) return null;
  const shown = firstChoice(view);
  const body = h("tbody");
  const row = (name, path, title = null) => {
    const cells = [shown.a, shown.b].map((index) => value(data, ["points", index, ...path]));
    const differs = cells[0].textContent !== cells[1].textContent;
    return h("tr", { class: differs ? "changed" : null }, h("th", { scope: "row", title }, breakable(name)), cells.map((cell) => h("td", { class: "number" }, cell)), h("td", {}, differs ? "differs" : "same"));
  };
  const show = () => body.replaceChildren(
    row("point", ["number"]),
    ...view.axes.map((axis) => row(axis.name, ["axes", axis.name])),
    ...data.figures.map((name) => row(name, ["figures", name], hint(data, name))),
  );
  show();
  const entries = simulated.map(({ point, index }) => [String(index), view.name(point)]);
  const choose = (key) => (index) => {
    shown[key] = Number(index);
    show();
  };
  const head = h("tr", {}, ["", "first", "second", ""].map((title) => (title ? h("th", { scope: "col", class: "number" }, title) : h("td"))));
  return section(
    "Two points side by side",
    h("div", { class: "controls" }, choice("First:", entries, String(shown.a), choose("a")), choice("Second:", entries, String(shown.b), choose("b"))),
    scrolled("Two points side by side", h("table", { id: "compare" }, h("caption", {}, "Two points side by side"), h("thead", {}, head), body), { whole: true }),
  );
}
