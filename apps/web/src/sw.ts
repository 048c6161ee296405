/// <reference lib="webworker" />
/**
 * Makes the app itself work without a network. It keeps the app's files and `config.json`, and nothing else: what
 * the node and the vaults say never passes through it. The page and `config.json` come from the network where there
 * is one: they tell the network and the policy, which change without a new build.
 */
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from "workbox-precaching";
import { isAppPage, sameBuild } from "./shell/kept-page";
import type { ToServiceWorker } from "./shell/update";

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: unknown };

const CONFIG = "config-v1";
const PAGE = "page-v1";
const SCOPE = self.registration.scope;
const CONFIG_URL = new URL("config.json", SCOPE).href;
/** A server that takes longer is taken for away. */
const PAGE_MS = 8_000;

// before the precache's own listener, which would answer with the page of the day of installation
self.addEventListener("fetch", (event: FetchEvent) => {
  const { request } = event;
  if (request.mode !== "navigate" || !isAppPage(request.url, SCOPE)) return;
  event.stopImmediatePropagation();
  event.respondWith(page(request));
});

const FILES = self.__WB_MANIFEST as { url: string; revision: string | null }[];
precacheAndRoute(FILES);
cleanupOutdatedCaches();

// so that the first visit is enough
self.addEventListener("install", (event: ExtendableEvent) => event.waitUntil(keepConfiguration()));

self.addEventListener("message", (event: ExtendableMessageEvent) => {
  const message = event.data as ToServiceWorker | null;
  // only when its user says so: files of two versions do not fit together
  if (message?.type === "take-over") void self.skipWaiting();
  if (message?.type === "loaded") event.waitUntil(compare(message.script, event.ports[0]));
});

/** A window that has this version already, and is the only one, needs no word of its user. */
async function compare(script: string, answer: MessagePort | undefined): Promise<void> {
  const same = FILES.some(({ url }) => new URL(url, SCOPE).href === script);
  answer?.postMessage(same);
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (same && windows.length === 1) await self.skipWaiting();
}

self.addEventListener("activate", (event: ExtendableEvent) => {
  // the page kept before is of the earlier version's files
  event.waitUntil(caches.delete(PAGE).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event: FetchEvent) => {
  const url = new URL(event.request.url);
  if (event.request.method === "GET" && url.href === CONFIG_URL) event.respondWith(configuration(event.request));
});

/** The server's page, with the policy of now; without a server, the newest that fits the files kept. */
async function page(request: Request): Promise<Response> {
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(PAGE_MS) });
    if (response.ok) await keepPage(response.clone());
    // a server that fails is one that is away; what it refuses or redirects it means
    if (response.status < 500) return response;
    return (await keptPage()) ?? response;
  } catch (cause) {
    const kept = await keptPage();
    if (kept) return kept;
    throw cause;
  }
}

async function keptPage(): Promise<Response | undefined> {
  const newest = await caches.match(SCOPE, { cacheName: PAGE });
  return newest ?? matchPrecache("index.html");
}

/** Not a newer version's: its files are kept by that version's own worker. */
async function keepPage(response: Response): Promise<void> {
  const installed = await matchPrecache("index.html");
  if (!installed || !sameBuild(await installed.text(), await response.clone().text())) return;
  await (await caches.open(PAGE)).put(SCOPE, response);
}

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
