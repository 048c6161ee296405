/// <reference lib="webworker" />
/**
 * Makes the app itself work without a network. It keeps the app's files and `config.json`, and nothing else: what
 * the node and the vaults say never passes through it. The page and `config.json` come from the network where there
 * is one: they tell the network and the policy, which change without a new build.
 */
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from "workbox-precaching";
import { isAppPage, sameBuild } from "./shell/kept-page";
import { isJson, serverFirst } from "./shell/server-first";
import type { ToServiceWorker } from "./shell/update";

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: unknown };

const CONFIG = "config-v1";
const PAGE = "page-v1";
const SCOPE = self.registration.scope;
const CONFIG_URL = new URL("config.json", SCOPE).href;

// before the precache's own listener, which would answer with the page of the day of installation
self.addEventListener("fetch", (event: FetchEvent) => {
  const { request } = event;
  if (request.mode !== "navigate" || !isAppPage(request.url, SCOPE)) return;
  event.stopImmediatePropagation();
  event.respondWith(serverFirst(request, { keep: keepPage, kept: keptPage }));
});

const FILES = self.__WB_MANIFEST as { url: string; revision: string | null }[];
precacheAndRoute(FILES);
cleanupOutdatedCaches();

// so that the first visit is enough
self.addEventListener("install", (event: ExtendableEvent) => event.waitUntil(firstConfiguration()));

self.addEventListener("message", (event: ExtendableMessageEvent) => {
  const message = event.data as ToServiceWorker | null;
  // only when its user says so: files of two versions do not fit together
  if (message?.type === "take-over") void self.skipWaiting();
  if (message?.type === "loaded") event.waitUntil(compare(message.script, event.ports[0]));
});

/** A failure of it does not keep the app from being installed. */
async function firstConfiguration(): Promise<void> {
  const response = await fetch(CONFIG_URL).catch(() => undefined);
  if (response?.ok) await keepConfiguration(response);
}

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
  if (event.request.method === "GET" && url.href === CONFIG_URL)
    event.respondWith(serverFirst(event.request, { keep: keepConfiguration, kept: keptConfiguration }));
});

/** The newest that fits the files kept. */
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

async function keepConfiguration(response: Response): Promise<void> {
  if (await isJson(response.clone())) await (await caches.open(CONFIG)).put(CONFIG_URL, response);
}

const keptConfiguration = (): Promise<Response | undefined> => caches.match(CONFIG_URL, { cacheName: CONFIG });
