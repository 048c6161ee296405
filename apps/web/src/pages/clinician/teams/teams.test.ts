import { describe, expect, it } from "vitest";
import { partsOf, sortedTeams, type Team } from "./teams";

const INFO = { admin: "boss", places: 2, team: "4" };
const MEMBERS = [
  { account: "me", joined: true },
  { account: "guest", joined: false },
];

describe("teams", () => {
  it("know what one is to them", () => {
    expect(partsOf(INFO, MEMBERS, "me")).toEqual(["member"]);
    expect(partsOf(INFO, MEMBERS, "guest")).toEqual(["invited"]);
    expect(partsOf(INFO, MEMBERS, "boss")).toEqual(["admin"]);
    expect(partsOf({ ...INFO, admin: "me" }, MEMBERS, "me")).toEqual(["admin", "member"]);
    expect(partsOf({ ...INFO, proposed_admin: "me" }, MEMBERS, "me")).toEqual(["proposed_admin", "member"]);
    expect(partsOf(INFO, MEMBERS, "stranger")).toEqual([]);
  });

  it("that wait for an answer come first, else by number", () => {
    const team = (number: string, ...parts: Team["parts"]): Team => ({
      info: { ...INFO, team: number },
      members: [],
      parts,
    });
    const order = sortedTeams([team("9", "member"), team("10", "member"), team("3", "admin"), team("8", "invited")]);
    expect(order.map(({ info }) => info.team)).toEqual(["8", "3", "9", "10"]);
  });
});
