import { h } from "../common/dom.js";
import { bandwidth } from "./bandwidth.js";
import { configuration } from "./configuration.js";
import { energy } from "./energy.js";
import { classes, headline, notes } from "./headline.js";
import { layers } from "./layers.js";
import { memories } from "./memories.js";
import { resources } from "./resources.js";
import { roofline } from "./roofline.js";
import { stalls } from "./stalls.js";
import { timeline } from "./timeline.js";
import { traffic } from "./traffic.js";

/// The page of one run.
export function runPage(data) {
  const title = `${data.network} on ${data.platform}`;
  document.title = `${title} - ernsim`;
  const values = data.data === false ? ", timing only: values were not simulated" : "";
  const subject = `${data.input_size.join("x")} input, ${data.stem} stem${values}`;
  return h(
    "main",
    {},
    h("header", {}, h("h1", {}, title), h("p", {}, subject)),
    headline(data),
    notes(data),
    classes(data),
    layers(data),
    timeline(data),
    roofline(data),
    bandwidth(data),
    traffic(data),
    stalls(data),
    memories(data),
    resources(data),
    energy(data),
    configuration(data),
  );
}
