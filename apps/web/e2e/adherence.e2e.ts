/** Adherence by clicks: a dispenser's doses against the schedule of a plan, for the patient and for the clinician. */
import { Vaults, type Vitals } from "@cw-vitals/client";
import { writePlan } from "@cw-vitals/client/plans";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { button, confirmed } from "./clicks";
import type { Device } from "./device";
import type { Gateway } from "./gateway";
import { type Person, Stage } from "./harness";
import { Network } from "./network";
import { Patient } from "./patient";
import { card, LONG } from "./ward-clicks";

const MINUTE_MS = 60_000;
const HALF_HOUR_MS = 30 * MINUTE_MS;

let network: Network;
let stage: Stage;
let patient: Patient;
let gateway: Gateway;
let dispenser: Device;
let grant: string;
let me: Person;
let clinician: Person;

beforeAll(async () => {
  network = await Network.start();
  stage = await Stage.on(network);
  patient = await Patient.admit(network, "patient");
  const identity = await network.identity("clinician");
  grant = await patient.grant("clinician", "TREAT", ["read", "receive_alerts", "write_plan"]);
  dispenser = await network.newDevice("medication-dispenser", "dispenser");
  gateway = await patient.gateway("gateway", [dispenser]);
  me = await stage.follow(await patient.link());
  clinician = await stage.enter("clinician", "clinician", { identity });
}, 600_000);

afterEach(() => expect(stage.faults()).toEqual([]));

afterAll(async () => {
  await stage?.close();
  await network?.stop();
});

/**
 * Four doses half an hour apart, each of which counts from ten minutes before its time to ten after: two are past and
 * were never taken, one is due now, one is to come.
 */
async function prescribe(): Promise<void> {
  const vitals: Vitals = await network.as("clinician");
  const vaults = new Vaults({ vaults: network.vaults }, vitals.account as never);
  const now = Date.now();
  const medication = {
    name: "Aspirin",
    first_at_ms: now - 2 * HALF_HOUR_MS,
    ...{ every_ms: HALF_HOUR_MS, doses: 4 },
    ...{ early_ms: 10 * MINUTE_MS, on_time_ms: 8 * MINUTE_MS, late_ms: 10 * MINUTE_MS },
  };
  const plan = { medication: [medication], personal: { first_rule: 100, ladder: 1 } };
  const categories = ["medication"] as const;
  const ground = { grant: { id: Number(grant) } };
  await writePlan(vitals, vaults, { patient: patient.number, plan, categories, ground });
}

/** The value beside a name in a list of facts. */
const fact = (page: Page, name: string) =>
  page
    .locator("dl > div")
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator("dd");

test("a plan counts only once the patient accepts it, and then the next dose is told", async () => {
  const { page } = me;
  await me.go("/patient/medication");
  await page.getByText("No care plan is in force, so no doses are expected.").waitFor(LONG);
  await prescribe();
  const said = await confirmed(page, button(page, "Accept this plan"));
  expect(said).toContain("Your gateway watches by this plan");
  const next = card(page, "Next doses");
  await next.getByText("Aspirin").waitFor(LONG);
  expect(await next.getByRole("listitem").count()).toBe(1);
  await page.getByText("0 of 2 doses taken").waitFor(LONG);
  expect(await me.inspect()).toEqual([]);
});

test("what was never taken is missed, on the clinician’s page as well", async () => {
  expect(await fact(me.page, "Missed").textContent()).toBe("2");
  await clinician.go(`/clinician/patients/${patient.number}?tab=adherence`);
  await fact(clinician.page, "Taken").getByText("0 of 2 due").waitFor(LONG);
  expect(await fact(clinician.page, "Missed").textContent()).toBe("2");
  expect(await clinician.inspect()).toEqual([]);
});

test("a dose of the dispenser is taken and on time, and what it gives beyond the schedule is not due", async () => {
  await dispenser.run(gateway, { every: 20 });
  const { page } = me;
  await page.getByText("1 of 3 doses taken").waitFor(LONG);
  expect(await fact(page, "On time").textContent()).toBe("1");
  expect(await fact(page, "Missed").textContent()).toBe("2");
  await expect
    .poll(async () => Number(await fact(page, "Recorded, but not due").textContent()), LONG)
    .toBeGreaterThan(0);
  expect(await me.inspect()).toEqual([]);
  await me.picture("patient-medication");
  await fact(clinician.page, "Taken").getByText("1 of 3 due").waitFor(LONG);
  expect(await fact(clinician.page, "Share taken").textContent()).toBe("33.3%");
  await expect.poll(async () => Number(await fact(clinician.page, "Not due").textContent()), LONG).toBeGreaterThan(0);
  await clinician.page.getByText("You can sign off once a full hour has passed").waitFor();
  expect(await button(clinician.page, "Sign off").isDisabled()).toBe(true);
  expect(await clinician.inspect()).toEqual([]);
  await clinician.picture("clinician-adherence");
});

test("a plan that the patient ends expects no doses any more", async () => {
  const { page } = me;
  await confirmed(page, button(page, "End this plan"));
  await page.getByText("No care plan is in force, so no doses are expected.").waitFor(LONG);
  await clinician.page.getByText("There is no plan in force that you can open.").waitFor(LONG);
});
