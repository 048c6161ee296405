/** What a node says of itself and of whom it is connected to. */
import { type Network, VitalsError } from "@cw-vitals/client";

export interface NodeTold {
  moniker: string;
  version: string;
  /** It replays old blocks: what it answers is old. */
  catchingUp: boolean;
  /** How many others it is connected to; absent where the RPC does not tell. */
  peers?: number;
  /** Transactions that wait for a block; absent where the RPC does not tell. */
  waiting?: number;
}

const TIMEOUT_MS = 5_000;

export async function nodeTold({ node }: Pick<Network, "node">): Promise<NodeTold> {
  const [status, peers, mempool] = await Promise.all([
    get(node, "status"),
    maybe(node, "net_info"),
    maybe(node, "num_unconfirmed_txs"),
  ]);
  return { ...statusOf(status), ...count("peers", peers?.n_peers), ...count("waiting", mempool?.n_txs) };
}

type Fields = Readonly<Record<string, unknown>>;

async function get(node: string, path: string): Promise<Fields> {
  const answer = await fetch(`${node}/${path}`, { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(
    (cause: unknown) => {
      throw new VitalsError("node/unreachable", `${node} gave no answer`, { cause });
    },
  );
  if (!answer.ok) throw new VitalsError("node/refused", `${node}/${path} answered ${answer.status}`);
  return resultOf(await answer.json());
}

/** What a public node may keep to itself. */
const maybe = (node: string, path: string): Promise<Fields | undefined> => get(node, path).catch(() => undefined);

export function resultOf(json: unknown): Fields {
  return fieldsIn(json, "result");
}

function fieldsIn(json: unknown, name: string): Fields {
  const value = typeof json === "object" && json !== null ? (json as Fields)[name] : undefined;
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

export function statusOf(status: Fields): Pick<NodeTold, "moniker" | "version" | "catchingUp"> {
  const node = fieldsIn(status, "node_info");
  return {
    moniker: text(node.moniker),
    version: text(node.version),
    catchingUp: fieldsIn(status, "sync_info").catching_up === true,
  };
}

/** A node's own words are shown short, and as text. */
const text = (value: unknown): string => (typeof value === "string" ? value.slice(0, 64) : "");

export function count<Name extends string>(name: Name, told: unknown): { [Key in Name]?: number } {
  return typeof told === "string" && /^\d{1,9}$/.test(told)
    ? ({ [name]: Number(told) } as { [Key in Name]?: number })
    : {};
}
