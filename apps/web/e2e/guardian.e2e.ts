/** What a guardian does, by clicks: alerts, plans, proposals with another guardian, emergencies, receipts. */
import { consentCalls, Vaults } from "@cw-vitals/client";
import { writePlan } from "@cw-vitals/client/plans";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Device } from "./device";
import { type Person, Stage } from "./harness";
import { Network } from "./network";
import { Patient } from "./patient";

const LONG = { timeout: 90_000 };
const DAY_S = 86_400;

let network: Network;
let stage: Stage;
let patient: Patient;
let grant: string;
let oximeter: Device;
let guardian: Person;
let second: Person;

beforeAll(async () => {
  network = await Network.start();
  stage = await Stage.on(network);
  patient = await Patient.admit(network, "patient");
  const identities = {
    guardian: await network.identity("guardian"),
    second: await network.identity("guardian-2"),
    clinician: await network.identity("clinician"),
  };
  const until = Math.floor(Date.now() / 1_000) + 30 * DAY_S;
  const appoint = async (
    name: "guardian" | "guardian-2",
    powers: Parameters<typeof consentCalls.appointGuardian>[0]["powers"],
  ) =>
    consentCalls.appointGuardian({
      patient: patient.number,
      guardian: await network.chain.address(name),
      powers,
      until,
    });
  await network.send("patient", [
    await appoint("guardian", ["read", "acknowledge", "revoke", "recover"]),
    await appoint("guardian-2", ["revoke", "recover"]),
    consentCalls.setQuorum({ patient: patient.number, power: "revoke", of: 2 }),
  ]);
  grant = await patient.grant("clinician", "TREAT", ["read", "receive_alerts", "write_plan"]);
  await proposePlan();
  oximeter = await network.newDevice("pulse-oximeter", "oximeter");
  const gateway = await patient.gateway("gateway", [oximeter]);
  await oximeter.run(gateway, { every: 2, batchSeconds: 10 });
  guardian = await stage.enter("guardian", "guardian", { identity: identities.guardian });
  second = await stage.enter("guardian", "guardian-2", { identity: identities.second });
}, 300_000);

afterEach(() => expect(stage.faults()).toEqual([]));

afterAll(async () => {
  await stage?.close();
  await network?.stop();
});

async function proposePlan(): Promise<void> {
  const clinician = await network.as("clinician");
  const vaults = new Vaults({ vaults: network.vaults }, clinician.account as never);
  const plan = { goals: [{ text: "Sleep eight hours" }] };
  await writePlan(clinician, vaults, {
    patient: patient.number,
    plan,
    categories: ["cardiac"],
    ground: { grant: { id: Number(grant) } },
  });
}

test("what waits is on top, and axe finds nothing", async () => {
  const { page } = guardian;
  await page.getByRole("heading", { name: "New care plan, version 1" }).waitFor(LONG);
  await page
    .getByText("read, acknowledge", { exact: false })
    .or(page.getByText(/^read,/))
    .first()
    .waitFor();
  expect(await guardian.inspect()).toEqual([]);
  await guardian.picture("guardian-home");
});

test("a plan is read, and accepted", async () => {
  const { page } = guardian;
  await page.getByRole("button", { name: "Open the plan" }).click();
  await page.getByText("Sleep eight hours").waitFor(LONG);
  await page.getByRole("button", { name: "Accept the plan" }).click();
  expect(await guardian.axe()).toEqual([]);
  await page.getByRole("dialog").getByRole("button", { name: "Accept the plan" }).click();
  await page.getByText("version 1 accepted").waitFor(LONG);
  await page.getByText("Nothing waits for you.").waitFor(LONG);
});

test("an alert shows without a reload, and is taken on and resolved", async () => {
  const { page } = guardian;
  await oximeter.episode();
  await page.getByText("Waits for an answer").first().waitFor(LONG);
  expect(await guardian.inspect()).toEqual([]);
  await guardian.picture("guardian-alert");
  await page.getByRole("button", { name: "What is it about?" }).first().click();
  await page.getByRole("heading", { name: "Oxygen saturation low" }).first().waitFor(LONG);
  await page.getByRole("button", { name: "Take it on" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Take it on" }).click();
  await page.getByText(/alerts? (is|are) being looked after/).waitFor(LONG);
  await guardian.go(`/guardian/patients/${patient.number}?tab=alerts`);
  await page.getByRole("button", { name: "Resolve" }).first().click(LONG);
  await page.getByRole("dialog").getByRole("button", { name: "Resolve" }).click();
  await page.getByText("Resolved", { exact: true }).first().waitFor(LONG);
  expect(await guardian.inspect()).toEqual([]);
});

test("what an alert says is refused to a guardian without the power to acknowledge", async () => {
  const { page } = second;
  second.expect(/status of 403 .*\/v1\/alerts\//);
  await second.go(`/guardian/patients/${patient.number}?tab=alerts`);
  await page.getByRole("button", { name: "What is it about?" }).first().click(LONG);
  await page.getByText("What this alert says could not be opened").first().waitFor(LONG);
  expect(await page.getByRole("heading", { name: "Oxygen saturation low" }).count()).toBe(0);
  expect(await second.inspect()).toEqual([]);
});

test("two guardians revoke together: one proposes, the other approves, and it is done", async () => {
  await second.go(`/guardian/patients/${patient.number}?tab=powers`);
  await second.page
    .getByRole("button", { name: /Propose to revoke/ })
    .first()
    .click(LONG);
  await second.page.getByRole("dialog").getByRole("button", { name: "Propose to revoke" }).click();
  await second.page.getByText("1 of 2 approved").waitFor(LONG);
  expect(await second.inspect()).toEqual([]);
  const { page } = guardian;
  await guardian.go("/guardian");
  await page.getByText(/Revoke access number/).waitFor(LONG);
  expect(await guardian.inspect()).toEqual([]);
  await guardian.picture("guardian-proposal");
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await page
    .getByText(/Revoke access number/)
    .first()
    .waitFor({ state: "detached", ...LONG });
  const vitals = await network.as("stranger");
  const { revoked } = await vitals.consent.grant({ patient: patient.number, grant });
  expect(revoked).toBe(true);
});

test("a proposal is taken back by who made it", async () => {
  const { page } = second;
  await page
    .getByRole("button", { name: /Propose to revoke/ })
    .first()
    .click(LONG);
  await page.getByRole("dialog").getByRole("button", { name: "Propose to revoke" }).click();
  await page.getByRole("button", { name: "Take it back" }).click(LONG);
  await page.getByRole("dialog").getByRole("button", { name: "Take it back" }).click();
  await page.getByText("No proposal is open.").waitFor(LONG);
});

test("an emergency is told at once, and ended by one guardian alone", async () => {
  const { page } = guardian;
  await guardian.go("/guardian");
  const reason = Buffer.alloc(32, 7).toString("base64");
  await network.send(
    "responder",
    consentCalls.openEmergency({ patient: patient.number, reason, hours_back: 1, for_s: 3_600 }),
  );
  await page.getByText("Open now").waitFor(LONG);
  expect(await guardian.inspect()).toEqual([]);
  await page.getByRole("button", { name: "End it now" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End it now" }).click();
  await page.getByText("Waits for review").waitFor(LONG);
});

test("recovery says why it does not count yet, powers and receipts are shown, and axe finds nothing", async () => {
  const { page } = guardian;
  await guardian.go(`/guardian/patients/${patient.number}?tab=recovery`);
  await page.getByText("Your power to recover counts only after a notice period:").waitFor(LONG);
  expect(await guardian.inspect()).toEqual([]);
  await page.getByRole("tab", { name: "Who saw what" }).click();
  await page.getByText("What the vault ward gave out").waitFor(LONG);
  await page.getByText("Proved by the chain").or(page.getByText("Not anchored yet")).first().waitFor(LONG);
  expect(await guardian.inspect()).toEqual([]);
  await guardian.go("/guardian/powers");
  await page.getByText(/revoke access: 2 guardians together/).waitFor(LONG);
  expect(await guardian.inspect()).toEqual([]);
  await guardian.picture("guardian-powers");
});

test("a dismissed guardian is offered nothing any more", async () => {
  const address = await network.chain.address("guardian-2");
  await network.send("patient", consentCalls.dismissGuardian({ patient: patient.number, guardian: address }));
  await second.go(`/guardian/patients/${patient.number}?tab=powers`);
  await second.page.getByText("No longer in force").first().waitFor(LONG);
  expect(await second.page.getByRole("button", { name: /revoke/i }).count()).toBe(0);
});
