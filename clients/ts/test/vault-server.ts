import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a request said of itself, as a vault reads it. */
export interface Heard {
  readonly method: string;
  readonly target: string;
  readonly body: Uint8Array;
  readonly payload: Record<string, unknown>;
  /** The account's key; the signature of whoever signed the request. */
  readonly signed: { readonly payload: Uint8Array; readonly key: Uint8Array; readonly signature: Uint8Array };
  /** Where it is by a session: what the account signed, and its signature. */
  readonly session?: { readonly text: string; readonly signature: Uint8Array };
}

type Handler = (heard: Heard, response: ServerResponse) => void;

/** An HTTP server on a free loopback port, with what it heard. */
export async function serve(handler: Handler): Promise<{ url: string; heard: Heard[]; close: () => void }> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    void read(request).then((told) => {
      heard.push(told);
      handler(told, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, heard, close: () => server.close() };
}

async function read(request: IncomingMessage): Promise<Heard> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { session, signed } = authorized(request.headers.authorization ?? "");
  return {
    method: request.method ?? "",
    target: request.url ?? "",
    body: new Uint8Array(Buffer.concat(chunks)),
    payload: JSON.parse(Buffer.from(signed.payload).toString()) as Record<string, unknown>,
    signed,
    ...(session && { session }),
  };
}

function authorized(header: string): Pick<Heard, "signed" | "session"> {
  const [scheme, token = ""] = header.split(" ");
  const parts = token.split(".").map((part) => new Uint8Array(Buffer.from(part, "base64url")));
  const [payload, second, third, key, signature] = parts;
  if (!payload || !second || !third) throw new Error(`not a signed request: ${header}`);
  if (scheme !== "Vitals-Session") return { signed: { payload, key: second, signature: third } };
  if (!key || !signature) throw new Error(`not a request by a session: ${header}`);
  const session = { text: Buffer.from(third).toString(), signature };
  return { signed: { payload, key, signature: second }, session };
}

/** Answers with a refusal as vaults word it. */
export function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status).end(JSON.stringify({ code, reason: "for the test" }));
}
