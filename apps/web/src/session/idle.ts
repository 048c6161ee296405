import { useCallback, useEffect, useRef, useState } from "react";
import { Life, onWorkAdvanced, type Phase } from "./life";
import { hearWindows, tellWindows } from "./windows";

const SIGNS_OF_LIFE = ["pointerdown", "keydown", "wheel", "touchstart"] as const;
const CHECK_MS = 5_000;

interface Idle {
  /** It locks within a minute. */
  warned: boolean;
  /** Somebody says to be there. */
  stay(): void;
}

/**
 * Calls `onIdle` once nobody was there for `minutes`, in no window of the account, and no work of theirs went on.
 *
 * @param address of the unlocked account; absent while there is none
 */
export function useIdle(minutes: number, onIdle: () => void, address: string | undefined): Idle {
  const [warned, setWarned] = useState(false);
  const there = useRef<() => void>(() => undefined);
  const stay = useCallback(() => there.current(), []);
  useEffect(() => {
    if (address === undefined) return;
    const life = new Life(Date.now());
    let toldAt = 0;
    const tell = (now: number) => {
      if (now - toldAt < CHECK_MS && now >= toldAt) return;
      toldAt = now;
      tellWindows({ type: "alive", address, at: now });
    };
    const check = (): Phase => {
      const phase = life.phase(minutes, Date.now());
      setWarned(phase === "warned");
      if (phase === "over") onIdle();
      return phase;
    };
    const touch = () => {
      const now = Date.now();
      life.touched(now);
      tell(now);
    };
    there.current = () => {
      if (check() !== "over") touch();
      check();
    };
    // by the clock first: the first touch of a laptop that woke is too late, and one while it asks is no answer
    const sign = () => check() === "present" && touch();
    const stops = [
      onWorkAdvanced((begunAt) => {
        if (check() !== "over" && life.worked(begunAt, Date.now())) tell(Date.now());
      }),
      hearWindows((word) => {
        if (word.type !== "alive" || word.address !== address) return;
        life.seen(word.at, Date.now());
        check();
      }),
    ];
    for (const of of SIGNS_OF_LIFE) window.addEventListener(of, sign, { passive: true, capture: true });
    document.addEventListener("visibilitychange", check);
    const timer = setInterval(check, CHECK_MS);
    return () => {
      for (const of of SIGNS_OF_LIFE) window.removeEventListener(of, sign, { capture: true });
      document.removeEventListener("visibilitychange", check);
      clearInterval(timer);
      for (const stop of stops) stop();
      there.current = () => undefined;
      setWarned(false);
    };
  }, [minutes, onIdle, address]);
  return { warned, stay };
}
