import { h } from "../common/dom.js";
import { value } from "../common/numbers.js";

/// What was run, in the words of its configuration.
export function subject(data) {
  const set = (key, options) => value(data, ["configuration", key, "value"], options);
  const memory = [set("dram.part"), ", ", value(data, "dram.peak_gb_s", { digits: 1 }), " GB/s, ports: ", set("interconnect.ports")];
  const digest = (name) => data.digests[name] && [`${name} `, h("code", {}, value(data, ["digests", name])), " "];
  const entries = [
    ["Network", [value(data, "network"), `, ${data.stem} stem`]],
    ["Input", `${data.input_size.join("x")}${data.data === false ? ", timing only: values were not simulated" : ""}`],
    ["Array", ["B ", set("convolution.block_channels"), ", M ", set("convolution.lanes"), ", C ", set("convolution.cores")]],
    ["Clock", [value(data, "clock_mhz"), " MHz"]],
    ["Memory", memory],
    ["Device", [value(data, ["device", "name"]), `, platform ${data.platform}`]],
    ["Set", data.settings.length > 0 ? h("code", {}, data.settings.join(" ")) : "nothing"],
    ["Program", [`ernsim ${data.version}, `, data.commit ? ["commit ", h("code", {}, data.commit)] : "commit not known"].flat()],
    ["Digests", ["network", "weights", "platform"].map(digest).flat().filter(Boolean)],
  ];
  return h("dl", { class: "subject" }, entries.map(([name, content]) => h("div", {}, h("dt", {}, name), h("dd", {}, content))));
}

/// "ERNs18 256x256 on kv260".
export const title = (data) => `${data.network} ${data.input_size.join("x")} on ${data.platform}`;

/// What is not counted, which the sentence that says what fits leaves out.
export const uncounted = (data) =>
  data.resources_not_counted.length > 0 && h("p", { class: "small" }, `Not counted: LUT and FF of ${data.resources_not_counted.join(", ")}.`);
