/** Which page a service worker gives without a network: one that fits the files it keeps. */

/** Names of build output hold a digest of the content: pages that load the same files are of one build. */
const LOADED = /(?:src|href)="([^"]*\/assets\/[^"]+)"/g;

export function sameBuild(page: string, other: string): boolean {
  const [files, others] = [page, other].map((text) => [...text.matchAll(LOADED)].map(([, file]) => file).sort());
  return files !== undefined && files.length > 0 && files.join() === others?.join();
}

/** Whether a navigation is to the app's page, which is all pages of the app: where one is stands behind `#`. */
export function isAppPage(url: string, scope: string): boolean {
  const { origin, pathname } = new URL(url);
  const app = new URL(scope);
  return origin === app.origin && [app.pathname, `${app.pathname}index.html`].includes(pathname);
}
