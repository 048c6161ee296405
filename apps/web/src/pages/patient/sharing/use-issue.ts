import { VitalsError } from "@cw-vitals/client/errors";
import { useSend } from "../../../data/send";
import { useAgent } from "../keys/agent";

/** Hands over the keys of a permission that stands without them; why it could not be done, where it could not. */
export function useIssue(): (grant: string) => Promise<VitalsError | undefined> {
  const agent = useAgent();
  const { run } = useSend();
  return async (grant) => {
    try {
      if (!agent) throw new VitalsError("keys/none", "the patient's keys are not open");
      await run(() => agent.issue(grant));
      return undefined;
    } catch (error) {
      if (error instanceof VitalsError) return error;
      throw error;
    }
  };
}
