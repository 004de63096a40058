// Opens reports in headless Chromium: charts are drawn, numbers are those of the JSON, nothing fails, all can be read.
// Usage: node report_test.mjs NODE_MODULES ERNSIM
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { checkNoTextIsCut, checkRoofline } from "./chart_checks.mjs";
import { checkDark, checkHead, checkKeys, checkLayers, checkNetwork, checkSaved, checkZoom } from "./run_checks.mjs";
import { checkNothingBeyondPaper, checkPdf } from "./print_checks.mjs";
import { checkAnswer, checkFronts, checkGroups, checkHopeless, checkInterrupted, checkPaper, checkPoints, checkRoom, checkSensitivity } from "./sweep_checks.mjs";

const [modules, program] = process.argv.slice(2).map((path) => resolve(path));
const browserPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
if (!browserPath) {
  console.log("skipped: Chromium is not installed (Debian package chromium)");
  process.exit(0);
}
const require = createRequire(join(modules, "any.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
const charts = {
  run: ["timeline", "roofline", "port-roofline", "bandwidth", "stalls", "memories", "resources", "energy"],
  sweep: ["pareto", "parallel", "sensitivity"],
  diff: ["array-changes", "layer-changes"],
};
const sweepFile = `networks = ["ERNs18x075", "ERNs18"]
input_sizes = ["32x32", "64x64"]
constraints = ["lut <= 55000"]
objectives = ["max fps", "min lut"]
[axes]
"convolution.lanes" = [1, 2, 3]
"memory.weights_words" = [64, 1024]
"memory.accumulators_words" = [512, 2048]
"accelerator.clock_mhz" = [100, 150]
`;
/// More points than a table shows at once, and no front.
const hopelessFile = `networks = ["ERNs18x075"]
input_sizes = ["32x32"]
constraints = ["fps >= 1000000"]
objectives = ["max fps", "min lut"]
[axes]
"convolution.lanes" = [1, 2, 3]
"accelerator.clock_mhz" = { from = 100, to = 200, count = 40 }
`;

const scratch = mkdtempSync(join(tmpdir(), "ernsim_browser_"));
const ernsim = (...words) => execFileSync(program, words, { cwd: scratch, stdio: ["ignore", "ignore", "inherit"] });

/// Starts a sweep and stops it when its database has points.
function interrupt(database, ...words) {
  const script = `"$@" & while [ "$(stat -c %s ${database} 2>/dev/null || echo 0)" -lt 65536 ]; do sleep 0.05; done; kill -TERM $!; wait $!; true`;
  execFileSync("bash", ["-c", script, "bash", program, ...words], { cwd: scratch, stdio: "ignore" });
}

function makeReports() {
  ernsim("run", "--network", "ERNs18x075", "--input-size", "64x64", "--set", "convolution.lanes=2", "--json", "run.json", "--html", "run.html");
  ernsim("run", "--network", "ERNs18x075", "--input-size", "64x64", "--set", "interconnect.ports=1", "--json", "other.json");
  ernsim("report", "run.json", "other.json", "--html", "diff.html", "--json", "diff.json");
  writeFileSync(join(scratch, "it.toml"), sweepFile);
  ernsim("sweep", "it.toml");
  ernsim("report", "it", "--html", "sweep.html", "--json", "sweep.json");
  writeFileSync(join(scratch, "hopeless.toml"), hopelessFile);
  ernsim("sweep", "hopeless.toml");
  ernsim("report", "hopeless", "--html", "hopeless.html", "--json", "hopeless.json");
  writeFileSync(join(scratch, "cut.toml"), hopelessFile.replace("from = 100, to = 200, count = 40", "from = 100.0, to = 200.0, count = 2000"));
  interrupt("cut/sweep.sqlite", "sweep", "cut.toml", "--jobs", "1");
  ernsim("report", "cut", "--html", "interrupted.html", "--json", "interrupted.json");
}

/// Path, exact value and text of everything that the page marks as coming from the JSON; and numbers in tables that it
/// does not mark.
const shownValues = () => ({
  marked: [...document.querySelectorAll("[data-path]")].map((element) => ({ path: JSON.parse(element.dataset.path), value: element.getAttribute("value"), text: element.textContent })),
  unmarked: [...document.querySelectorAll("td, dd")].filter((cell) => !cell.querySelector("[data-path]") && /^[\d,.]+( %)?$/.test(cell.textContent.trim())).map((cell) => cell.textContent),
});

function checkNumber({ path, value, text }, expected) {
  assert.equal(Number(value), expected, path.join("/"));
  const percent = text.endsWith(" %");
  const shown = Number(text.replace(/,/g, "").replace(" %", ""));
  const places = (text.replace(" %", "").split(".")[1] ?? "").length;
  const exact = percent ? 100 * expected : expected;
  const allowed = Number.isInteger(expected) && !percent ? 0 : 0.5 * 10 ** -(percent ? 1 : Math.max(places, 1)) + 1e-9;
  assert.ok(Math.abs(shown - exact) <= allowed, `${path.join("/")} is ${expected} and shown as ${text}`);
}

function checkValues({ marked, unmarked }, json) {
  assert.deepEqual(unmarked, [], "numbers that the page does not trace to the JSON");
  assert.ok(marked.length > 50);
  for (const each of marked) {
    const expected = each.path.reduce((found, key) => found?.[key], json);
    if (typeof expected === "number") checkNumber(each, expected);
    else assert.equal(each.text, expected == null ? "none" : String(expected), each.path.join("/"));
  }
}

async function checkCharts(page, kind) {
  for (const id of charts[kind]) {
    const drawn = await page.locator(`#${id} svg path`).count();
    assert.ok(drawn >= 5, `chart ${id} has ${drawn} shapes`);
    assert.ok((await page.locator(`#${id}`).getAttribute("aria-label")).length > 20, `chart ${id} says what it is`);
  }
}

async function checkAccess(page, what) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  assert.deepEqual(grave.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`), [], what);
}

async function checkSweepControls(page) {
  const first = () => page.locator("#points tbody tr").first().locator("td").first().textContent();
  const button = page.locator("#points thead button").nth(1);
  await button.click();
  const low = await first();
  await button.click();
  assert.notEqual(await first(), low, "a second click turns the order round");
  const select = page.getByLabel("Second:");
  const before = await page.locator("#compare").textContent();
  const chosen = await select.evaluate((list) => list.selectedIndex);
  await select.selectOption({ index: chosen === 0 ? 1 : 0 });
  assert.notEqual(await page.locator("#compare").textContent(), before, "another second point is shown");
  const rows = () => page.locator("#points tbody tr").count();
  const all = await rows();
  await page.locator("#parallel").scrollIntoViewIfNeeded();
  const box = await page.locator("#parallel svg").boundingBox();
  await page.mouse.move(box.x + 45, box.y + 90);
  await page.mouse.down();
  await page.mouse.move(box.x + 45, box.y + 150, { steps: 5 });
  await page.mouse.up();
  await page.waitForTimeout(200);
  assert.ok((await rows()) < all, "a marked stretch of an axis keeps fewer points");
}

async function checkRun(page, json, width) {
  await checkRoofline(page, json, width);
  await checkHead(page, json);
  await checkLayers(page, json);
  await checkNetwork(page, json);
  if (width <= 500) return;
  await checkKeys(page);
  await checkZoom(page, json);
  await checkSaved(page);
  await checkDark(page, () => checkAccess(page, "the dark page of a run"));
  await checkNothingBeyondPaper(page);
}

/// The largest change of cycles is in the first line, with its sign.
async function checkDiff(page, json) {
  const first = await page.locator("#layer_cycles tbody tr").first().textContent();
  assert.ok(first.startsWith(json.layer_cycles[0].layer), first);
  assert.ok(json.layer_cycles[0].change[0] !== 0);
  assert.equal(await page.locator("header p").first().textContent(), json.sentences[0]);
}

async function checkSweep(page, json, width, checkAllValues) {
  checkFronts(json);
  await checkAnswer(page, json);
  await checkSensitivity(page, json);
  await checkPoints(page, json);
  await checkRoom(page, json, width);
  await checkGroups(page, json, checkAllValues);
  if (width <= 500) return;
  await checkSweepControls(page);
  await checkPaper(page);
}

/// Opens a page, has it checked, and says what it complained about.
async function checkPage(browser, kind, width, check) {
  const what = `${kind} at ${width} px`;
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.stack));
  page.on("request", (request) => !/^(file|data):/.test(request.url()) && complaints.push(`asks for ${request.url()}`));
  await page.goto(`file://${join(scratch, kind)}.html`);
  await page.waitForSelector("body[data-drawn]");
  const json = JSON.parse(readFileSync(join(scratch, `${kind}.json`), "utf8"));
  const checkAllValues = async () => checkValues(await page.evaluate(shownValues), json);
  await checkAllValues();
  await checkNoTextIsCut(page, what);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${what} is not wider than the window`);
  await checkAccess(page, what);
  if (charts[kind]) await checkCharts(page, kind);
  await check(page, json, width, checkAllValues);
  assert.deepEqual(complaints, [], what);
  await page.close();
}

try {
  makeReports();
  const browser = await chromium.launch({ executablePath: browserPath, args: flags });
  for (const width of [1200, 390]) {
    await checkPage(browser, "run", width, checkRun);
    await checkPage(browser, "sweep", width, checkSweep);
    await checkPage(browser, "diff", width, checkDiff);
  }
  await checkPage(browser, "hopeless", 1200, checkHopeless);
  await checkPage(browser, "interrupted", 390, checkInterrupted);
  await browser.close();
  checkPdf(ernsim, scratch);
  console.log("all pages are as they should be");
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
