import { h, section } from "../common/dom.js";
import { value } from "../common/numbers.js";
import { boundIndex, shortName } from "../common/style.js";
import { scrolled } from "../common/table.js";
import { flow, lanes } from "./lanes.js";

const step = 16, height = 24;
const x = (lane) => 10 + step * lane;

function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, each] of Object.entries(attributes)) element.setAttribute(name, each);
  element.append(...children);
  return element;
}

/// The stretch of the lines beside one row.
function stretch({ lane, from, through, ends }, width, operation) {
  const middle = height / 2;
  const lines = [
    ...through.map((each) => `M${x(each)} 0V${height}`),
    ...from.map((each) => `M${x(each)} 0C${x(each)} ${middle} ${x(lane)} 0 ${x(lane)} ${middle}`),
    ...(ends ? [] : [`M${x(lane)} ${middle}V${height}`]),
  ];
  const mark = operation === "convolution"
    ? svg("rect", { x: x(lane) - 6, y: middle - 6, width: 12, height: 12, class: "node" })
    : svg("circle", { cx: x(lane), cy: middle, r: 5, class: "node" });
  const sign = operation === "add" ? [svg("path", { d: `M${x(lane) - 3} ${middle}h6M${x(lane)} ${middle - 3}v6`, class: "flow" })] : [];
  return svg("svg", { width: x(width), height, "aria-hidden": "true" }, svg("path", { d: lines.join(""), class: "flow" }), mark, ...sign);
}

function row(data, rows, each, place, width, longest) {
  const { node } = each;
  const layer = node.layer == null ? null : data.layers[node.layer];
  const sources = each.inputs.map((input) => shortName(rows[input].node.name)).join(" and ");
  const of = (key, options) => (layer ? value(data, ["layers", node.layer, key], options) : null);
  const bar = layer && h("div", { class: "bar", style: `width:${((100 * layer.cycles) / longest).toFixed(2)}%` }, h("span", { class: "piece", "data-fill": boundIndex(layer.bound_by), style: "width:100%" }));
  return h(
    "tr", {},
    h("td", { class: "lines" }, stretch(place, width, node.operation)),
    h("th", { scope: "row" }, shortName(node.name)),
    h("td", {}, layer ? layer.kind : node.operation.replace(/_/g, " "), h("span", { class: "unseen" }, sources && ` of ${sources}`)),
    h("td", { class: "number" }, node.shape.join(" x ")),
    h("td", { class: "number" }, of("ms", { fixed: true })),
    h("td", { class: "number" }, of("share", { percent: true })),
    h("td", {}, layer?.bound_by),
    h("td", { class: "bars" }, bar),
  );
}

/// The network as a graph, each layer with what it costs.
export function network(data) {
  const rows = flow(data.nodes);
  const places = lanes(rows);
  const width = Math.max(...places.map((place) => place.width));
  const longest = Math.max(...data.layers.map(({ cycles }) => cycles)) || 1;
  const heads = [["flow", ""], ["node", ""], ["operation", ""], ["shape", "number"], ["ms", "number"], ["% of cycles", "number"], ["bound by", ""], ["time", "bars"]];
  return section(
    "The network",
    scrolled("The network", h(
      "table", { id: "network", class: "breaks" },
      h("caption", {}, "Nodes of the network in their order, and the time of each layer"),
      h("thead", {}, h("tr", {}, heads.map(([title, name]) => h("th", { scope: "col", class: name }, title)))),
      h("tbody", {}, rows.map((each, index) => row(data, rows, each, places[index], width, longest))),
    )),
    h("p", { class: "small" }, "Shapes are channels x rows x columns. Lines on the left lead from a node to those that read it. Activations belong to the layer in front of them; additions are done by the convolution before them. Bars have the fill of what bounds the layer."),
  );
}

