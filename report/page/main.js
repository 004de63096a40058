import { follow, themeButton } from "./common/chart.js";
import { h, listSections } from "./common/dom.js";
import { fillRules } from "./common/style.js";
import { diffPage } from "./diff/diff.js";
import { runPage } from "./run/run.js";
import { sweepPage } from "./sweep/sweep.js";

/// Numbers of pages, and the command, below each of them on paper.
function pageFooter({ command, version }) {
  const text = JSON.stringify(`${command ?? "ernsim report"}${version ? `    ernsim ${version}` : ""}`).replace(/</g, "\\3c ");
  return `@page { @bottom-left { content: ${text}; } @bottom-right { content: counter(page) " of " counter(pages); } }`;
}

const data = JSON.parse(document.getElementById("ernsim-data").textContent);
const pages = { run: runPage, sweep: sweepPage, diff: diffPage };
const main = pages[document.body.dataset.kind](data);
document.body.append(themeButton(), main, h("p", { id: "chart-keys", class: "unseen" }, "Arrow keys go through the values of a chart."));
document.documentElement.append(h("style", {}, pageFooter(data), fillRules()));
listSections(main);
follow();
document.body.dataset.drawn = "yes";
