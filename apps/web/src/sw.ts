/// <reference lib="webworker" />
/**
 * Makes the app itself work without a network. It keeps the app's files and `config.json`, and nothing else: what
 * the node and the vaults say never passes through it.
 */
import { cleanupOutdatedCaches, precacheAndRoute } from "workbox-precaching";

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] };

const CONFIG = "config-v1";
const CONFIG_URL = new URL("config.json", self.registration.scope).href;

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

// so that the first visit is enough
self.addEventListener("install", (event: ExtendableEvent) => event.waitUntil(keepConfiguration()));

self.addEventListener("message", (event: ExtendableMessageEvent) => {
  // only when its user says so: files of two versions do not fit together
  if ((event.data as { type?: string } | null)?.type === "take-over") void self.skipWaiting();
});

self.addEventListener("activate", (event: ExtendableEvent) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event: FetchEvent) => {
  const url = new URL(event.request.url);
  if (event.request.method === "GET" && url.href === CONFIG_URL) event.respondWith(configuration(event.request));
});

/** A failure of it does not keep the app from being installed. */
async function keepConfiguration(): Promise<void> {
  const cache = await caches.open(CONFIG);
  await cache.add(CONFIG_URL).catch(() => undefined);
}

/** The network's answer where there is one, else the last. */
async function configuration(request: Request): Promise<Response> {
  const cache = await caches.open(CONFIG);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch (cause) {
    const kept = await cache.match(request);
    if (kept) return kept;
    throw cause;
  }
}
