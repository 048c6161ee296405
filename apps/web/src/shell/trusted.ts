/**
 * The one policy under `require-trusted-types-for 'script'`: scripts are loaded from this app's own directory and
 * from nowhere else. The policy's name stands in the server's Content-Security-Policy.
 */

interface Policy {
  createScriptURL(url: string): unknown;
}

interface Factory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}

export const POLICY = "cw-vitals";

function ownScript(url: string): string {
  const target = new URL(url, document.baseURI);
  const own = new URL(".", document.baseURI);
  if (target.origin !== own.origin || !target.pathname.startsWith(own.pathname)) {
    throw new TypeError(`a script from elsewhere: ${target.origin}`);
  }
  return target.href;
}

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
const policy: Policy = factory?.createPolicy(POLICY, { createScriptURL: ownScript }) ?? { createScriptURL: ownScript };

/** A URL that `Worker` and `ServiceWorkerContainer.register` take. */
export function scriptUrl(url: string | URL): unknown {
  return policy.createScriptURL(String(url));
}
