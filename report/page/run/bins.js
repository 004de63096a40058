/// What charts over time share: the bins of the profile.
export const binRows = (data) => data.profile.start_cycles.map((_, index) => index);

export const binColumns = [{ title: "from cycle", path: (i) => ["profile", "start_cycles", i] }];

/// Cycles of a bin; the last one ends with the frame.
export const binLength = ({ cycles, profile }, index) => Math.min(profile.bin_cycles, cycles - profile.start_cycles[index]);

/// [cycle, value] points for a line of steps; the last value holds up to the end of the frame.
export function steps(data, values) {
  const points = data.profile.start_cycles.map((cycle, index) => [cycle, values[index]]);
  points.push([data.cycles, values[values.length - 1]]);
  return points;
}

/// The layer that the array works on in a cycle.
export const layerAt = (data, cycle) => data.layers.find((layer) => cycle < layer.end_cycle) ?? data.layers[data.layers.length - 1];
