/// The network's data flow as lines beside a list: nodes from top to bottom, one a row, and a lane for each result until its last
/// reader. Activations are left out, what reads them reads their input.
const shown = ({ operation, layer }) => operation !== "activation" || layer != null;

/// `rows`: { node, index, inputs } of the nodes that are shown; `inputs` are places in it.
export function flow(nodes) {
  const at = new Map(nodes.map((node, index) => [node.name, index]));
  const row = new Map();
  const behind = (name) => {
    let node = nodes[at.get(name)];
    while (node && !shown(node)) node = nodes[at.get(node.inputs[0])];
    return node && row.get(node.name);
  };
  const rows = [];
  nodes.forEach((node, index) => {
    if (!shown(node)) return;
    row.set(node.name, rows.length);
    rows.push({ node, index, inputs: [...new Set(node.inputs.map(behind).filter((each) => each != null))] });
  });
  return rows;
}

/// For each row { lane, from: lanes of its inputs, through: lanes that pass by, width: lanes at once }.
export function lanes(rows) {
  const last = rows.map(() => -1);
  rows.forEach(({ inputs }, index) => inputs.forEach((each) => { last[each] = index; }));
  const held = [];
  const laneOf = [];
  return rows.map(({ inputs }, index) => {
    const from = inputs.map((each) => laneOf[each]);
    const ended = new Set(inputs.filter((each) => last[each] === index).map((each) => laneOf[each]));
    const through = held.flatMap((owner, lane) => (owner != null && !ended.has(lane) ? [lane] : []));
    for (const lane of ended) held[lane] = null;
    const first = from.find((lane) => ended.has(lane));
    const free = held.findIndex((owner) => owner == null);
    const lane = first ?? (free < 0 ? held.length : free);
    laneOf[index] = lane;
    held[lane] = last[index] > index ? index : null;
    return { lane, from, through, ends: last[index] <= index, width: Math.max(lane + 1, ...from.map((each) => each + 1), ...through.map((each) => each + 1)) };
  });
}
