/** The core's functions for insurers, off the page's thread. */
import * as core from "@cw-vitals/client/core";
import type { InsurerQuestions, JudgedClaim, MeasureRow } from "./insurer";

type Answers = {
  [Q in keyof InsurerQuestions]: (asked: InsurerQuestions[Q]["asked"]) => Promise<InsurerQuestions[Q]["answer"]>;
};

async function loaded<Answer>(call: () => Answer): Promise<Answer> {
  await core.loadCore();
  return core.inCore(call);
}

export const insurerAnswers: Answers = {
  measures: () => loaded(() => core.measures() as MeasureRow[]),
  productTemplate: ({ kind, denom, arbiter }) =>
    loaded(() => core.productTemplate(kind, denom, arbiter) as InsurerQuestions["productTemplate"]["answer"]),
  termsFigures: (terms) => loaded(() => core.termsFigures(terms)),
  judgeClaim: ({ asked, exhibits }) => loaded(() => core.judgeClaim(asked, exhibits) as JudgedClaim),
  drawStatement: (asked) => loaded(() => core.drawStatement(asked)),
};
