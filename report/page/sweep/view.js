import { h } from "../common/dom.js";
import { lookup, value } from "../common/numbers.js";

/// What a page shows of a sweep: all of it (path []), or the points of one network and input size (path ["groups", n]).
/// What is said of either has the same names below its path.
export function viewOf(data, path) {
  const summary = lookup(data, path);
  const [, group] = path;
  // Best first, as the JSON has them.
  const points = data.points.map((point, index) => ({ point, index })).filter(({ point }) => group == null || point.group === group);
  return {
    data,
    axes: summary.axes,
    sensitivity: summary.sensitivity,
    misses: summary.misses,
    answers: group == null ? data.answers : [data.answers[group]],
    notSimulated: summary.not_simulated,
    simulated: points.filter(({ point }) => point.reason === ""),
    refused: points.filter(({ point }) => point.reason !== ""),
    /// A number of the summary.
    value: (keys, options) => value(data, [...path, ...keys], options),
    at: (keys) => [...path, ...keys],
    /// What a point is, in a few words.
    name: (point) => `${point.number}: ${summary.axes.map((axis) => `${shortAxis(axis.name)} ${point.axes[axis.name]}`).join(", ")}`,
  };
}

/// A parameter without its section.
export const shortAxis = (axis) => axis.replace(/^[^.]*\./, "");

/// A labelled list to choose from; `entries` are [value, text].
export function choice(label, entries, chosen, onchange) {
  const options = entries.map(([value, text]) => h("option", { value, selected: value === chosen }, text));
  return h("label", {}, `${label} `, h("select", { onchange: (event) => onchange(event.target.value) }, options));
}

/// What a figure is, with its unit; null of one that the program did not know.
export function hint(data, name) {
  const known = data.figure_units[name];
  return known ? `${known.meaning}${known.unit === "1" ? "" : `, in ${known.unit}`}` : null;
}

/// Less than 0 if `a` comes first: numbers by size (`sign` -1: the largest first), what has no value always last.
export function order(a, b, sign) {
  if (a == null || b == null) return (a == null) - (b == null);
  return sign * (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)));
}
