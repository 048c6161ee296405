/** The service worker: installed once, and asked for newer versions of the app. */
import { useSyncExternalStore } from "react";
import { scriptUrl } from "./trusted";

const EVERY_MS = 30 * 60_000;

let waiting: ServiceWorker | undefined;
const listeners = new Set<() => void>();

function found(worker: ServiceWorker | null): void {
  // without an earlier one it is the first installation: nothing to reload
  if (!worker || !navigator.serviceWorker.controller) return;
  waiting = worker;
  for (const listener of listeners) listener();
}

/** Makes the app work without a network. Browsers without service workers go without. */
export async function installServiceWorker(): Promise<void> {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  // Trusted Types ask for a URL made by our policy; the DOM's types know only text
  const registration = await navigator.serviceWorker.register(scriptUrl("./sw.js") as string, { scope: "./" });
  found(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => worker.state === "installed" && found(worker));
  });
  setInterval(() => void registration.update().catch(() => undefined), EVERY_MS);
}

/** Changes to the newer version and loads it; absent while there is none. Locks, since memory is lost. */
export function useAppUpdate(): (() => void) | undefined {
  const worker = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting,
  );
  if (!worker) return undefined;
  return () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    worker.postMessage({ type: "take-over" });
  };
}
