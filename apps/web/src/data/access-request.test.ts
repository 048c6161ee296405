import { describe, expect, it } from "vitest";
import { type AccessRequest, readRequest, requestLink, requestQuery } from "./access-request";

const WHOLE: AccessRequest = {
  grantee: { account: "wasm1clinician" },
  purposes: ["TREAT"],
  categories: ["cardiac", "respiratory"],
  actions: ["read", "receive_alerts", "write_plan"],
  back: 30,
  days: 90,
  note: "Ward 4, Dr Sample & team",
};

const read = (query: string) => readRequest(new URLSearchParams(query));

describe("a request for access", () => {
  it("comes back from its link as it was", () => {
    expect(read(requestQuery(WHOLE))).toEqual(WHOLE);
    const forTeam: AccessRequest = { ...WHOLE, grantee: { team: "18446744073709551615" } };
    expect(read(requestQuery(forTeam))).toEqual(forTeam);
  });

  it("is a link to the patient form of the same app, whatever page it is made on", () => {
    const link = requestLink(WHOLE, "https://vitals.example/app/#/clinician/access");
    expect(link.startsWith("https://vitals.example/app/#/patient/sharing/new?account=wasm1clinician&")).toBe(true);
  });

  it("leaves out what it does not understand instead of guessing", () => {
    expect(read("account=<script>&purposes=BUY&categories=genome&actions=own&back=-1&days=0")).toEqual({});
    expect(read("account=wasm1a&team=3")).toEqual({});
    expect(read("team=0")).toEqual({});
    expect(read("days=36501&back=1e3")).toEqual({});
    expect(read("")).toEqual({});
  });

  it("takes known names beside unknown ones, each once", () => {
    expect(read("categories=cardiac,genome,cardiac").categories).toEqual(["cardiac"]);
  });

  it("cuts a note that is too long", () => {
    expect(read(`note=${"x".repeat(1000)}`).note).toHaveLength(140);
  });
});
