import { h } from "../common/dom.js";
import { text, value } from "../common/numbers.js";
import { boundIndex, bounds, slotKey } from "../common/style.js";

const used = (data) => bounds.filter((bound) => data.array_slots[slotKey(bound)] > 0);

/// A bar of what multiplier-cycles went to, as long as `length` of the longest; words for who cannot see it.
export function slotBar(slots, length) {
  const all = Object.values(slots).reduce((sum, each) => sum + each, 0);
  const parts = bounds.filter((bound) => slots[slotKey(bound)] > 0);
  const share = (bound) => slots[slotKey(bound)] / all;
  const words = parts.map((bound) => `${bound} ${text(share(bound), { percent: true })}`).join(", ");
  const piece = (bound) => h("span", { class: "piece", "data-fill": boundIndex(bound), style: `width:${(100 * share(bound)).toFixed(3)}%`, title: `${bound} ${text(share(bound), { percent: true })}` });
  return h("div", { class: "bar", role: "img", "aria-label": words || "nothing", style: `width:${(100 * length).toFixed(2)}%` }, parts.map(piece));
}

/// What the fills of bars mean, with the share of the whole run.
export function legend(data) {
  const entry = (bound) => h("li", {}, h("span", { class: "swatch piece", "data-fill": boundIndex(bound) }), ` ${bound} `, value(data, ["array_shares", slotKey(bound)], { percent: true }));
  return h("ul", { class: "legend", "aria-label": "What the multiplier-cycles of the run went to" }, used(data).map(entry));
}
