/** An adherence report: encrypted to the patient and its author, known to the chain by its digest alone. */
import { type Vitals, VitalsError } from "@cw-vitals/client";
import { digest, inCore, loadCore, sealTo } from "@cw-vitals/client/core";

/** Lengths are public, so all reports have one. */
const BYTES = 4096;

interface Asked {
  patient: string;
  author: string;
  report: object;
}

/** @throws VitalsError `keys/no_recipient` where patient or author published none */
export async function sealReport(
  vitals: Vitals,
  { patient, author, report }: Asked,
): Promise<{ file: Uint8Array<ArrayBuffer>; digest: string }> {
  await loadCore();
  const { controller } = await vitals.consent.patient({ patient });
  const accounts = [...new Set([controller, author])];
  const recipients = await Promise.all(accounts.map((account) => recipientOf(vitals, account)));
  const text = new TextEncoder().encode(JSON.stringify(report));
  const plain = new Uint8Array(Math.max(BYTES, text.length)).fill(0x20);
  plain.set(text);
  const file = new Uint8Array(inCore(() => sealTo(recipients, plain)));
  return { file, digest: btoa(String.fromCharCode(...inCore(() => digest(file)))) };
}

async function recipientOf(vitals: Vitals, account: string): Promise<string> {
  const { recipient } = await vitals.consent.recipient({ account });
  if (recipient) return recipient;
  throw new VitalsError("keys/no_recipient", `${account} has published no recipient to encrypt to`);
}
