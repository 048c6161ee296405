/** A patient's work by clicks, from an empty account to a paid claim, on a chain with vault, gateway and devices. */
import { readFileSync } from "node:fs";
import { claimsCalls, withFunds } from "@cw-vitals/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { button, confirmed, fill, PASSPHRASE, saved } from "./clicks";
import type { Device } from "./device";
import type { Gateway } from "./gateway";
import { type Person, Stage } from "./harness";
import { Network } from "./network";

let network: Network;
let stage: Stage;
let me: Person;
let gateway: Gateway;
let heart: Device;
let other: Device;
let number: string;

beforeAll(async () => {
  network = await Network.start();
  stage = await Stage.on(network);
  gateway = await network.newGateway("gateway");
  heart = await network.newDevice("heart-monitor", "heart");
  await heart.register();
  other = await network.newDevice("thermometer", "other");
  await other.register();
  await network.identity("clinician");
});

afterAll(async () => {
  await stage?.close();
  await network?.stop();
});

describe("first use", () => {
  test("an account becomes a patient, makes its keys in the browser, and saves them in a file", async () => {
    // an identity wraps the keys: a person's own account gets one when it is made
    me = await stage.enter("patient", "patient", { identity: await network.identity("patient") });
    const { page } = me;
    await page.getByRole("heading", { level: 1, name: "First steps" }).waitFor();
    expect(await me.inspect()).toEqual([]);
    await confirmed(page, button(page, "Get my number"), "Get my number");
    const said = await confirmed(page, button(page, "Make my keys"), "Make my keys");
    expect(said).toContain("Nobody can make them again for you");
    await fill(page, "Passphrase of the file", "short");
    await button(page, "Save the file").click();
    await page.getByText("It has fewer than 10 characters.").waitFor();
    await fill(page, "Passphrase of the file", PASSPHRASE);
    await fill(page, "Once more", PASSPHRASE);
    const file = await saved(page, () => button(page, "Save the file").click());
    expect(file.suggestedFilename()).toMatch(/^vitals-keys-\d+\.age$/);
    expect(readFileSync(await file.path(), "utf8").startsWith("age-encryption.org/v1")).toBe(true);
    await page.getByRole("heading", { name: "You are ready" }).waitFor();
  });

  test("a device is paired by the file it signed, and by no other’s", async () => {
    const { page } = me;
    await page.getByRole("link", { name: "Pair a device" }).first().click();
    await page.getByRole("heading", { level: 1, name: "Pair a device" }).waitFor();
    number = ((await page.locator("main code").first().textContent()) ?? "").trim();
    expect(await me.inspect()).toEqual([]);
    await fill(page, "Or paste its text", "{");
    await page.getByText("This is no JSON").waitFor();
    await fill(page, "Or paste its text", readFileSync(await other.pairingFile("1"), "utf8"));
    await page.getByText("This file is for another patient").waitFor();
    await fill(page, "Or paste its text", readFileSync(await gateway.own.pairingFile(number), "utf8"));
    await confirmed(page, button(page, "Pair it with me"), "Pair it with me");
    await page.getByText("The device is paired with you").waitFor();
    await page.getByLabel("Choose a file").setInputFiles(await heart.pairingFile(number));
    const said = await confirmed(page, button(page, "Pair it with me"), "Pair it with me");
    expect(said).toContain("Everybody can see");
    await page.getByText("The device is paired with you").waitFor();
    await me.go("/patient/devices");
    await page.getByText("attested by its maker").first().waitFor();
    expect(await me.inspect()).toEqual([]);
    await me.picture("patient-devices");
  });

  test("a gateway may seal, and a new reading is on the overview with its state in words", async () => {
    const { page } = me;
    await me.go("/patient/sharing");
    await page.getByRole("link", { name: "Let a gateway send" }).click();
    await fill(page, "Address of the account", await network.chain.address("gateway"));
    await button(page, "Next: what it means").click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.textContent()).toContain(
      "It reads what it measures and the care plan it watches by, and nothing from before.",
    );
    await button(dialog, "Give permission").click();
    await page.getByRole("heading", { level: 1, name: "Who may see what" }).waitFor({ timeout: 60_000 });
    await gateway.start({ patient: number, grant: "1", devices: [heart] });
    await heart.run(gateway, { batchSeconds: 3 });
    await me.go("/patient");
    await page.getByText(/within its limits|needs? a look/).waitFor({ timeout: 60_000 });
    const tile = page.locator("article", { hasText: "Heart rate" });
    await tile.getByText(/usual range/).waitFor();
    await tile.getByText("/min").waitFor();
    expect(await me.inspect()).toEqual([]);
    await me.picture("patient-overview");
  });

  test("a chart shows the readings by time, by hour, by day and as a table", async () => {
    const { page } = me;
    await page.getByRole("link", { name: "Heart rate" }).click();
    await page.getByText(/Heart rate: \d+ readings? from/).waitFor({ timeout: 60_000 });
    for (const view of ["By hour", "By day", "Readings"]) await page.getByText(view, { exact: true }).click();
    expect(await me.inspect()).toEqual([]);
    await me.picture("patient-measure");
    await page.getByLabel("Period", { exact: true }).selectOption({ label: "Last 7 days, by hour" });
    await page.getByText("Table", { exact: true }).click();
    await page.getByRole("table").waitFor();
  });
});

describe("who may see what", () => {
  test("a clinician is let in by a link’s form, with what it means in plain sentences", async () => {
    const { page } = me;
    const account = await network.chain.address("clinician");
    await me.go(
      `/patient/sharing/new?account=${account}&purposes=TREAT&categories=cardiac&actions=read,receive_alerts&back=1&days=30`,
    );
    await page.getByText("Somebody asks you for this").waitFor();
    await page.getByText("Attested as: clinician").waitFor();
    expect(await me.inspect()).toEqual([]);
    await button(page, "Next: what it means").click();
    const dialog = page.getByRole("dialog");
    const said = (await dialog.textContent()) ?? "";
    for (const words of ["May read heart and circulation", "it cannot be unread", "never a reading"])
      expect(said).toContain(words);
    await me.picture("patient-grant");
    await button(dialog, "Give permission").click();
    await page
      .getByText("May receive your alerts, read what they are about and answer them.")
      .waitFor({ timeout: 60_000 });
    expect(await me.inspect()).toEqual([]);
    await me.picture("patient-sharing");
  });

  test("ending it makes new keys, with visible progress, and readings go on under them", async () => {
    const { page } = me;
    const treatment = page.locator("section", { has: page.getByRole("heading", { name: "Treatment" }) });
    const said = await confirmed(page, button(treatment, "End it"), "End it");
    expect(said).toContain("New keys are made at once");
    expect(said).toContain("it cannot be unread");
    await page.getByText("New keys are in use (generation 2)").waitFor({ timeout: 90_000 });
    const vitals = await network.as("stranger");
    await expect
      .poll(async () => (await vitals.consent.patient({ patient: number })).pending, { timeout: 30_000 })
      .toBe(false);
    const sealed = async () => {
      const { batches } = await vitals.anchor.batches({ patient: number, category: "cardiac", limit: 30 });
      return batches.some(({ generation }) => generation === 2);
    };
    await expect.poll(sealed, { timeout: 60_000 }).toBe(true);
    await me.go("/patient");
    await page
      .locator("article", { hasText: "Heart rate" })
      .getByText(/usual range/)
      .waitFor({ timeout: 60_000 });
  });

  test("who saw what is listed, each release with its proof", async () => {
    const { page } = me;
    await me.go("/patient/receipts");
    await page.getByText(/Others opened something/).waitFor({ timeout: 60_000 });
    await page.getByText("Show what you opened yourself", { exact: false }).click();
    await page.getByText("Keys to seal").first().waitFor();
    expect(await me.inspect()).toEqual([]);
    await me.picture("patient-receipts");
  });
});

describe("insurance", () => {
  test("a policy is bought, and a claim publishes what was shown first, and is paid", async () => {
    await sellProduct();
    const { page } = me;
    await me.go("/patient/insurance");
    await page.getByRole("link", { name: "Read the terms" }).click();
    await page.getByText("A claim publishes readings").waitFor();
    expect(await me.inspect()).toEqual([]);
    await confirmed(page, button(page, "Take it out"), "Pay 0.006 VITAL");
    await page.getByText("You are covered").waitFor({ timeout: 60_000 });
    expect(await me.inspect()).toEqual([]);
    await page.getByRole("link", { name: "Claim", exact: true }).click();
    await expect
      .poll(
        async () => {
          await button(page, /^(Search my readings|Search again|Try again)$/)
            .first()
            .click();
          const found = page.getByText("3 readings meet the terms");
          const none = page.getByText("No readings of yours make a claim");
          await found.or(none).waitFor({ timeout: 60_000 });
          return found.isVisible();
        },
        { timeout: 120_000, interval: 4_000 },
      )
      .toBe(true);
    expect(await page.getByRole("table").getByRole("row").count()).toBe(4);
    expect(await me.inspect()).toEqual([]);
    await me.picture("patient-claim");
    const said = await confirmed(page, button(page, "Next: send the claim"), "Publish and claim");
    expect(said).toContain("go into a block that everybody can read");
    await page.getByRole("cell").getByText("0.05 VITAL").waitFor({ timeout: 60_000 });
    await me.picture("patient-policy");
  });
});

describe("the rare things", () => {
  test("every page bears axe at both widths, in light and dark", async () => {
    for (const path of [
      "alerts",
      "alerts/ladder",
      "medication",
      "emergency",
      "guardians",
      "keys",
      "export",
      "insurance",
    ]) {
      await me.go(`/patient/${path}`);
      await me.page.locator("main .loading").waitFor({ state: "detached" });
      expect(await me.inspect(), path).toEqual([]);
    }
  });

  test("a call list is set", async () => {
    const { page } = me;
    await me.go("/patient/alerts/ladder");
    await fill(page, "Accounts of those called", await network.chain.address("clinician"));
    await confirmed(page, button(page, "Save the call list"), "Save the call list");
    await page.getByText("The call list is saved.").waitFor();
  });

  test("a guardian is appointed and dismissed", async () => {
    const { page } = me;
    await me.go("/patient/guardians");
    await fill(page, "Address of their account", await network.chain.address("guardian"));
    await confirmed(page, button(page, "Next: what it means"), "Appoint");
    await page.getByRole("cell").getByText("recover your account").waitFor();
    await confirmed(page, button(page, "Dismiss"), "Dismiss");
    await page.getByText("Can still recover until").or(page.getByText("You have no guardians")).first().waitFor();
  });

  test("everything is taken along in one archive", async () => {
    const { page } = me;
    await me.go("/patient/export");
    const archive = await saved(page, () => button(page, "Make the archive").click());
    expect(archive.suggestedFilename()).toMatch(/^vitals-\d+-\d{4}-\d\d-\d\d\.zip$/);
    const bytes = readFileSync(await archive.path()).toString("latin1");
    for (const name of ["manifest.json", "readings/heart_rate.csv", "chain/grants.json", "receipts/"])
      expect(bytes).toContain(name);
  });

  test("a backup restores the keys, and one of another passphrase does not", async () => {
    const { page } = me;
    await me.go("/patient/keys");
    const backup = page.locator("section", { has: page.getByRole("heading", { name: "Save a backup file" }) });
    await backup.getByLabel("Passphrase of the file").fill(PASSPHRASE);
    await backup.getByLabel("Once more").fill(PASSPHRASE);
    const file = await (await saved(page, () => button(page, "Save the file").click())).path();
    const restore = page.locator("section", { has: page.getByRole("heading", { name: "Restore keys" }) });
    await restore.getByLabel("The file", { exact: true }).setInputFiles(file);
    await restore.getByLabel("Passphrase of the file").fill("not the one it was");
    await button(restore, "Restore").click();
    await restore.locator(".notice-danger").waitFor({ timeout: 60_000 });
    await restore.getByLabel("Passphrase of the file").fill(PASSPHRASE);
    await button(restore, "Restore").click();
    await page.getByText("The keys are in this browser").waitFor({ timeout: 60_000 });
    await page.getByText("They are the keys the chain knows").waitFor();
  });

  test("a lost device is reported and says so", async () => {
    const { page } = me;
    await me.go("/patient/devices");
    const card = page.locator("section", { hasText: "heart-monitor" });
    await confirmed(page, button(card, "Report it lost"), "Report it lost");
    await card.getByText("Reported lost").waitFor({ timeout: 30_000 });
  });

  test("nothing went wrong in any window, and nobody else was asked", () => {
    expect(stage.faults()).toEqual([]);
  });
});

/** A product that three heart rates of at least 40 a minute meet: what a device plays is claimed at once. */
async function sellProduct(): Promise<void> {
  const rule = {
    conditions: [{ measure: "heart_rate", comparison: "at_least", threshold: 400 }],
    ...{ readings: 3, spaced_s: 1, within_s: 600, anchored_within_s: 7_200, min_assurance: "maker" },
    ...{ accept_questionable: true, paired_for_s: 0, calibrated: false, accept_simulated: true },
  };
  const terms = {
    benefit: { per_event: { amount: "50000", max_claims: 3, separation_s: 60 } },
    premium: { once: { amount: "6000" } },
    ...{ minimum_charge: "1000", term_s: 864_000, waiting_s: 0, file_within_s: 86_400, reward: null },
    terms_digest: Buffer.alloc(32, 7).toString("base64"),
    evidence: { disclosed: { models: [], rule } },
  };
  const msg = { create_product: { insurer: null, product: { denom: { native: "uvital" }, terms } } };
  await network.send("insurer", { contract: "claims", msg });
  await network.send(
    "insurer",
    withFunds(claimsCalls.deposit({ product: "1" }), [{ denom: "uvital", amount: "500000" }]),
  );
}
