import { follow } from "./common/chart.js";
import { runPage } from "./run/run.js";
import { sweepPage } from "./sweep/sweep.js";

const data = JSON.parse(document.getElementById("ernsim-data").textContent);
document.body.append(document.body.dataset.kind === "sweep" ? sweepPage(data) : runPage(data));
follow();
document.body.dataset.drawn = "yes";
