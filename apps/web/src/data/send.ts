import type { ContractCall, SendOptions, Sent } from "@cw-vitals/client";
import { VitalsError } from "@cw-vitals/client/errors";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { useVitals } from "./live";

export type SendState =
  | { state: "idle" }
  /** The wallet asks, then the block is waited for. */
  | { state: "sending" }
  | { state: "sent"; sent: Sent }
  | { state: "failed"; error: unknown };

export interface Sender {
  status: SendState;
  busy: boolean;
  /** Several calls are one transaction, all or none. Rejects with a `VitalsError` after it is in `status`. */
  send(calls: ContractCall | readonly ContractCall[], options?: SendOptions): Promise<Sent>;
  /** The same for what the client sends by itself, such as the key agent's work. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  reset(): void;
}

export function useSend(): Sender {
  const vitals = useVitals();
  const queries = useQueryClient();
  const [status, setStatus] = useState<SendState>({ state: "idle" });

  const run = useCallback(
    async <Result>(work: () => Promise<Result>): Promise<Result> => {
      setStatus({ state: "sending" });
      try {
        const result = await work();
        setStatus(isSent(result) ? { state: "sent", sent: result } : { state: "idle" });
        void queries.invalidateQueries();
        return result;
      } catch (error) {
        setStatus({ state: "failed", error });
        throw error;
      }
    },
    [queries],
  );

  const send = useCallback<Sender["send"]>(
    (calls, options) => {
      if (!vitals)
        return run(() => Promise.reject(new VitalsError("node/unreachable", "the node has not answered yet")));
      return run(() => vitals.send(calls, options));
    },
    [vitals, run],
  );

  const reset = useCallback(() => setStatus({ state: "idle" }), []);
  return { status, busy: status.state === "sending", send, run, reset };
}

function isSent(result: unknown): result is Sent {
  return typeof result === "object" && result !== null && "hash" in result && "gasUsed" in result;
}
