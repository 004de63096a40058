import { h } from "./dom.js";

/// A number for people: groups of three digits, at most `digits` after the point, or all of them if `fixed`.
export function text(number, { digits = 3, percent = false, fixed = false } = {}) {
  if (number == null) return "none";
  if (percent) return `${(100 * number).toFixed(1)} %`;
  const places = Number.isInteger(number) && !fixed ? 0 : digits;
  return number.toLocaleString("en-US", { minimumFractionDigits: fixed ? places : 0, maximumFractionDigits: places });
}

/// The value of a path ("layers.0.cycles"; keys with dots as a list) in the report's JSON.
export function lookup(data, path) {
  const keys = Array.isArray(path) ? path : path.split(".");
  return keys.reduce((value, key) => value?.[key], data);
}

/// A number of the report that says where in the JSON it comes from. `absent`: the words for one that is null.
export function value(data, path, options = {}) {
  const keys = Array.isArray(path) ? path : path.split(".");
  const found = lookup(data, keys);
  if (found == null && options.absent) return h("span", {}, options.absent);
  if (typeof found !== "number") return h("span", { "data-path": JSON.stringify(keys) }, found == null ? "none" : String(found));
  return h("data", { value: String(found), "data-path": JSON.stringify(keys) }, text(found, options));
}
