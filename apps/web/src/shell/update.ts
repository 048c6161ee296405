/** The service worker: installed once, and asked for newer versions of the app. */
import { useSyncExternalStore } from "react";
import { scriptUrl } from "./trusted";

const EVERY_MS = 30 * 60_000;

export type ToServiceWorker =
  /** Become the active one now. */
  | { type: "take-over" }
  /** This window runs that script; answered with whether it is one of the worker's version. */
  | { type: "loaded"; script: string };

let waiting: ServiceWorker | undefined;
const listeners = new Set<() => void>();

async function found(worker: ServiceWorker | null): Promise<void> {
  // without an earlier one it is the first installation: nothing to reload
  if (!worker || !navigator.serviceWorker.controller) return;
  // the page comes from the network first: it may be of the newer version already
  if (await isOfThisVersion(worker)) return;
  waiting = worker;
  for (const listener of listeners) listener();
}

function isOfThisVersion(worker: ServiceWorker): Promise<boolean> {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"]')?.src ?? "";
  const { port1, port2 } = new MessageChannel();
  const answered = new Promise<boolean>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data === true);
  });
  tell(worker, { type: "loaded", script }, port2);
  return answered;
}

function tell(worker: ServiceWorker, message: ToServiceWorker, ...ports: MessagePort[]): void {
  worker.postMessage(message, ports);
}

/** Makes the app work without a network. Browsers without service workers go without. */
export async function installServiceWorker(): Promise<void> {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  // Trusted Types ask for a URL made by our policy; the DOM's types know only text
  const registration = await navigator.serviceWorker.register(scriptUrl("./sw.js") as string, { scope: "./" });
  void found(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => worker.state === "installed" && void found(worker));
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
    tell(worker, { type: "take-over" });
  };
}
