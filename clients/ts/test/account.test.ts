import { serializeSignDoc } from "@cosmjs/amino";
import { Secp256k1, Secp256k1Signature, sha256 } from "@cosmjs/crypto";
import { expect, test } from "vitest";

import { arbitrarySignDoc, localAccount } from "../src/account.js";
import { WORDS } from "./config.js";

test("the document signed over bytes is the canonical one of ADR-036", () => {
  const doc = new TextDecoder().decode(serializeSignDoc(arbitrarySignDoc(new TextEncoder().encode("hi"), "cosmos1x")));
  // the same text as packages/vault-client/src/request.rs has
  expect(doc).toBe(
    '{"account_number":"0","chain_id":"","fee":{"amount":[],"gas":"0"},"memo":"","msgs":[{"type":"sign/MsgSignData","value":{"data":"aGk=","signer":"cosmos1x"}}],"sequence":"0"}',
  );
});

test("an account signs bytes with the key of its address", async () => {
  const account = await localAccount(WORDS, "cosmos");
  expect(account.address).toBe("cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4");
  const data = new Uint8Array([1, 2, 3]);
  const signature = Secp256k1Signature.fromFixedLength(await account.signArbitrary(data));
  const document = sha256(serializeSignDoc(arbitrarySignDoc(data, account.address)));
  expect(await Secp256k1.verifySignature(signature, document, account.publicKey)).toBe(true);
});

test("words that make no account are refused without being repeated", async () => {
  const refused = await localAccount("wrong secret words", "wasm").catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: "account/mnemonic" });
  expect(String(refused)).not.toContain("secret");
});
