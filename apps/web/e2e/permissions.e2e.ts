/** Permissions by clicks: changed in one transaction, blocked and let in again, given to a team, seen in two windows. */
import { attribute, consentCalls, expectEvent, transactions } from "@cw-vitals/client";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { button, confirmed, fill } from "./clicks";
import type { Device } from "./device";
import { type Person, Stage } from "./harness";
import { Network } from "./network";
import { Patient } from "./patient";
import { card, growing, LONG } from "./ward-clicks";

/** What a browser writes where a vault refuses: this is about just that. */
const REFUSED = /status of 403/;

let network: Network;
let stage: Stage;
let patient: Patient;
let heart: Device;
let me: Person;
let clinician: Person;
let secondIdentity: string;

beforeAll(async () => {
  network = await Network.start();
  stage = await Stage.on(network);
  patient = await Patient.admit(network, "patient");
  heart = await network.newDevice("heart-monitor", "heart");
  const gateway = await patient.gateway("gateway", [heart]);
  await heart.run(gateway, { every: 1 });
  secondIdentity = await network.identity("clinician-2");
  await patient.grant("clinician-2", "FAMRQT", ["read"]);
  me = await stage.follow(await patient.link());
  clinician = await stage.enter("clinician", "clinician", { identity: await network.identity("clinician") });
  clinician.expect(REFUSED);
}, 600_000);

afterEach(() => expect(stage.faults()).toEqual([]));

afterAll(async () => {
  await stage?.close();
  await network?.stop();
});

const charts = () => `/clinician/patients/${patient.number}?tab=charts`;
const consent = async () => (await network.as("stranger")).consent;
const grants = async () => (await (await consent()).grants({ patient: patient.number, limit: 30 })).grants;
const live = async () => (await grants()).filter(({ revoked }) => !revoked);
const toClinician = async () =>
  (await live()).filter(({ actions, purposes }) => actions.includes("read") && purposes.includes("TREAT"));
const now = async () => (await consent()).patient({ patient: patient.number });

test("a permission is given, and the clinician's chart grows with it", async () => {
  const { page } = me;
  await me.go("/patient/sharing/new");
  await fill(page, "Address of the account", await network.chain.address("clinician"));
  await page.getByText("Attested as: clinician").waitFor(LONG);
  await confirmed(page, button(page, "Next: what it means"), "Give permission");
  await page.getByText("The permission is given.").waitFor(LONG);
  await clinician.go(charts());
  await growing(clinician.page);
});

test("a change is one transaction with the end of the earlier one, and everybody who stays gets the new keys", async () => {
  const { page } = me;
  const [before] = await toClinician();
  await me.go("/patient/sharing");
  await card(page, /^Treatment, permission/)
    .getByRole("link", { name: "Change" })
    .click();
  await page.getByRole("heading", { level: 1, name: "Change a permission" }).waitFor();
  await page.getByLabel("Breathing").uncheck();
  expect(await me.inspect()).toEqual([]);
  const said = await confirmed(page, button(page, "Next: what it means"), "Change permission");
  expect(said).toContain("in the same step");
  expect(said).toContain("it cannot be unread");
  await page.getByText(/New keys are in use/).waitFor(LONG);
  const seen = await transactions(await network.as("stranger"), {
    contract: "consent",
    kind: "revoked",
    attributes: { patient: patient.number, grant: before?.grant ?? "" },
  });
  expect(seen.map(({ calls }) => calls.flatMap(({ msg }) => Object.keys(msg)))).toEqual([["revoke", "grant"]]);
  const [changed] = await toClinician();
  expect(changed?.categories).not.toContain("respiratory");
  expect(changed?.package).toBeTruthy();
  await growing(clinician.page);
});

test("re-keying that a reload breaks off half way is offered again, and finishes", async () => {
  const { page } = me;
  const vault = `${network.vaults[0]?.url}/**`;
  await me.go("/patient/sharing");
  // the vault takes packages and never answers: the generation is open, and nobody has its keys
  await page.route(vault, async (route) => {
    if (route.request().method() !== "PUT") await route.continue();
  });
  const put = page.waitForRequest((request) => request.method() === "PUT", LONG);
  await confirmed(page, button(card(page, /^Family, permission/), "End it"));
  await put;
  await page.getByText("New keys are being made").waitFor(LONG);
  expect((await now()).pending).toBe(false);
  await page.reload();
  await page.getByText("New keys have to be made").waitFor(LONG);
  expect(await me.inspect()).toEqual([]);
  await page.unroute(vault);
  await button(page, "Make new keys now").click();
  await page.getByText(/New keys are in use/).waitFor(LONG);
  await page.getByText(/packages? (was|were) handed to those who may still read/).waitFor();
  await button(page, "Done").click();
  await page.getByText("New keys have to be made").waitFor({ state: "detached" });
  await growing(clinician.page);
});

test("who is blocked reads nothing, and reads what is new again once the block is lifted", async () => {
  const { page } = me;
  await me.go("/patient/sharing");
  const block = card(page, "Block somebody");
  await fill(page, "Account or team", "nobody");
  await button(block, "Look up").click();
  await block.getByText("neither an address of this network nor").waitFor();
  await fill(page, "Account or team", await network.chain.address("clinician"));
  await button(block, "Look up").click();
  await block.getByText("Not blocked").waitFor(LONG);
  expect(await me.inspect()).toEqual([]);
  const said = await confirmed(page, button(block, "Block"));
  expect(said).toContain("refused everything");
  expect(said).toContain("it cannot be unread");
  await block.getByText("Blocked since").waitFor(LONG);
  await clinician.page.getByText("The readings could not be read").waitFor(LONG);
  await expect.poll(async () => (await now()).pending, LONG).toBe(false);
  expect(await clinician.inspect()).toEqual([]);
  await confirmed(page, button(block, "Lift the block"));
  await block.getByText("Not blocked").waitFor(LONG);
  await clinician.go("/clinician");
  await clinician.go(charts());
  await growing(clinician.page);
});

test("a team is let in by its number, its member reads, and the team’s block shuts the member out", async () => {
  const [lead, member] = [await network.as("clinician"), "clinician-2" as const];
  const { events } = await lead.send(consentCalls.createTeam());
  const team = attribute(expectEvent(events, "consent", "team_created"), "team");
  await lead.send(consentCalls.inviteMember({ team, account: await network.chain.address(member) }));
  await network.send(member, consentCalls.joinTeam({ team }));
  const { page } = me;
  await me.go("/patient/sharing/new");
  await page.getByLabel("A team").check();
  await fill(page, "Number of the team", team);
  const said = await confirmed(page, button(page, "Next: what it means"), "Give permission");
  expect(said).toContain(`Team ${team}`);
  await page.getByText("The permission is given.").waitFor(LONG);
  const second = await stage.enter("clinician", member, { identity: secondIdentity });
  second.expect(REFUSED);
  await second.go(charts());
  await growing(second.page);
  const block = card(page, "Block somebody");
  await fill(page, "Account or team", team);
  await button(block, "Look up").click();
  expect(await confirmed(page, button(block, "Block"))).toContain("everything but an emergency");
  await second.page.getByText("The readings could not be read").waitFor(LONG);
  await confirmed(page, button(block, "Lift the block"));
  await second.go("/clinician");
  await second.go(charts());
  await growing(second.page);
  await second.close();
});

test("a second window of the same patient follows the first, and says that its keys are the older ones", async () => {
  const phone = await stage.follow(await patient.link(), { viewport: { width: 390, height: 844 } });
  await phone.go("/patient/sharing");
  const holding = phone.page.locator("section.card").filter({ hasText: "Holds now" });
  await holding.first().waitFor(LONG);
  const shown = await holding.count();
  await me.go("/patient/sharing");
  await confirmed(me.page, button(me.page.locator("section.card").filter({ hasText: /Team \d/ }), "End it"));
  await expect.poll(() => holding.count(), LONG).toBe(shown - 1);
  await expect.poll(async () => (await now()).pending, LONG).toBe(false);
  await phone.go("/patient/keys");
  await phone.page
    .getByText("restore the newest key file or backup; an older one", { exact: false })
    .first()
    .waitFor(LONG);
  expect(await phone.inspect()).toEqual([]);
});
