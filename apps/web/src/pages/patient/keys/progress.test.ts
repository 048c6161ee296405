import type * as consent from "@cw-vitals/client/consent";
import { VitalsError } from "@cw-vitals/client/errors";
import { expect, it } from "vitest";
import { keeping, rotationProgress, worthTelling } from "./progress";

const grant = (number: string, change: object = {}) =>
  ({ grant: number, actions: ["read"], revoked: false, valid_until: 1000, ...change }) as consent.GrantInfo;
const roll = (generation: number) => ({ digest: "", recipient_hash: "", generation, until: 0, erasures: 0 });

it("counts grants that still let somebody have keys", () => {
  const grants = [
    grant("1"),
    grant("2", { revoked: true }),
    grant("3", { valid_until: 5 }),
    grant("4", { actions: ["receive_alerts"] }),
    grant("5", { actions: ["seal"] }),
  ];
  expect(keeping(grants, 6000).map(({ grant: number }) => number)).toEqual(["1", "5"]);
});

it("is as far as packages of the new generation were sealed", () => {
  const grants = [grant("1"), grant("2"), grant("3")];
  const memory = { rotating: 4, rolls: { "1": roll(4), "2": roll(3) }, emergency: null };
  expect(rotationProgress(memory, grants, 0)).toEqual({ done: 1, total: 3 });
  expect(rotationProgress({ ...memory, rotating: null }, grants, 0)).toEqual({ done: 0, total: 3 });
  expect(rotationProgress(undefined, [], 0)).toEqual({ done: 0, total: 0 });
});

it("tells of those who should have keys, not of those who lost them", () => {
  const skipped = ["consent/grant_revoked", "keys/no_recipient", "consent/grant_expired"].map((code) => ({
    grant: "1",
    error: new VitalsError(code, ""),
  }));
  expect(worthTelling(skipped).map(({ error }) => error.code)).toEqual(["keys/no_recipient"]);
});
