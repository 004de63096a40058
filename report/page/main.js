import { follow } from "./common/chart.js";
import { diffPage } from "./diff/diff.js";
import { runPage } from "./run/run.js";
import { sweepPage } from "./sweep/sweep.js";

const data = JSON.parse(document.getElementById("ernsim-data").textContent);
const pages = { run: runPage, sweep: sweepPage, diff: diffPage };
document.body.append(pages[document.body.dataset.kind](data));
follow();
document.body.dataset.drawn = "yes";
