/** Readings on the screen: live, cancelled, damaged, without their vault, and kept for later. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Device } from "./device";
import { type Person, Stage } from "./harness";
import { Network } from "./network";
import { Patient } from "./patient";

let network: Network;
let stage: Stage;
let patient: Patient;
let oximeter: Device;
let person: Person;

beforeAll(async () => {
  network = await Network.start();
  stage = await Stage.on(network);
  patient = await Patient.admit(network, "patient");
  oximeter = await network.newDevice("pulse-oximeter", "oximeter");
  const gateway = await patient.gateway("gateway", [oximeter]);
  await oximeter.run(gateway, { every: 1, batchSeconds: 5 });
  person = await stage.follow(await patient.link());
  await person.go("/patient/measures/oxygen_saturation");
});

afterEach(() => expect(stage.faults()).toEqual([]));

afterAll(async () => {
  await stage?.close();
  await network?.stop();
});

const SUMMARY = /Oxygen saturation: (\d+) readings from/;

async function counted(): Promise<number> {
  const text = await person.page.getByText(SUMMARY).first().textContent({ timeout: 30_000 });
  return Number(SUMMARY.exec(text ?? "")?.[1] ?? 0);
}

test("what a device measured is decrypted, verified, drawn, and labelled as simulated", async () => {
  expect(await counted()).toBeGreaterThan(0);
  await person.page.getByText("(simulated)").first().waitFor();
  await person.page.locator(".chart-plot canvas").first().waitFor();
  expect(await person.inspect()).toEqual([]);
  await person.picture("patient-chart");
});

test("new readings appear without a reload", async () => {
  const before = await counted();
  await expect.poll(counted, { timeout: 30_000 }).toBeGreaterThan(before);
});

test("arrow keys read the chart point by point", async () => {
  const chart = person.page.getByRole("group", { name: /Arrow keys/ }).first();
  await chart.focus();
  await person.page.keyboard.press("End");
  await person.page.keyboard.press("ArrowLeft");
  await expect.poll(() => person.page.locator(".chart-readout").first().textContent()).toMatch(/Oxygen saturation \d+/);
});

test("a blob that a vault altered is told, and no number of it is shown", async () => {
  const before = await counted();
  await oximeter.kill();
  for (const digest of network.vaults[0]?.digests("blobs") ?? []) network.vaults[0]?.tamper(digest);
  await person.go("/account");
  await person.page.getByRole("button", { name: "Delete what was opened" }).click();
  // a page that goes takes what it has not finished with it
  await person.page.getByText("What was opened is deleted.").waitFor();
  await person.page.reload();
  await person.go("/patient/measures/oxygen_saturation");
  await person.page
    .getByText(/could not be opened/)
    .first()
    .waitFor({ timeout: 30_000 });
  await person.page
    .getByText("A vault sent something other than what the chain points to", { exact: false })
    .first()
    .waitFor();
  expect(before).toBeGreaterThan(0);
  expect(await person.page.getByText(SUMMARY).count()).toBe(0);
});

test("without its vault the readings are said to be out of reach", async () => {
  await network.vaults[0]?.kill();
  await person.page.reload();
  await person.page.getByText("No vault gave an answer", { exact: false }).first().waitFor({ timeout: 60_000 });
  expect(await person.page.getByText(SUMMARY).count()).toBe(0);
});
