import { describe, expect, it } from "vitest";
import { readRequest, requestQuery } from "../../../data/access-request";
import { newForm } from "./grant-form";
import { formOfRequest } from "./request-form";

const NOW = Date.parse("2026-05-10T09:30:00Z");
const empty = newForm(NOW, "UTC");
const filled = (query: string) => formOfRequest(readRequest(new URLSearchParams(query)), empty, NOW, "UTC");

describe("a request for access", () => {
  it("fills in what it asks for", () => {
    const query = requestQuery({
      grantee: { account: "wasm1doctor" },
      purposes: ["TREAT"],
      categories: ["cardiac"],
      actions: ["read", "write_plan"],
      back: 30,
      days: 90,
    });
    expect(filled(query)).toEqual({
      ...empty,
      account: "wasm1doctor",
      categories: ["cardiac"],
      actions: ["write_plan"],
      from: "2026-04-10",
      until: "2026-08-08",
    });
  });

  it("that says nothing fills nothing in", () => expect(filled("")).toEqual(empty));

  it("cannot ask for what its purpose does not allow", () => {
    expect(filled("account=wasm1x&purposes=FAMRQT&actions=read,disclose,write_plan").actions).toEqual([]);
  });

  it("to seal is a gateway’s: an account’s, for a year", () => {
    expect(filled("team=3&actions=seal")).toMatchObject({
      occasion: "gateway",
      to: "account",
      team: "",
      until: "2027-05-10",
    });
  });

  it("reaches back no further than time does", () => {
    expect(filled("account=wasm1x&back=36500").from).toBe("1970-01-01");
  });
});
