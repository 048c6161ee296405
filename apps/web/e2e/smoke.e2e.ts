/** The network itself: the app opens, a device's readings reach the chain, and what is broken is broken. */
import { attribute, consentCalls, expectEvent } from "@cw-vitals/client";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch } from "./browser";
import { Network } from "./network";
import { Patient } from "./patient";

let network: Network;
let browser: Browser;

beforeAll(async () => {
  [network, browser] = await Promise.all([Network.start(), launch()]);
});

afterAll(async () => {
  await browser?.close();
  await network?.stop();
});

test("the app opens by a role's link, under its policy, and talks to nobody else", async () => {
  const page = await browser.newPage();
  const [faults, reached]: [string[], Set<string>] = [[], new Set()];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (line) => {
    if (line.text().includes("Content Security Policy")) faults.push(line.text());
  });
  page.on("request", (request) => reached.add(new URL(request.url()).origin));
  await page.goto(await network.link("operator", "stranger"));
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  expect(new URL(page.url()).hash).not.toContain("/open/e");
  expect(faults).toEqual([]);
  const known = [network.app, network.chain.rpc, ...network.vaults.map(({ url }) => url)];
  const origins = known.map((url) => new URL(url).origin);
  expect([...reached].filter((origin) => !origins.includes(origin))).toEqual([]);
});

test("a device is registered by its maker, and paired by its patient, with the files it wrote", async () => {
  const enrolled = await network.send("patient-2", consentCalls.enrol());
  const patient = attribute(expectEvent(enrolled.events, "consent", "enrolled"), "patient");
  const device = await network.newDevice("thermometer", "thermometer-of-2");
  expect(await device.register()).toMatch(/^\d+$/);
  const pairing = await device.pairing(patient);
  const { events } = await network.send("patient-2", pairing);
  expect(attribute(expectEvent(events, "registry", "paired"), "device")).toBe(device.number);
  await expect(network.send("patient-2", pairing)).rejects.toMatchObject({
    code: expect.stringMatching(/^registry\//),
  });
});

test("what a device measures is on the chain within seconds, its alert too, and a blob can be spoiled", async () => {
  const patient = await Patient.admit(network, "patient");
  const oximeter = await network.newDevice("pulse-oximeter", "oximeter");
  const gateway = await patient.gateway("gateway", [oximeter]);
  await oximeter.run(gateway, { every: 1 });
  const vitals = await network.as("stranger");
  const batches = () => vitals.anchor.batches({ patient: patient.number, category: "respiratory" });
  await expect.poll(async () => (await batches()).batches.length, { timeout: 30_000 }).toBeGreaterThan(0);
  await oximeter.episode();
  const alerts = () => vitals.care.alerts({ patient: patient.number });
  await expect.poll(async () => (await alerts()).alerts.length, { timeout: 30_000 }).toBeGreaterThan(0);
  const digests = network.vaults[0]?.digests("blobs") ?? [];
  expect(digests.length).toBeGreaterThan(0);
  expect(network.vaults[0]?.tamper(digests[0] ?? "")).toBe(true);
  expect(await patient.link()).toContain("#/open/");
  await oximeter.kill();
  await oximeter.run(gateway, { every: 1 });
  const before = (await batches()).batches.length;
  await expect.poll(async () => (await batches()).batches.length, { timeout: 30_000 }).toBeGreaterThan(before);
});

test("a vault that was killed is back at the same place", async () => {
  const [vault] = network.vaults;
  if (!vault) throw new Error("there is no vault");
  const { url } = vault;
  await vault.kill();
  await expect(fetch(url)).rejects.toThrow();
  await vault.start();
  expect(vault.url).toBe(url);
  expect((await fetch(url)).status).toBe(204);
});

test("a node that was killed is back at the same place with its chain", async () => {
  const status = `${network.chain.rpc}/status`;
  await network.chain.kill();
  await expect(fetch(status)).rejects.toThrow();
  await network.chain.restart();
  expect((await fetch(status)).ok).toBe(true);
});
