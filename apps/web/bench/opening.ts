/** From a patient's link to the first chart, on a network of its own. */
import type { Browser, BrowserContext } from "playwright-core";
import { Network } from "../e2e/network";
import { Patient } from "../e2e/patient";
import { sleep } from "../e2e/service";
import { type Opening, spread } from "./figures";

const PAGE = "#/patient/measures/oxygen_saturation";
/** A batch of ten seconds; some of them are there before anybody looks. */
const BATCH_S = 10;
const BEFORE_MS = 45_000;

interface Chart {
  at: number;
  readings: number;
}

export async function measureOpening(browser: Browser, rounds: number): Promise<Opening> {
  const network = await Network.start();
  try {
    const patient = await Patient.admit(network, "patient");
    const oximeter = await network.newDevice("pulse-oximeter", "oximeter");
    const gateway = await patient.gateway("gateway", [oximeter]);
    await oximeter.run(gateway, { every: 1, batchSeconds: BATCH_S });
    await sleep(BEFORE_MS);
    const link = await patient.link();
    const cold: Chart[] = [];
    const warm: Chart[] = [];
    for (let round = 0; round < rounds; round++) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB" });
      cold.push(await visit(context, link));
      warm.push(await visit(context, link));
      await context.close();
    }
    const times = (charts: readonly Chart[]) => spread(charts.map(({ at }) => at));
    const readings = Math.min(...[...cold, ...warm].map((chart) => chart.readings));
    return { readings, cold: times(cold), warm: times(warm) };
  } finally {
    await network.stop();
  }
}

/** Opens the link in a window of its own; leaves once the service worker has kept the app. */
async function visit(context: BrowserContext, link: string): Promise<Chart> {
  const page = await context.newPage();
  await page.addInitScript(watchForChart, PAGE);
  await page.goto(link, { waitUntil: "commit" });
  const seen = await page.waitForFunction(() => (globalThis as { firstChart?: Chart }).firstChart, undefined, {
    timeout: 60_000,
  });
  const chart = (await seen.jsonValue()) as Chart;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.close();
  return chart;
}

/** Runs in the page: from the role's first page to that of the measure, and until a chart of it is on the screen. */
function watchForChart(target: string): void {
  const found = globalThis as { firstChart?: Chart };
  let left = false;
  const look = () => {
    const title = document.querySelector("main h1");
    if (!left && title && /^#\/patient\b/.test(location.hash)) {
      left = true;
      location.hash = target;
    }
    const count = /: ([\d,]+) readings? from/.exec(document.querySelector(".chart")?.textContent ?? "")?.[1];
    if (count && document.querySelector(".chart-plot canvas")) {
      found.firstChart = { at: performance.now(), readings: Number(count.replace(/,/g, "")) };
      return;
    }
    requestAnimationFrame(look);
  };
  look();
}
