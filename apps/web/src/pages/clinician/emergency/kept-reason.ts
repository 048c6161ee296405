/**
 * The written reason of an emergency, kept before anything is sent: its digest is on the chain, the review asks for the
 * text, and nobody else has it.
 */
import type { AccountNotes } from "../../../session/notes";
import { download } from "../../../ui/download";
import { reasonDigest, unsentReasonFile } from "./reason";

const noteOf = (digest: string) => `emergency-reason/${digest}`;

/** In this browser, sealed; where it keeps nothing more, as a file at once: whoever must read is not held up. */
export async function keepReason(notes: AccountNotes, patient: string, reason: string): Promise<void> {
  const digest = await reasonDigest(reason);
  try {
    await notes.put(noteOf(digest), reason);
  } catch {
    download(unsentReasonFile(patient, digest), reason);
  }
}

/** @param digest as the chain has it */
export const keptReason = (notes: AccountNotes, digest: string) => notes.get<string>(noteOf(digest));

/** Once it was upheld, nobody asks for it any more. */
export const forgetReason = (notes: AccountNotes, digest: string) => notes.remove(noteOf(digest));
