import type { GrantInfo } from "@cw-vitals/client/consent";
import { describe, expect, it } from "vitest";
import { anyGround, groundForAll, holding, names } from "./access";

const GRANT: GrantInfo = {
  grant: "3",
  grantee: { account: "wasm1me" },
  actions: ["read"],
  categories: ["cardiac"],
  purposes: ["TREAT"],
  revoked: false,
  valid_from: 100,
  valid_until: 200,
  window: { from: 0, to: 10 },
};

/** Permits by the grant of a category. */
const chain = (by: Record<string, number>) => ({
  consent: {
    decide: async ({ category }: { category: string }) =>
      category in by ? { permit: { by: { grant: { id: by[category] } } } } : { refuse: { code: "x", reason: "y" } },
  },
});
type Chain = Parameters<typeof anyGround>[0];
const WANTED = { patient: "7", who: "wasm1me", action: "read", epoch: 5 } as const;

describe("a grant", () => {
  it("holds from its first second to before its end, unless it is revoked", () => {
    expect([99, 100, 199, 200].map((at) => holding(GRANT, at))).toEqual(["not_yet", "live", "live", "expired"]);
    expect(holding({ ...GRANT, revoked: true }, 150)).toBe("revoked");
  });

  it("is one’s own by the account or by a team", () => {
    expect(names(GRANT, "wasm1me", [])).toBe(true);
    expect(names(GRANT, "wasm1other", ["5"])).toBe(false);
    expect(names({ grantee: { team: "5" } }, "wasm1other", ["5"])).toBe(true);
  });
});

describe("a ground", () => {
  it("is the first category’s that permits", async () => {
    expect(await anyGround(chain({ metabolic: 4 }) as unknown as Chain, WANTED)).toEqual({ grant: { id: 4 } });
    expect(await anyGround(chain({}) as unknown as Chain, WANTED)).toBeUndefined();
  });

  it("of all categories is one and the same, or none", async () => {
    const of = (by: Record<string, number>) =>
      groundForAll(chain(by) as unknown as Chain, WANTED, ["cardiac", "respiratory"]);
    expect(await of({ cardiac: 3, respiratory: 3 })).toEqual({ grant: { id: 3 } });
    expect(await of({ cardiac: 3, respiratory: 4 })).toBeUndefined();
    expect(await of({ cardiac: 3 })).toBeUndefined();
  });
});
