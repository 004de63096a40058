// Makes the page one text and writes it as a C++ source file.
// Usage: node build.mjs NODE_MODULES OUTPUT.cpp
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [modules, output] = process.argv.slice(2).map((path) => resolve(path));
const esbuild = createRequire(join(modules, "any.js"))("esbuild");

function bundled(file) {
  const result = esbuild.buildSync({
    entryPoints: [join(here, file)],
    nodePaths: [modules],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2020",
    charset: "utf8",
    legalComments: "none",
  });
  return result.outputFiles[0].text.trim();
}

/// Compilers limit the length of one literal; adjacent literals are one.
function literals(text) {
  const pieces = text.match(/[\s\S]{1,8000}/gu);
  return pieces.map((piece) => `R"ernsim_page(${piece})ernsim_page"`).join("\n");
}

const page = readFileSync(join(here, "page.html"), "utf8")
  .replace("@ERNSIM_STYLE@", () => bundled("style.css"))
  .replace("@ERNSIM_SCRIPT@", () => bundled("main.js"));

writeFileSync(
  output,
  `#include "report/report_page.h"

namespace ernsim {

std::string_view report_page() {
  static constexpr char page[] =
${literals(page)};
  return {page, sizeof page - 1};
}

}  // namespace ernsim
`,
);
