// Pictures of the report pages in a directory.
// Usage: node screenshots.mjs NODE_MODULES PAGES OUT
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [modules, pages, out] = process.argv.slice(2).map((path) => resolve(path));
const { chromium } = createRequire(join(modules, "any.js"))("playwright-core");
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
if (!executablePath) {
  console.error("Chromium is not installed (Debian package chromium)");
  process.exit(1);
}
const args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

/// What each picture shows: a page, and the chart whose section it is; "top" is the top of the page.
const pictures = [
  ["run", "top"], ["run", "timeline"], ["run", "roofline"], ["run", "stalls"], ["run", "memories"],
  ["sweep", "pareto"], ["sweep", "parallel"], ["sweep", "sensitivity"],
];

const browser = await chromium.launch({ executablePath, args });
for (const [kind, what] of pictures) {
  const page = await browser.newPage({ viewport: { width: 960, height: 1120 } });
  await page.goto(`file://${join(pages, kind)}.html`);
  await page.waitForSelector("body[data-drawn]");
  const path = join(out, `report_${kind}_${what}.png`);
  if (what === "top") await page.screenshot({ path });
  else await page.locator("figure", { has: page.locator(`#${what}`) }).screenshot({ path });
  await page.close();
}
await browser.close();
