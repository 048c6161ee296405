import { useState } from "react";
import { useToast } from "../ui/Toast";

/** One try after the other of something slow: busy meanwhile, `done` is said where it worked, else the error stays. */
export function useAttempt(done?: string) {
  const say = useToast();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  /** Whether it worked. */
  const attempt = async (work: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    setError(undefined);
    try {
      await work();
      if (done !== undefined) say(done);
      return true;
    } catch (failure) {
      setError(failure);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, attempt };
}
