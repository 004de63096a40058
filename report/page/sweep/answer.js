import { h, section } from "../common/dom.js";
import { scrolled, table } from "../common/table.js";
import { value } from "../common/numbers.js";
import { shortAxis } from "./view.js";

const most = 10;

/// What a reader must know before all else: that points are missing, and how to go on.
export function state(data) {
  const { sentences } = data.state;
  if (sentences.length === 0) return null;
  return h("div", { class: "warning", id: "state", role: "note" }, sentences.map((each) => h("p", {}, each)));
}

/// The best points, those of the front.
function frontTable(view) {
  const { data } = view;
  const front = view.simulated.filter(({ point }) => point.pareto);
  const figures = [...new Set([...data.objectives.map((each) => each.figure), "fps", "lut", "bram18"])].filter((name) => data.figures.includes(name));
  const columns = [
    { title: "point", path: ({ index }) => ["points", index, "number"] },
    ...figures.map((name) => ({ title: name, path: ({ index }) => ["points", index, "figures", name] })),
    { title: "sums", text: ({ point }) => (point.figures.accumulator_bits_missing > 0 ? "may overflow" : point.figures.accumulator_bits_missing === 0 ? "fit" : "not known") },
    ...view.axes.map(({ name }) => ({ title: shortAxis(name), path: ({ index }) => ["points", index, "axes", name] })),
  ];
  const caption = front.length > most ? `The first ${most} points of the front` : "The front";
  return h("div", { id: "front" }, table(data, caption, columns, front.slice(0, most)));
}

/// The points that miss by least, where none keeps the constraints.
function missesTable(view) {
  const { data } = view;
  const titles = ["point", "breaks", "is", "off by", "simulated"];
  const row = (miss, index) => {
    const at = (key, options) => value(data, view.at(["misses", index, key]), options);
    return h("tr", {}, h("th", { scope: "row" }, at("number")), h("td", {}, at("breaks")), h("td", { class: "number" }, at("value")),
      h("td", { class: "number" }, at("distance_share", { percent: true })), h("td", {}, miss.simulated ? "yes" : "no"));
  };
  return scrolled("Nearest misses", h("table", { id: "misses" }, h("caption", {}, "Nearest misses, by the bound that each breaks by most"),
    h("thead", {}, h("tr", {}, titles.map((title) => h("th", { scope: "col" }, title)))), h("tbody", {}, view.misses.map(row))));
}

/// The answer in words, with the points that it speaks of.
export function answer(view) {
  const sentences = view.answers.flatMap(({ network, input_size: size, sentences: each }) => (view.answers.length > 1 ? [h("p", {}, h("strong", {}, `${network}, ${size}`))] : [])
    .concat(each.map((text) => h("p", {}, text))));
  const some = view.simulated.some(({ point }) => point.pareto);
  return section("Answer", h("div", { id: "answer" }, sentences), some ? frontTable(view) : view.misses.length > 0 && missesTable(view));
}
