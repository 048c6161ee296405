import type { Rotation } from "@cw-vitals/client/keys";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import { useSend } from "../../../data/send";
import { useAgent } from "./agent";

export type RotationState =
  | { state: "idle" }
  | { state: "running" }
  | { state: "done"; rotation: Rotation | undefined }
  | { state: "failed"; error: unknown };

interface RotationControl {
  status: RotationState;
  /** Makes new keys and gives packages to those who remain; goes on with what was interrupted. */
  start(): void;
  /** The same, to be waited for. */
  finish(): Promise<void>;
  dismiss(): void;
}

const Context = createContext<RotationControl | undefined>(undefined);

/** One rotation at a time, going on while the patient looks at other pages. */
export function RotationProvider({ children }: { children: ReactNode }) {
  const agent = useAgent();
  const { run } = useSend();
  const [status, setStatus] = useState<RotationState>({ state: "idle" });
  const running = useRef<Promise<void>>(undefined);

  const finish = useCallback((): Promise<void> => {
    if (!agent) return Promise.resolve();
    running.current ??= (async () => {
      setStatus({ state: "running" });
      try {
        setStatus({ state: "done", rotation: await run(() => agent.rotate()) });
      } catch (error) {
        setStatus({ state: "failed", error });
        throw error;
      } finally {
        running.current = undefined;
      }
    })();
    return running.current;
  }, [agent, run]);

  const value = useMemo<RotationControl>(
    () => ({
      status,
      finish,
      // what failed is in the status
      start: () => void finish().catch(() => undefined),
      dismiss: () => setStatus({ state: "idle" }),
    }),
    [status, finish],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useRotation(): RotationControl {
  const control = useContext(Context);
  if (!control) throw new Error("useRotation outside of RotationProvider");
  return control;
}
