// What must hold of pages on paper.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/// Nothing is wider than the paper, no chart is higher, all that is folded is open, and nothing is dark.
export async function checkNothingBeyondPaper(page) {
  const [width, height] = [703, 1020];
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.setViewportSize({ width, height });
  await page.waitForTimeout(300);
  const beyond = await page.evaluate((most) => {
    const all = [...document.querySelectorAll("h1, p, dd, table, svg, pre")].filter((each) => each.getClientRects().length > 0);
    return all.filter((each) => each.getBoundingClientRect().right > window.innerWidth + 1 || (each.closest(".chart") && each.getBoundingClientRect().height > most))
      .map((each) => each.outerHTML.slice(0, 100));
  }, height);
  assert.deepEqual(beyond, [], "paper would cut these off");
  assert.equal(await page.locator("details:not([open])").count(), 0);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "light");
  await page.emulateMedia({ media: "screen", colorScheme: "light" });
  await page.waitForFunction(() => document.querySelectorAll("details[open]").length === 0);
}

function tool(name, ...words) {
  try {
    return execFileSync(name, words, { encoding: "latin1", maxBuffer: 1 << 28 });
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}

/// Rows of pixels of pages as `pdftoppm -gray` writes them.
function pixels(pgm) {
  const pages = [];
  for (let at = 0; at < pgm.length;) {
    const [head, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.slice(at, at + 40));
    const begin = at + head.length;
    at = begin + width * height;
    pages.push({ width: Number(width), height: Number(height), at: (x, y) => pgm.charCodeAt(begin + y * width + x) });
  }
  return pages;
}

/// Printed pages have their number and the command below, ink on each, and none in the margins.
export function checkPdf(ernsim, folder) {
  ernsim("report", "run.json", "--pdf", "run.pdf");
  const pdf = join(folder, "run.pdf");
  assert.equal(readFileSync(pdf).subarray(0, 5).toString(), "%PDF-");
  const text = tool("pdftotext", "-layout", pdf, "-");
  if (text == null) {
    console.log("PDF not looked at: pdftotext is not installed (Debian package poppler-utils)");
    return;
  }
  const sheets = text.split("\f").slice(0, -1);
  sheets.forEach((sheet, index) => assert.ok(sheet.includes(`${index + 1} of ${sheets.length}`) && sheet.includes("ernsim run --network ERNs18x075"), `sheet ${index + 1} has a footer`));
  const run = JSON.parse(readFileSync(join(folder, "run.json"), "utf8"));
  assert.ok(sheets[0].replace(/\s+/g, " ").includes(run.finding), sheets[0]);
  for (const each of ["Layers by stage", "Timeline as a table", "All parameters", "dram.part"]) assert.ok(text.includes(each), `${each} is printed`);
  const dpi = 36, margin = Math.floor((11 / 25.4) * dpi);
  for (const { width, height, at } of pixels(tool("pdftoppm", "-r", String(dpi), "-gray", pdf))) {
    assert.deepEqual([width, height], [298, 421], "A4");
    let inked = 0;
    for (let y = 0; y < height; ++y)
      for (let x = 0; x < width; ++x) {
        if (at(x, y) > 200) continue;
        ++inked;
        assert.ok(x >= margin && x < width - margin, `ink in the margin at ${x}, ${y}`);
      }
    assert.ok(inked > 100, "no sheet is empty");
  }
}
