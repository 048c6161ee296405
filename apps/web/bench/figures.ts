/** What is measured, as packages/bench takes it. */

/** ms, to a tenth. */
export interface Spread {
  median: number;
  lowest: number;
  highest: number;
}

export interface Opened {
  opened: Spread;
  drawn: Spread;
  longest_task: Spread;
  blocked: Spread;
}

export interface Pass {
  what: string;
  app: Opened;
  peer: Opened;
}

export interface Opening {
  readings: number;
  cold: Spread;
  warm: Spread;
}

export interface Download {
  what: string;
  raw: number;
  gzip: number;
  brotli: number;
}

export interface Figures {
  browser: string;
  rounds: number;
  readings: number;
  batches: number;
  sealed_bytes: number;
  peers: string[];
  day: Pass[];
  opening: Opening;
  downloads: Download[];
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (place: number) => Math.round((sorted[place] ?? 0) * 10) / 10;
  const middle = (sorted.length - 1) / 2;
  const median = (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2;
  return { median, lowest: at(0), highest: at(sorted.length - 1) };
}
