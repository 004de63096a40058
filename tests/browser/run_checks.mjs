// What must hold of the page of a run.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

/// The finding and four figures are seen without scrolling, and what was run is named.
export async function checkHead(page, run) {
  assert.equal(await page.locator(".finding").textContent(), run.finding);
  assert.equal(await page.locator(".headline.four > div").count(), 4);
  const bottom = await page.locator(".headline.four").evaluate((each) => each.getBoundingClientRect().bottom + window.scrollY);
  assert.ok(bottom < 900, `the headline ends at ${bottom} px`);
  const named = await page.locator(".subject").textContent();
  const { network, weights, platform } = run.digests;
  for (const each of [run.network, run.input_size.join("x"), "M 2", String(run.clock_mhz), run.device.name, "convolution.lanes=2", run.version, network, weights, platform])
    assert.ok(named.includes(each), `${each} is named: ${named}`);
  const links = await page.locator(".contents a").evaluateAll((all) => all.map((each) => document.querySelector(each.getAttribute("href"))?.textContent === each.textContent));
  assert.ok(links.length > 8 && links.every(Boolean), "every line of the contents leads to its section");
}

const layerNames = (page) => page.locator("#layers tbody tr:not(.stage) > th").allTextContents();

export async function checkLayers(page, run) {
  const names = run.layers.map(({ name }) => name.replace(/^backbone\./, ""));
  assert.deepEqual(await layerNames(page), names, "layers stand by stage, in their order");
  const stages = run.stages.filter(({ layers }) => layers > 1).map(({ name }) => name);
  assert.deepEqual(await page.locator("#layers tr.stage > th").allTextContents(), stages);
  const head = page.locator("#layers thead th", { hasText: /^ms$/ });
  const times = () => page.locator("#layers tbody td:nth-child(3) data").evaluateAll((all) => all.map((each) => Number(each.value)));
  await head.getByRole("button").click();
  const falling = await times();
  assert.deepEqual(falling, [...falling].sort((a, b) => b - a));
  assert.equal(await head.getAttribute("aria-sort"), "descending");
  await head.getByRole("button").click();
  assert.deepEqual(await times(), [...falling].reverse());
  await head.getByRole("button").click();
  assert.deepEqual(await layerNames(page), names, "a third click groups by stage again");
}

/// Every node but activations, and with each layer its time.
export async function checkNetwork(page, run) {
  const shown = run.nodes.filter(({ operation, layer }) => operation !== "activation" || layer != null);
  const rows = page.locator("#network tbody tr");
  assert.deepEqual(await rows.locator("> th").allTextContents(), shown.map(({ name }) => name.replace(/^backbone\./, "")));
  assert.equal(await rows.locator(".bar").count(), run.layers.length);
  const add = shown.find(({ operation }) => operation === "add");
  const sources = await rows.nth(shown.indexOf(add)).locator(".unseen").textContent();
  for (const input of add.inputs) assert.ok(sources.includes(input.replace(/^backbone\./, "")), `${add.name} reads ${input}: ${sources}`);
}

/// What a pointer shows is said to those who use keys.
export async function checkKeys(page) {
  const chart = page.locator("#stalls");
  const said = () => page.locator("figure", { has: chart }).locator("[aria-live]").textContent();
  await chart.focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.querySelector("#stalls + [aria-live]").textContent !== "");
  const first = await said();
  assert.match(first, /busy: [\d,]+ cycles/);
  await page.keyboard.press("End");
  await page.waitForFunction((before) => document.querySelector("#stalls + [aria-live]").textContent !== before, first);
}

/// Bands of the timeline are stages, and layers where few are seen; its words have causes.
export async function checkZoom(page, run) {
  const bands = () => page.locator("#timeline svg text").allTextContents();
  assert.ok((await bands()).includes("layer4"), "stages are named above the timeline");
  const zoom = page.getByRole("button", { name: "Timeline: zoom in" });
  for (let i = 0; i < 4; i++) await zoom.click();
  const few = await bands();
  assert.ok(run.layers.some(({ name }) => few.includes(name.replace(/^backbone\./, "")) && name.includes("layer")), `layers are named: ${few}`);
  await page.locator("#timeline").focus();
  await page.keyboard.press("Home");
  await page.waitForFunction(() => /stalled: [a-z]/.test(document.querySelector("#timeline + [aria-live]").textContent));
  await page.getByRole("button", { name: "Timeline: the whole frame" }).click();
  assert.ok((await bands()).includes("layer4"));
}

async function saved(page, name) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name, exact: true }).click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

export async function checkSaved(page) {
  const svg = await saved(page, "Save the chart roofline as SVG");
  assert.equal(svg.name, "roofline.svg");
  assert.match(svg.bytes.toString(), /^<svg[^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"[\s\S]*MAC per byte/);
  const png = await saved(page, "Save the chart roofline as PNG");
  assert.equal(png.bytes.subarray(1, 4).toString(), "PNG");
}

/// The page follows the system's theme, and its button turns it.
export async function checkDark(page, check) {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const words = () => page.locator("#bandwidth svg text").first().evaluate((each) => each.getAttribute("fill"));
  const light = [await ground(), await words()];
  await page.emulateMedia({ colorScheme: "dark" });
  await page.waitForFunction((before) => document.querySelector("#bandwidth svg text").getAttribute("fill") !== before, light[1]);
  assert.notEqual(await ground(), light[0]);
  await check();
  await page.getByRole("button", { name: "Dark or light" }).click();
  assert.deepEqual([await ground(), await words()], light);
  await page.emulateMedia({ colorScheme: "light" });
}
