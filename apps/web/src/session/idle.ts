import { useEffect } from "react";

const SIGNS_OF_LIFE = ["pointerdown", "keydown", "wheel", "touchstart"] as const;
const CHECK_MS = 5_000;

/**
 * Calls `onIdle` once nothing was touched for `minutes`. It compares times and does not only wait: a laptop that
 * slept longer locks as it wakes.
 */
export function useIdle(minutes: number, onIdle: () => void, active: boolean): void {
  useEffect(() => {
    if (!active) return;
    let last = Date.now();
    const touch = () => {
      last = Date.now();
    };
    const check = () => {
      if (Date.now() - last >= minutes * 60_000) onIdle();
    };
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, touch, { passive: true, capture: true });
    document.addEventListener("visibilitychange", check);
    const timer = setInterval(check, CHECK_MS);
    return () => {
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, touch, { capture: true });
      document.removeEventListener("visibilitychange", check);
      clearInterval(timer);
    };
  }, [minutes, onIdle, active]);
}
