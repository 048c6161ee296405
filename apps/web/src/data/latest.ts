/** The latest reading of a series that says anything: one that the device called poor does not. */

export interface Latest {
  value: number;
  atMs: number;
  simulated: boolean;
}

/** A reading's flags, as core's `ReadingFlags`: bit 0 simulated, bits 1 and 2 its quality. */
const SIMULATED = 1;
const QUALITY = 0b110;
const POOR = 0b100;

export function latestUsable(
  series: { times: Float64Array; values: Float64Array; flags: Uint8Array } | undefined,
): Latest | undefined {
  if (!series) return undefined;
  for (let place = series.times.length - 1; place >= 0; place--) {
    const flags = series.flags[place] as number;
    if ((flags & QUALITY) === POOR) continue;
    return {
      value: series.values[place] as number,
      atMs: series.times[place] as number,
      simulated: (flags & SIMULATED) === SIMULATED,
    };
  }
  return undefined;
}
