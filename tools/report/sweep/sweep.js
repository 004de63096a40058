import { h } from "../common/dom.js";

export function sweepPage() {
  return h("main", {}, h("h1", {}, "Sweep"));
}
