import { describe, expect, it } from "vitest";
import { formOf, grantOf, grantState, isAddress, newForm, problems, reachesBeyond, withOccasion } from "./grant-form";

const NOW = Date.parse("2026-05-10T09:30:00Z");
const ZONE = "Europe/Berlin";
const ALICE = `wasm1${"q".repeat(38)}`;
const HERE = { now: NOW, timeZone: ZONE, prefix: "wasm", self: `wasm1${"p".repeat(38)}` };
const filled = () => ({ ...newForm(NOW, ZONE), account: ALICE });

describe("a grant form", () => {
  it("begins with today and 90 days, and lacks only whom", () => {
    expect(newForm(NOW, ZONE)).toMatchObject({ from: "2026-05-10", until: "2026-08-08" });
    expect([...problems(newForm(NOW, ZONE), HERE)]).toEqual(["account"]);
    expect(problems(filled(), HERE).size).toBe(0);
  });

  it.each([
    [{ account: HERE.self }, "account_self"],
    [{ account: ALICE.toUpperCase() }, "account"],
    [{ account: ALICE.replace("wasm", "cosmos") }, "account"],
    [{ to: "team" as const, team: "0" }, "team"],
    [{ to: "team" as const, team: "ward" }, "team"],
    [{ categories: [] }, "categories"],
    [{ from: "" }, "from"],
    [{ from: "1969-12-30" }, "from"],
    [{ until: "later" }, "until"],
    [{ until: "2026-05-09", from: "2026-05-01" }, "until_past"],
    [{ from: "2026-09-01" }, "order"],
  ])("with %j has the problem %s", (change, problem) => {
    expect([...problems({ ...filled(), ...change }, HERE)]).toContain(problem);
  });

  it("ends before the year 10000 begins", () => {
    const last = { ...filled(), until: "9999-12-31" };
    expect([...problems(last, { ...HERE, timeZone: "UTC" })]).toEqual(["until"]);
    expect(problems(last, HERE).size).toBe(0);
  });

  it("makes a grant of whole hours, from the first local day to the end of the last", () => {
    const grant = grantOf(filled(), HERE);
    expect(grant.window.from).toBe(Date.parse("2026-05-09T22:00:00Z") / 3_600_000);
    expect(grant.window.to).toBe(Date.parse("2026-08-08T22:00:00Z") / 3_600_000);
    expect(grant.valid_until).toBe(Date.parse("2026-08-08T22:00:00Z") / 1000);
    expect(grant).toMatchObject({
      grantee: { account: ALICE },
      purposes: ["TREAT"],
      actions: ["read", "receive_alerts", "write_plan"],
    });
  });

  it("reaches to the end of an hour where the local day does not end with one", () => {
    const { window } = grantOf(filled(), { timeZone: "Asia/Kolkata" });
    expect(window.to).toBe(Math.ceil(Date.parse("2026-08-08T18:30:00Z") / 3_600_000));
  });

  it("drops what another occasion does not allow", () => {
    const form = withOccasion({ ...filled(), to: "team", team: "3" }, "gateway");
    expect(form.actions).toEqual([]);
    expect(form.to).toBe("account");
    expect(grantOf({ ...form, account: ALICE }, HERE).actions).toEqual(["seal"]);
    expect(withOccasion(filled(), "family").actions).toEqual(["receive_alerts"]);
  });

  it("comes back from the grant it made", () => {
    const made = { ...grantOf(filled(), HERE), grant: "1", revoked: false, valid_from: 0 };
    expect(formOf(made, ZONE)).toEqual(filled());
  });
});

describe("the state of a grant", () => {
  const grant = { revoked: false, valid_from: NOW / 1000 - 10, valid_until: NOW / 1000 + 10 };
  it("is live from its first second until just before its last", () => {
    expect(grantState(grant, NOW)).toBe("live");
    expect(grantState(grant, NOW - 10_001)).toBe("later");
    expect(grantState(grant, NOW + 9_999)).toBe("live");
    expect(grantState(grant, NOW + 10_000)).toBe("over");
    expect(grantState({ ...grant, revoked: true }, NOW)).toBe("revoked");
  });

  it("asks for new keys only where somebody may hold keys to what comes", () => {
    const hour = NOW / 3_600_000;
    const reads = { actions: ["read" as const], window: { from: 0, to: Math.ceil(hour) }, revoked: false };
    expect(reachesBeyond(reads, NOW)).toBe(true);
    expect(reachesBeyond({ ...reads, window: { from: 0, to: Math.floor(hour) } }, NOW)).toBe(false);
    expect(reachesBeyond({ ...reads, actions: ["receive_alerts"] }, NOW)).toBe(false);
    expect(reachesBeyond({ ...reads, revoked: true }, NOW)).toBe(false);
  });
});

it("an address is lower case, of this chain, and long enough", () => {
  expect(isAddress(ALICE, "wasm")).toBe(true);
  expect(isAddress("wasm1short", "wasm")).toBe(false);
  expect(isAddress(`${ALICE}!`, "wasm")).toBe(false);
});
