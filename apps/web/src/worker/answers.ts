/** Short questions to the core. */
import { Identity, inCore, loadCore, lockBytes, unlockBytes } from "@cw-vitals/client/core";
import { careAnswers } from "./care";
import { insurerAnswers } from "./insurer-answers";
import { patientAnswers } from "./patient";
import type { Question, Questions } from "./protocol";

type Answers = { [Q in Question]: (asked: Questions[Q]["asked"]) => Promise<Questions[Q]["answer"]> };

export const answers: Answers = {
  ...insurerAnswers,
  ...careAnswers,
  ...patientAnswers,
  async newIdentity() {
    await loadCore();
    return inCore(() => Identity.create().reveal());
  },
  async wrap({ passphrase, bytes }) {
    await loadCore();
    return inCore(() => lockBytes(bytes, passphrase)) as Uint8Array<ArrayBuffer>;
  },
  async unwrap({ passphrase, bytes }) {
    await loadCore();
    return inCore(() => unlockBytes(bytes, passphrase)) as Uint8Array<ArrayBuffer>;
  },
};
