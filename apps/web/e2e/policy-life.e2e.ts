/** A policy from its offer to its end, by clicks: accepted or let pass, paid for, missed, lapsed, cancelled, used up, over. */
import { claimsCalls } from "@cw-vitals/client";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { button, confirmed } from "./clicks";
import type { Device } from "./device";
import type { Gateway } from "./gateway";
import { type Person, Stage } from "./harness";
import { bind, DAY_S, episodes, inState, offer, open, past, policyOf, poolOf, sell } from "./insured";
import { Network } from "./network";
import { Patient } from "./patient";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 600_000 });
const LONG = { timeout: 90_000 };

let network: Network;
let stage: Stage;
let patient: Patient;
let me: Person;
let stranger: Person;

beforeAll(async () => {
  network = await Network.start();
  stage = await Stage.on(network);
  patient = await Patient.admit(network, "patient");
  me = await open(stage, await patient.link());
  stranger = await open(stage, await network.link("insurer", "stranger"));
});

afterEach(() => expect(stage.faults()).toEqual([]));

afterAll(async () => {
  await stage?.close();
  await network?.stop();
});

async function at(person: Person, role: "patient/insurance" | "insurer", policy: string): Promise<Page> {
  await person.go(`/${role}/policies/${policy}`);
  await person.page.getByRole("heading", { level: 1, name: `Policy ${policy}` }).waitFor();
  return person.page;
}

const mine = (policy: string) => at(me, "patient/insurance", policy);
const anybody = (policy: string) => at(stranger, "insurer", policy);
/** The value beside a name in a list of facts. */
const fact = (page: Page, name: string) =>
  page.locator("dt", { hasText: new RegExp(`^${name}$`) }).locator("xpath=following-sibling::dd[1]");

describe("an offer", () => {
  let product: string;

  beforeAll(async () => {
    product = await sell(network, episodes(), "2000000");
  });

  test("costs the patient nothing, and is cover once it is accepted", async () => {
    const policy = await offer(network, "guardian", patient, product, DAY_S);
    await me.go("/patient/insurance");
    await me.page.getByRole("link", { name: "Look at the offer" }).click(LONG);
    await me.page.getByText("Somebody paid the first premium for you.", { exact: false }).waitFor();
    expect((await poolOf(network, product)).held).toBe("6000");
    expect(await me.inspect()).toEqual([]);
    const said = await confirmed(me.page, button(me.page, "Accept the offer"));
    expect(said).toContain("It costs you nothing now");
    await me.page.getByText("You are covered").waitFor(LONG);
    expect(await poolOf(network, product)).toMatchObject({ held: "0", premiums: "6000", locked: "156000" });
    await network.send("patient", claimsCalls.cancel({ policy, ground: { patient: {} } }));
  });

  test("that is let pass cannot be accepted, and anybody gives its premium back", async () => {
    const policy = await offer(network, "guardian", patient, product, 5);
    const page = await mine(policy);
    await button(page, "Accept the offer").waitFor(LONG);
    await page.getByText("Offer is over").waitFor(LONG);
    expect(await button(page, "Accept the offer").count()).toBe(0);
    const other = await anybody(policy);
    await confirmed(other, button(other, "Withdraw the offer"));
    await other.getByText("The offer was withdrawn and its premium given back.").waitFor(LONG);
    expect(await poolOf(network, product)).toMatchObject({ held: "0" });
    await page.getByText("The premium went back to who paid it.").waitFor(LONG);
  });
});

describe("a policy by instalments", () => {
  const EVERY_S = 20;
  const byInstalments = (everyS: number, graceS: number) => {
    const premium = { instalments: { amount: "2500", every_s: everyS, grace_s: graceS } };
    return episodes({ premium, minimum_charge: "0", term_s: 30 * everyS, file_within_s: 600 });
  };

  test("is paid once it is due, or ahead; the page turns by itself", async () => {
    const { page } = me;
    const product = await sell(network, byInstalments(EVERY_S, 300), "2000000");
    await me.go(`/patient/insurance/products/${product}`);
    await page.getByText("Costs 0.0025 VITAL when you take it out, and again every 20 seconds.").waitFor();
    await confirmed(page, button(page, "Take it out"), "Pay 0.0025 VITAL");
    await page.getByRole("heading", { level: 1, name: /^Policy/ }).waitFor();
    const policy = new URL(page.url()).hash.split("/").at(-1) ?? "";
    await page.getByText("Payment is due").waitFor();
    expect(await page.getByRole("link", { name: "Claim", exact: true }).count()).toBe(0);
    const said = await confirmed(page, button(page, "Pay the instalment"));
    expect(said).toContain("Pay 0.0025 VITAL?");
    await expect.poll(() => fact(page, "Premium paid").textContent(), LONG).toBe("0.005 VITAL");
    await confirmed(page, button(page, "Pay the instalment"));
    await expect.poll(() => fact(page, "Premium paid").textContent(), LONG).toBe("0.0075 VITAL");
    const { next_due, bound_at } = await policyOf(network, policy);
    expect(next_due).toBe(bound_at + 3 * EVERY_S);
  });

  test("whose payment is missed says so without a reload, and lapses by anybody’s click", async () => {
    const product = await sell(network, byInstalments(6, 5), "2000000");
    const policy = await bind(network, patient, product, "2500");
    const page = await mine(policy);
    await page.getByText("Payment was missed").waitFor();
    expect(await button(page, "Pay the instalment").count()).toBe(0);
    const other = await anybody(policy);
    const said = await confirmed(other, button(other, "Let the policy lapse"));
    expect(said).toContain("Cover ended when the unpaid instalment was due");
    await page.getByText("Ended for want of payment").waitFor();
    const { covered_until, bound_at, state } = await policyOf(network, policy);
    expect([state, covered_until]).toEqual(["lapsed", bound_at + 6]);
    expect(await poolOf(network, product)).toMatchObject({ premiums: "2500", refunded: "0" });
    expect(await stranger.inspect()).toEqual([]);
  });
});

describe("a policy paid once", () => {
  test("that is cancelled says what comes back, and gives it back when the patient ends it", async () => {
    const terms = episodes({ term_s: 100_000, file_within_s: 20 });
    const product = await sell(network, terms, "2000000");
    const policy = await bind(network, patient, product);
    // cancelled before it covered anything, it would end at once
    await past(network, (await policyOf(network, policy)).covered_from + 1);
    const page = await mine(policy);
    const said = await confirmed(page, button(page, "Cancel the policy"));
    expect(said).toContain("less 0.001 VITAL");
    await page.getByText("Cancelled", { exact: true }).waitFor(LONG);
    const due = fact(page, "Paid back at the end, unless a claim is paid");
    // of 0.006 a second or two of 100,000 were used, and never more than all but the charge comes back
    await expect.poll(() => due.textContent(), LONG).toMatch(/^0\.00(5|49\d*) VITAL$/);
    const shown = Number(((await due.textContent()) ?? "").split(" ")[0]) * 1_000_000;
    await button(page, "End it and free its money").waitFor(LONG);
    await confirmed(page, button(page, "End it and free its money"));
    await page.getByText("Ended", { exact: true }).waitFor(LONG);
    const pool = await poolOf(network, product);
    expect(Math.round(shown)).toBe(Number(pool.refunded));
    expect(pool).toMatchObject({ locked: "0", premiums: "6000" });
    expect(Number(pool.refunded)).toBeGreaterThan(4_900);
    // another one may be taken out
    await me.go(`/patient/insurance/products/${product}`);
    await button(page, "Take it out").waitFor(LONG);
  });

  test("runs out by itself, and the money locked for it is free again", async () => {
    const product = await sell(network, episodes({ term_s: 10, file_within_s: 5 }), "2000000");
    const policy = await bind(network, patient, product);
    const page = await mine(policy);
    await page.getByText("Cover is over, claims are open").waitFor(LONG);
    await page.getByText("The time to claim has passed.").waitFor(LONG);
    expect((await poolOf(network, product)).locked).toBe("156000");
    await confirmed(page, button(page, "End it and free its money"));
    await inState(network, policy, "expired");
    expect(await poolOf(network, product)).toMatchObject({ locked: "0", free: "2006000" });
  });
});

describe("a policy that pays for readings", () => {
  let heart: Device;
  let gateway: Gateway;

  beforeAll(async () => {
    heart = await network.newDevice("heart-monitor", "heart");
    gateway = await patient.gateway("gateway", [heart]);
    await heart.run(gateway);
  });

  afterAll(async () => {
    await heart?.stop();
    await gateway?.stop();
  });

  /** Searches until readings of after the binding are there, and sends the claim; what the dialog said. */
  async function claim(policy: string): Promise<string> {
    const { page } = me;
    await me.go(`/patient/insurance/policies/${policy}/claim`);
    const again = button(page, /^(Search my readings|Search again|Try again)$/).first();
    const found = page.getByText("2 readings meet the terms");
    await expect
      .poll(
        async () => {
          await again.click();
          await found.or(page.getByText("No readings of yours make a claim")).waitFor(LONG);
          return found.isVisible();
        },
        { timeout: 110_000, interval: 2_000 },
      )
      .toBe(true);
    return confirmed(page, button(page, "Next: send the claim"), "Publish and claim");
  }

  test("that paid all it pays is used up, frees the rest, and another may be taken out", async () => {
    const benefit = { per_event: { amount: "50000", max_claims: 1, separation_s: 1 } };
    const product = await sell(network, episodes({ benefit }), "2000000");
    const policy = await bind(network, patient, product);
    const said = await claim(policy);
    expect(said).toContain("0.05 VITAL is paid at once");
    await me.page.getByText("Everything was paid").waitFor(LONG);
    expect(await me.page.getByRole("link", { name: "Claim", exact: true }).count()).toBe(0);
    await expect.poll(() => fact(me.page, "Paid so far").textContent()).toBe("1 of 1 at most");
    expect(await poolOf(network, product)).toMatchObject({ paid: "50000", locked: "0", free: "1956000" });
    await me.go(`/patient/insurance/products/${product}`);
    await button(me.page, "Take it out").waitFor(LONG);
  });

  test("by the day pays a day once, and says why it is not paid again", async () => {
    const { page } = me;
    const benefit = { per_day: { amount: "10000", max_days: 3 } };
    const product = await sell(network, episodes({ benefit }), "2000000");
    const policy = await bind(network, patient, product);
    await mine(policy);
    await page.getByText("Pays 0.01 VITAL for each day, 3 days at most.").waitFor(LONG);
    await claim(policy);
    await expect.poll(() => fact(page, "Paid so far").textContent(), LONG).toBe("1 of 3 at most");
    await page.getByRole("link", { name: "Claim", exact: true }).click();
    await button(page, "Search my readings").click();
    await page.getByText("No readings of yours make a claim").waitFor(LONG);
    // of readings in that day alone, or of others that no claim may take
    const why = page.locator("main .notice-danger").first();
    await why.waitFor();
    expect(await why.textContent()).toMatch(
      /a day, like a stretch of time, counts once|readings clear of claims paid are asked for/,
    );
    expect(await me.inspect()).toEqual([]);
    expect((await poolOf(network, product)).paid).toBe("10000");
  });
});
