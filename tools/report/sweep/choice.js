import { h } from "../common/dom.js";

/// A labelled list to choose from; `entries` are [value, text].
export function choice(label, entries, chosen, onchange) {
  const options = entries.map(([value, text]) => h("option", { value, selected: value === chosen }, text));
  return h("label", {}, `${label} `, h("select", { onchange: (event) => onchange(event.target.value) }, options));
}

/// What a point is, in a few words.
export const pointName = (point) =>
  `${point.number}: ${Object.entries(point.axes).map(([axis, value]) => `${shortAxis(axis)} ${value}`).join(", ")}`;

/// A parameter without its section.
export const shortAxis = (axis) => axis.replace(/^[^.]*\./, "");

export const simulated = (data) => data.points.map((point, index) => ({ point, index })).filter(({ point }) => point.reason === "");
