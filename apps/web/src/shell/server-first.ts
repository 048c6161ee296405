/** How a service worker answers for what changes without a new build: the page with its policy, and the network. */

/** A server that takes longer is taken for away. */
const PATIENCE_MS = 8_000;

interface Keeping {
  /** What the server gave, for a time without it. */
  keep(response: Response): Promise<void>;
  kept(): Promise<Response | undefined>;
}

/** What the server says now; without one, or where it fails, what was kept. What it refuses or redirects it means. */
export async function serverFirst(request: Request, { keep, kept }: Keeping): Promise<Response> {
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (response.ok) await keep(response.clone());
    if (response.status < 500) return response;
    return (await kept()) ?? response;
  } catch (cause) {
    const found = await kept();
    if (found) return found;
    throw cause;
  }
}

/** A sign-in page of the network round it is no configuration. */
export function isJson(response: Response): Promise<boolean> {
  return response.json().then(
    () => true,
    () => false,
  );
}
