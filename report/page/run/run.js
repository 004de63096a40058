import { contents, h, section } from "../common/dom.js";
import { bandwidth } from "./bandwidth.js";
import { configuration } from "./configuration.js";
import { energy } from "./energy.js";
import { classes, headline, moreFigures, notes } from "./headline.js";
import { layers } from "./layers.js";
import { memories } from "./memories.js";
import { network } from "./network.js";
import { resources } from "./resources.js";
import { roofline } from "./roofline.js";
import { stalls } from "./stalls.js";
import { subject, title, uncounted } from "./subject.js";
import { timeline } from "./timeline.js";
import { traffic } from "./traffic.js";

/// The page of one run.
export function runPage(data) {
  document.title = `${title(data)}: ${data.finding} - ernsim`;
  return h(
    "main",
    {},
    h("header", {}, h("h1", {}, title(data)), h("p", { class: "finding" }, data.finding), uncounted(data)),
    headline(data),
    notes(data),
    subject(data),
    contents(),
    layers(data),
    network(data),
    timeline(data),
    stalls(data),
    roofline(data),
    bandwidth(data),
    traffic(data),
    memories(data),
    resources(data),
    energy(data),
    section("Further figures", moreFigures(data), classes(data)),
    configuration(data),
  );
}
