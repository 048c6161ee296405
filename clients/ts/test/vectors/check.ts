// The vectors of testdata/, held against the core. Runs in Node and, bundled, in a browser: it uses neither's own.

import { fromBase64, fromHex, toBase64, toHex } from "@cosmjs/encoding";

import {
  checkEvidence,
  checkReceipt,
  combineRecovery,
  digest,
  EmergencyShares,
  Identity,
  inCore,
  KeyPackage,
  Keyring,
  loadCore,
  readPairing,
  readRegistration,
  sealTo,
} from "../../src/core/index.js";
import { VitalsError } from "../../src/errors.js";

/** A file of testdata/vectors. */
// biome-ignore lint/suspicious/noExplicitAny: the files have no types, and a wrong field fails its comparison
export type Vector = any;

/** The files that are read. */
export const NAMES = ["batch", "package", "emergency", "key_file", "receipt", "registration", "tree"] as const;
export type Vectors = Record<(typeof NAMES)[number], Vector>;

/** What is compared, by name; each gives pairs of what came and what is expected. */
const CHECKS: Record<string, (vectors: Vectors) => [unknown, unknown][]> = {
  "a batch opens to the readings that were sealed": ({ batch }) => {
    const opened = packageOf(batch).openBatch(batch.info, fromBase64(batch.sealed));
    const column = (at: number) => batch.readings.map((reading: number[]) => reading[at]);
    const { measures, values, times, flags } = opened;
    return [measures, values, times, flags].map((found, at) => [[...found], column(at)]);
  },
  "a batch that is not what was anchored is refused by its code": ({ batch }) =>
    batch.refused.map((bad: Vector) => [
      codeOf(() => packageOf(batch).openBatch(bad.info, fromBase64(bad.sealed))),
      bad.code,
    ]),
  "a key package sealed by npm's age opens, for its identity alone": ({ package: vector }) => {
    const opened = KeyPackage.open(fromHex(vector.file), Identity.parse(vector.identity));
    const entries = opened
      .entries()
      .map(({ generation, category, windows }) => ({ generation, category, ...windows[0] }));
    const closed = codeOf(() => KeyPackage.open(fromHex(vector.file), Identity.create()));
    return [
      [opened.patient, vector.patient],
      [entries, vector.entries],
      [toHex(digest(fromHex(vector.file))), vector.digest],
      [closed, "package/age"],
    ];
  },
  "what a device signed is read, and what is no such body refused": ({ registration: vector }) => [
    ...vector.pairings.map(({ bytes, device, action, patient }: Vector) => [
      readPairing(fromHex(bytes)),
      { device, action, patient },
    ]),
    ...vector.registrations.map((told: Vector) => [
      readRegistration(fromHex(told.bytes)),
      {
        key: { scheme: told.scheme, bytes: toBase64(fromHex(told.public_key)) },
        model: told.model,
        firmware: told.firmware,
        serialCommitment: told.serial_commitment,
        heldByGateway: told.held_by_gateway,
        registrant: told.registrant,
      },
    ]),
    ...vector.refused_pairings.map(({ bytes }: Vector) => [
      codeOf(() => readPairing(fromHex(bytes)))?.split("/")[0],
      "format",
    ]),
  ],
  "enough emergency shares give the identity, too few none": ({ emergency: vector }) => {
    const responder = Identity.create();
    const shares = new EmergencyShares();
    const add = (share: string): void => shares.add(sealTo([responder.recipient], fromHex(share)), responder);
    vector.emergency.shares.slice(0, vector.threshold - 1).forEach(add);
    const tooFew = codeOf(() => shares.combine());
    vector.emergency.shares.slice(vector.threshold - 1).forEach(add);
    const key = shares.combine();
    return [
      [tooFew, "emergency/too_few"],
      [key.identity().reveal(), vector.identity],
      [key.identity().recipient, vector.recipient],
      [toHex(key.packageDigest), vector.emergency.package],
    ];
  },
  "guardians' lines give the recovery identity": ({ emergency: vector }) => [
    [combineRecovery(vector.recovery.shares).recipient, vector.recipient],
  ],
  "key files of every version open with their passphrase": ({ key_file: vector }) =>
    Object.values<string>(vector.files).flatMap((file) => {
      const keys = Keyring.unlock(fromBase64(file), vector.passphrase);
      return [
        [keys.patient, vector.patient],
        [keys.recipient, vector.recipient],
      ];
    }),
  "receipts are read, and proved in every log that has them": ({ receipt: vector }) =>
    vector.logs.flatMap(({ count, root, inclusion }: Vector) =>
      inclusion.map(({ index, proof }: Vector) => {
        const { bytes, patient, at, who, purpose } = vector.receipts[index];
        const receipt = { index, receipt: base64(bytes), proof: base64(proof) };
        const told = checkReceipt({ receipt, head: { count, root: base64(root) } });
        return [
          [told.proof, told.patient, told.at, told.who, told.purpose ?? null],
          ["proved", patient, at, who, purpose ?? null],
        ];
      }),
    ),
  "readings that a claim publishes are shown by their multiproof": ({ tree, batch }) =>
    tree.batches.flatMap(({ category, root, readings, proofs }: Vector) =>
      proofs.map(({ indices, encoded }: Vector) => {
        const names = ["cardiac", "respiratory", "temperature", "metabolic", "activity", "medication"];
        const id = { ...batch.info.id, category: names[category - 1] };
        const info = { ...batch.info, id, root: base64(root), count: readings.length };
        return [checkEvidence(info, fromHex(encoded)).map(({ index }) => index), indices];
      }),
    ),
};

const base64 = (hex: string): string => toBase64(fromHex(hex));
const packageOf = (vector: Vector): KeyPackage =>
  KeyPackage.open(fromBase64(vector.package), Identity.parse(vector.identity));

function codeOf(call: () => unknown): string {
  try {
    inCore(call);
    return "taken";
  } catch (error) {
    return error instanceof VitalsError ? error.code : String(error);
  }
}

/** How many comparisons each check made, and which did not hold. */
export async function checkVectors(vectors: Vectors): Promise<{ name: string; compared: number; wrong: string[] }[]> {
  await loadCore();
  return Object.entries(CHECKS).map(([name, check]) => {
    try {
      const pairs = check(vectors).map((pair) => pair.map((value) => JSON.stringify(value)));
      const wrong = pairs
        .filter(([came, expected]) => came !== expected)
        .map(([came, expected]) => `${came} is not ${expected}`);
      return { name, compared: pairs.length, wrong };
    } catch (error) {
      return { name, compared: 0, wrong: [String(error)] };
    }
  });
}
