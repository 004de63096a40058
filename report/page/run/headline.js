import { h } from "../common/dom.js";
import { value } from "../common/numbers.js";
import { table } from "../common/table.js";

const card = (name, content, small) => h("div", {}, h("dt", {}, name), h("dd", {}, content, small && h("span", { class: "small" }, small)));

/// The resource of which most is taken.
function scarcest({ device_share: shares }) {
  return Object.keys(shares).reduce((most, key) => ((shares[key] ?? 0) > (shares[most] ?? 0) ? key : most));
}

/// The four figures that a reader looks for first.
export function headline(data) {
  const of = (path, options) => value(data, path, options);
  const key = scarcest(data);
  return h(
    "dl",
    { class: "headline four" },
    card("Throughput", [of("fps", { digits: 1 }), " FPS"], ["frames simulated: ", of("frames")]),
    card("Latency", [of("latency_ms", { fixed: true }), " ms"], ["accelerator ", of("accelerator_ms", { fixed: true }), ", host ", of("host_ms", { fixed: true })]),
    card("Array", of("utilization", { percent: true }), "of all multipliers in all cycles compute"),
    card(`${key.toUpperCase()} of the ${data.device.name}`, of(["device_share", key], { percent: true }), [of(["resources", key]), " of ", of(["device", key])]),
  );
}

/// The others.
export function moreFigures(data) {
  const of = (path, options) => value(data, path, options);
  return h(
    "dl",
    { class: "headline" },
    card("Cycles", of("cycles"), ["at ", of("clock_mhz"), " MHz"]),
    card("Work", [of("paper_gops"), " GOP"], [of("macs"), " MAC"]),
    data.energy_mj == null
      ? card("Energy", "not known", "see the notes")
      : card("Energy", [of("energy_mj"), " mJ"], ["estimate; ", of("energy.average_mw", { digits: 1 }), " mW on average"]),
    card("DRAM", [of("dram.achieved_gb_s", { digits: 2 }), " GB/s"], ["of ", of("dram.peak_gb_s", { digits: 1 })]),
    card("DRAM read", [of("dram.read_bytes")], "bytes"),
    card("DRAM written", [of("dram.write_bytes")], "bytes"),
    card("Weights", [of("weight_bytes")], "bytes"),
    card("Overflows", of("overflows", { absent: "not checked" }), data.overflows == null ? "values were not simulated" : "sums that left their number format"),
    data.accumulator_bits_needed != null && card("Bits of sums", [of("accumulator_bits_needed"), " needed"], ["of ", of("accumulator_bits"), ": ", mayOverflow(data)]),
  );
}

function mayOverflow({ may_overflow: layers, layers: all }) {
  if (layers.length === 0) return "with these weights nothing can overflow";
  return `may overflow in ${layers.length === all.length ? "every layer" : layers.join(", ")}`;
}

/// Where one parameter makes figures of another wrong.
export function notes(data) {
  if (!data.notes?.length) return null;
  return h("ul", { class: "notes", "aria-label": "Notes on the figures" }, data.notes.map((note) => h("li", {}, note)));
}

/// The classes with the largest logits, if values were simulated.
export function classes(data) {
  if (!data.top5?.length) return null;
  const columns = [
    { title: "class", path: (i) => ["top5", i, "class"] },
    { title: "logit", path: (i) => ["top5", i, "logit"], digits: 4 },
  ];
  return table(data, "Classes with the largest logits", columns, data.top5.map((_, i) => i));
}
