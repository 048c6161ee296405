/** What a clinician does, by clicks: the ward, a patient, a plan, alerts, asking for access, teams, an emergency. */
import { careCalls, consentCalls, Vaults } from "@cw-vitals/client";
import { writePlan } from "@cw-vitals/client/plans";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Device } from "./device";
import type { Gateway } from "./gateway";
import { type Person, Stage } from "./harness";
import { Network } from "./network";
import { Patient } from "./patient";

const MEASURED = [
  "heart-monitor",
  "pulse-oximeter",
  "respiration-monitor",
  "thermometer",
  "blood-pressure-monitor",
] as const;
const CARE = ["read", "receive_alerts", "write_plan"] as const;
const LONG = { timeout: 90_000 };
/** By the limit of the plan that is written here, and by the gateway's own. */
const FOUND = /^(Heart rate high|Oxygen saturation low)$/;

let network: Network;
let stage: Stage;
let patient: Patient;
let other: Patient;
let identity: string;
let secondIdentity: string;
let gateway: Gateway;
let clinician: Person;
const devices: Device[] = [];

beforeAll(async () => {
  network = await Network.start();
  stage = await Stage.on(network);
  patient = await Patient.admit(network, "patient");
  other = await Patient.admit(network, "patient-2");
  identity = await network.identity("clinician");
  secondIdentity = await network.identity("clinician-2");
  await patient.grant("clinician", "TREAT", [...CARE]);
  await patient.grant("clinician-2", "TREAT", ["read", "write_plan"]);
  await other.grant("clinician", "TREAT", ["read"]);
  for (const kind of MEASURED) devices.push(await network.newDevice(kind, `${kind}-of-1`));
  gateway = await patient.gateway("gateway", devices);
  for (const device of devices) await device.run(gateway, { every: 3, batchSeconds: 15 });
  clinician = await stage.enter("clinician", "clinician", { identity });
}, 300_000);

afterEach(() => expect(stage.faults()).toEqual([]));

afterAll(async () => {
  await stage?.close();
  await network?.stop();
});

const path = () => `/clinician/patients/${patient.number}`;

test("the ward scores who is measured, and never calls well who is not", async () => {
  const { page } = clinician;
  const row = page.getByRole("row", { name: new RegExp(patient.number) });
  await row.getByText(/at least \d+/).waitFor(LONG);
  await row.getByText(/2 observations missing/).waitFor(LONG);
  await page
    .getByRole("row", { name: new RegExp(other.number) })
    .getByText("Nothing measured in 24 hours")
    .waitFor(LONG);
  expect(await clinician.inspect()).toEqual([]);
  await clinician.picture("clinician-ward");
});

test("what is seen at the bedside completes the score, and stays on the device", async () => {
  const { page } = clinician;
  await clinician.go(path());
  await page
    .getByText(/at least \d+ · /)
    .first()
    .waitFor(LONG);
  await page.getByLabel("Oxygen given").selectOption("no");
  await page.getByLabel("Consciousness").selectOption("alert");
  await page
    .getByText(/^\d+ · (low|medium|high) risk|^\d+ · single red score/)
    .first()
    .waitFor(LONG);
  expect(await clinician.inspect()).toEqual([]);
  await clinician.picture("clinician-patient");
});

test("charts show what was opened and verified", async () => {
  const { page } = clinician;
  await page.getByRole("tab", { name: "Charts" }).click();
  await page.getByRole("heading", { name: "Oxygen saturation" }).waitFor(LONG);
  await page
    .getByText(/Heart rate: \d+ readings from/)
    .first()
    .waitFor(LONG);
  expect(await clinician.inspect()).toEqual([]);
});

test("a plan is written, checked, signed and, once accepted, found by, with the readings as evidence", async () => {
  const { page } = clinician;
  await page.getByRole("tab", { name: "Care plan" }).click();
  await page.getByText("No plan yet").waitFor();
  await page.getByRole("link", { name: "Write a new version" }).click();
  await page.getByRole("button", { name: "Add a limit" }).click();
  await page.getByRole("button", { name: "Check and sign" }).click();
  await page.getByText("This is missing.").first().waitFor();
  await page.getByRole("textbox", { name: "Limit", exact: true }).fill("30");
  await page.getByRole("button", { name: "Add a medicine" }).click();
  await page.getByLabel("What to take").fill("one tablet, 50 mg");
  await page.getByRole("button", { name: "Add a goal" }).click();
  await page.getByLabel("What is to be reached").fill("Walk for half an hour a day");
  expect(await clinician.inspect()).toEqual([]);
  await clinician.picture("clinician-plan");
  await page.getByRole("button", { name: "Check and sign" }).click();
  await page.getByText(/Besides the patient and you 2 accounts may read it/).waitFor(LONG);
  expect(await clinician.axe()).toEqual([]);
  await page.getByRole("button", { name: "Sign the plan" }).click();
  await page.getByText("Waits to be accepted", { exact: true }).waitFor(LONG);
  await network.send("patient", careCalls.acknowledgePlan({ patient: patient.number, version: 1 }));
  await page.getByText("In force").waitFor(LONG);
  await page.getByRole("button", { name: "Open the plan" }).click();
  await page.getByText("Walk for half an hour a day").waitFor(LONG);
  await page.getByRole("tab", { name: "Overview" }).click();
  await page.getByRole("heading", { name: "Heart rate high" }).waitFor(LONG);
  await page
    .getByText(/The (\d+ )?readings? that shows? it/)
    .first()
    .click();
  await page.getByRole("columnheader", { name: "Measured" }).first().waitFor();
  expect(await clinician.inspect()).toEqual([]);
  await clinician.picture("clinician-findings");
});

test("the gateway fetches and opens the plan in force, and watches by it", async () => {
  await expect.poll(() => gateway.status(), { timeout: 150_000, interval: 2_000 }).toMatchObject({ care_plan: 1 });
  expect((await gateway.status()).care_plan_trouble).toBeNull();
}, 180_000);

test("another's version meanwhile is a conflict, and nothing of it is overwritten", async () => {
  const { page } = clinician;
  await clinician.go(`${path()}/plan`);
  await page.getByRole("button", { name: "Check and sign" }).waitFor(LONG);
  const second = await network.as("clinician-2");
  const { number } = patient;
  const categories = ["cardiac"] as const;
  const decided = await second.consent.decide({
    ...{ patient: number, who: second.account?.address ?? "", action: "write_plan", purpose: "TREAT" },
    ...{ category: "cardiac", window: hourNow() },
  });
  if (!("permit" in decided)) throw new Error(decided.refuse.reason);
  const vaults = new Vaults(
    second.network.vaults.length > 0 ? { vaults: network.vaults } : second.network,
    second.account as never,
  );
  await writePlan(second, vaults, { patient: number, plan: {}, categories, ground: decided.permit.by });
  await page.getByText("Somebody wrote version 2 while you were writing").waitFor(LONG);
  await page.getByRole("button", { name: "Check and sign" }).click();
  await page.getByRole("button", { name: "Sign the plan" }).click();
  await page.getByText("care/plan_changed").first().waitFor(LONG);
  expect(await clinician.axe()).toEqual([]);
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Load the newest version, drop mine" }).click();
  await page.getByText("Somebody wrote version 2").waitFor({ state: "detached" });
});

test("an alert shows at once, is taken on and resolved, and its response time counted", async () => {
  const { page } = clinician;
  await clinician.go(`${path()}?tab=alerts`);
  await devices[1]?.episode();
  await page.getByText("Waits for an answer").first().waitFor(LONG);
  expect(await clinician.inspect()).toEqual([]);
  await clinician.picture("clinician-alert");
  await page.getByRole("button", { name: "What is it about?" }).first().click();
  await page.getByRole("heading", { name: FOUND }).first().waitFor(LONG);
  await page
    .getByText(/The (\d+ )?readings? that shows? it/)
    .first()
    .click();
  await page.getByRole("columnheader", { name: "Measured" }).first().waitFor();
  expect(await clinician.inspect()).toEqual([]);
  await page.getByRole("button", { name: "Take it on" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Take it on" }).click();
  await page.getByText("You have taken it on.").first().waitFor(LONG);
  await page
    .getByText("Copy a link for the colleague")
    .or(page.getByRole("button", { name: "Copy a link for the colleague" }))
    .first()
    .waitFor();
  await page.getByRole("button", { name: "Resolve" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Resolve" }).click();
  await page.getByText("Response times").waitFor(LONG);
});

test("what an alert says is refused to who may read but not receive alerts", async () => {
  const second = await stage.enter("clinician", "clinician-2", { identity: secondIdentity });
  const { page } = second;
  await second.go(`${path()}?tab=alerts`);
  await page.getByRole("button", { name: "What is it about?" }).first().click(LONG);
  await page.getByText("What this alert says could not be opened").first().waitFor(LONG);
  await page.getByText("consent/action_not_granted").first().waitFor(LONG);
  expect(await page.getByRole("heading", { name: FOUND }).count()).toBe(0);
  expect(await second.inspect()).toEqual([]);
  await second.close();
});

test("a request for access is a link that the patient's own form takes", async () => {
  const { page } = clinician;
  await clinician.go("/clinician/access");
  await page.getByLabel("Message to the patient").fill("Ward 4");
  const link = await page.getByTestId("access-link").textContent();
  const query = new URLSearchParams(link?.split("?")[1]);
  expect(query.get("account")).toBe(await network.chain.address("clinician"));
  expect(query.get("note")).toBe("Ward 4");
  await page.getByRole("img", { name: "QR code of the link below" }).waitFor();
  expect(await clinician.inspect()).toEqual([]);
  await clinician.picture("clinician-access");
  const asked = await stage.follow(await patient.link());
  await asked.go(new URL(link ?? "").hash.slice(1));
  await asked.page.getByText("Ward 4").first().waitFor(LONG);
  await asked.close();
});

test("a team is made, an account invited, which joins and leaves in its own window", async () => {
  const { page } = clinician;
  await clinician.go("/clinician/teams");
  await page.getByRole("button", { name: "Create a team" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Create a team" }).click();
  await page.getByText("You lead it").first().waitFor(LONG);
  await page.getByLabel("Account to invite").fill(await network.chain.address("clinician-2"));
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Invite", exact: true }).click();
  await page.getByRole("cell", { name: "invited" }).waitFor(LONG);
  expect(await clinician.inspect()).toEqual([]);
  const second = await stage.enter("clinician", "clinician-2");
  await second.go("/clinician/teams");
  await second.page.getByRole("button", { name: "Join", exact: true }).first().click(LONG);
  await second.page.getByRole("dialog").getByRole("button", { name: "Join", exact: true }).click();
  await second.page.getByText("You are a member").waitFor(LONG);
  await page.getByRole("cell", { name: "member" }).waitFor(LONG);
  await second.page.getByRole("button", { name: "Leave" }).click();
  await second.page.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
  await second.page.getByText("You are in no team").waitFor(LONG);
  await second.close();
});

test("a responder opens an emergency with a reason, reads by the custodian's share, and ends it", async () => {
  const [vault] = network.vaults;
  const keeper = await network.chain.address("vault");
  const until = hourNow().to * 3_600 + 86_400;
  await network.send("board", consentCalls.issueCredential({ account: keeper, role: "custodian", until }));
  await vault?.keepShares(await network.identity("vault"));
  await patient.keepForEmergencies("vault");
  const responder = await stage.enter("clinician", "responder", { identity: await network.identity("responder") });
  const { page } = responder;
  await responder.go("/clinician/emergency");
  await page.getByRole("button", { name: "Open an emergency" }).click(LONG);
  await page.getByText("That is not a patient number").waitFor();
  expect(await responder.inspect()).toEqual([]);
  await responder.picture("clinician-emergency");
  await page.getByLabel("Patient number").fill(patient.number);
  await page.getByLabel("Why, in writing").fill("Found unconscious on the stairs, nobody to ask");
  await page.getByRole("button", { name: "Open an emergency" }).click();
  await page.getByLabel("I have understood that this cannot be taken back.").check();
  const saved = page.waitForEvent("download");
  await page.getByRole("dialog").getByRole("button", { name: "Open an emergency" }).click();
  expect((await saved).suggestedFilename()).toMatch(/^emergency-\d+-1-reason\.txt$/);
  await page.getByText("Open now").waitFor(LONG);
  await page
    .getByText(/Heart rate: \d+ readings from/)
    .first()
    .waitFor(LONG);
  expect(await responder.inspect()).toEqual([]);
  await responder.picture("clinician-emergency-open");
  await page.getByRole("button", { name: "End it" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End it" }).click();
  await page.getByText("This emergency is over").waitFor(LONG);
  await responder.close();
});

test("revoked by the patient, the readings go from the screen", async () => {
  const { page } = clinician;
  await clinician.go(path());
  await page
    .getByText(/at least \d+ · |^\d+ · /)
    .first()
    .waitFor(LONG);
  await network.send(
    "patient",
    consentCalls.deny({ patient: patient.number, whom: { account: await network.chain.address("clinician") } }),
  );
  await page.getByText("The readings could not be read").waitFor(LONG);
  await page
    .getByText(/at least \d+ · /)
    .first()
    .waitFor({ state: "detached", ...LONG });
});

function hourNow(): { from: number; to: number } {
  const hour = Math.floor(Date.now() / 3_600_000);
  return { from: hour, to: hour + 1 };
}
