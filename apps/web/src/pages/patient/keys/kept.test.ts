// @vitest-environment node
import { Identity, inCore, Keyring, loadCore } from "@cw-vitals/client/core";
import { beforeAll, expect, it } from "vitest";
import { keptKeyring } from "../../../session/keyring";
import { keptKeys } from "./kept";

beforeAll(() => loadCore());

it("a generation that was drawn and not saved is none of the keys in this browser", () => {
  const identity = Identity.create().reveal();
  const keys = inCore(() => Keyring.create("7", 1));
  const secrets = { identity, keyring: keptKeyring(keys, identity) };
  inCore(() => keys.addGeneration(500_000));
  const { recipient } = keys;
  expect(keptKeys(secrets, undefined)).toEqual({ latest: 1, generations: 1, recipient, unfit: undefined });
});

it("keys that are not as the chain says are told with the reason", () => {
  const identity = Identity.create().reveal();
  const secrets = {
    identity,
    keyring: keptKeyring(
      inCore(() => Keyring.create("7", 1)),
      identity,
    ),
  };
  expect(keptKeys(secrets, { patient: "8" }).unfit).toBeDefined();
});
