/** The day in the browser: app and peer take turns, each in a profile of its own. */
import type { Browser } from "playwright-core";
import type { Opened, Pass } from "./figures";
import { spread } from "./figures";
import type { Measured } from "./page";

type Side = "app" | "peer";
/** A fresh page's first pass starts its worker and compiles what it runs; the second finds all of it there. */
const PASSES = ["The first time, from nothing but the page", "Again, with the worker there"] as const;

export async function measureDays(browser: Browser, url: string, rounds: number): Promise<Pass[]> {
  const app: Measured[][] = [];
  const peer: Measured[][] = [];
  for (let round = 0; round < rounds; round++) {
    app.push(await passes(browser, url, "app"));
    peer.push(await passes(browser, url, "peer"));
  }
  checkSame([...app, ...peer].flat());
  return PASSES.map((what, pass) => ({ what, app: summed(app, pass), peer: summed(peer, pass) }));
}

async function passes(browser: Browser, url: string, side: Side): Promise<Measured[]> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB" });
  try {
    const page = await context.newPage();
    await page.goto(`${url}/${side}/index.html`);
    await page.waitForFunction(() => globalThis.measureDay !== undefined);
    const measured: Measured[] = [];
    for (const _ of PASSES) {
      measured.push(
        await page.evaluate(() => {
          if (!globalThis.measureDay) throw new Error("the page measures nothing");
          return globalThis.measureDay();
        }),
      );
    }
    return measured;
  } finally {
    await context.close();
  }
}

/** Whoever reads another number of readings, or other values, was not doing the same. */
function checkSame(all: readonly Measured[]): void {
  const [first] = all;
  for (const { result } of all) {
    result.forEach(({ readings, sum }, place) => {
      const other = first?.result[place];
      // both add up fixed point numbers after dividing them: the order of additions is the same, the rounding may differ
      if (readings !== other?.readings || Math.abs(sum - other.sum) > 1e-6 * other.sum)
        throw new Error(`not the same readings: ${JSON.stringify(result)} and ${JSON.stringify(first?.result)}`);
    });
  }
}

function summed(rounds: readonly Measured[][], pass: number): Opened {
  const of = (value: (measured: Measured) => number) => spread(rounds.map((all) => value(all[pass] as Measured)));
  return {
    opened: of(({ opened }) => opened),
    drawn: of(({ drawn }) => drawn),
    longest_task: of(({ longestTask }) => longestTask),
    blocked: of(({ blocked }) => blocked),
  };
}
