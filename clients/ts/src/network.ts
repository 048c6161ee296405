// Where a deployment is.

import { VitalsError } from "./errors.js";

/** Addresses of one deployment's contracts, as `vitals deploy` writes them. */
export interface Deployment {
  readonly chainId: string;
  readonly consent: string;
  readonly deviceRegistry: string;
  readonly vitalsAnchor: string;
  readonly care: string;
  readonly claims: string;
  /** Hex of 32 bytes: in everything that devices sign. */
  readonly deploymentId: string;
}

/** A vault, and the name that requests to it are signed for. */
export interface VaultAt {
  readonly name: string;
  /** `https://host[:port]`, no path; `http://` on loopback. */
  readonly url: string;
}

/** One chain with a deployment, its vaults, and what transactions cost there. */
export interface Network {
  readonly chainId: string;
  /** URL of a node's RPC; its websocket is at the same place. */
  readonly node: string;
  /** Of addresses: `wasm`. */
  readonly prefix: string;
  readonly denom: string;
  /** For one unit of gas: `0.025uvital`. */
  readonly gasPrice: string;
  readonly deployment: Deployment;
  readonly vaults: readonly VaultAt[];
  /** The account that pays fees, where a clinic or an insurer does. */
  readonly feeGranter?: string;
  /** A network on this machine alone, for development: what allows accounts without a wallet. */
  readonly local?: boolean;
}

const VERSION = 1;
/** As the Cosmos SDK takes them. */
const DENOM = /^[a-zA-Z][a-zA-Z0-9/:._-]{2,127}$/;
/** A fee is reckoned with so many decimal digits and no more. */
const PRICE = /^\d+(\.\d{1,18})?[a-zA-Z][a-zA-Z0-9/:._-]*$/;

type Fields = Readonly<Record<string, unknown>>;

/**
 * A network from the JSON of `config.json`, as `vitals web` serves it:
 * `{version: 1, chain_id, node, prefix, denom, gas_price, deployment, vaults: [{name, url}], fee_granter?, local?}`,
 * `deployment` being what `vitals deploy` wrote.
 * @throws VitalsError `network/config`, which names the field and the rule
 */
export function loadNetwork(json: unknown): Network {
  const config = objectIn(json, "the configuration");
  if (config.version !== VERSION) throw wrong(`version is ${String(config.version)}, this client reads ${VERSION}`);
  const deployment = deploymentIn(config.deployment);
  const chainId = textIn(config, "chain_id");
  if (deployment.chainId !== chainId) {
    throw wrong(`the deployment is on ${deployment.chainId}, the configuration is of ${chainId}`);
  }
  const prefix = matching(config, "prefix", /^[a-z][a-z0-9]*$/, "lower-case letters and digits");
  for (const address of contractsOf(deployment)) addressIn(address, prefix);
  const denom = matching(config, "denom", DENOM, "a letter, then 2 to 127 letters, digits or /:._-");
  return {
    chainId,
    node: urlIn(config.node, "node"),
    prefix,
    denom,
    gasPrice: priceIn(config, denom),
    deployment,
    vaults: vaultsIn(config.vaults),
    ...(config.fee_granter == null ? {} : { feeGranter: addressIn(textIn(config, "fee_granter"), prefix) }),
    local: config.local === true,
  };
}

/** The RPC's websocket: `ws://` for `http://`, `wss://` for `https://`. */
export function websocketOf(network: Pick<Network, "node">): string {
  return `${network.node.replace(/^http/, "ws")}/websocket`;
}

function deploymentIn(json: unknown): Deployment {
  const found = objectIn(json, "deployment");
  return {
    chainId: textIn(found, "chain_id"),
    consent: textIn(found, "consent"),
    deviceRegistry: textIn(found, "device_registry"),
    vitalsAnchor: textIn(found, "vitals_anchor"),
    care: textIn(found, "care"),
    claims: textIn(found, "claims"),
    deploymentId: matching(found, "deployment_id", /^[0-9a-f]{64}$/, "the hex of 32 bytes"),
  };
}

const contractsOf = ({ consent, deviceRegistry, vitalsAnchor, care, claims }: Deployment): string[] => [
  consent,
  deviceRegistry,
  vitalsAnchor,
  care,
  claims,
];

function vaultsIn(json: unknown): VaultAt[] {
  if (!Array.isArray(json)) throw wrong("vaults is not a list");
  const vaults = json.map((item: unknown, place) => {
    const vault = objectIn(item, `vaults[${place}]`);
    return { name: textIn(vault, "name"), url: urlIn(vault.url, `vaults[${place}].url`) };
  });
  const twice = vaults.find(({ name }, place) => vaults.findIndex((other) => other.name === name) !== place);
  if (twice) throw wrong(`two vaults have the name ${twice.name}`);
  return vaults;
}

function priceIn(config: Fields, denom: string): string {
  const price = matching(config, "gas_price", PRICE, "a decimal of at most 18 places and a denomination");
  if (price.replace(/^[\d.]+/, "") !== denom) throw wrong(`gas_price is ${price}, coins here are ${denom}`);
  return price;
}

function objectIn(json: unknown, what: string): Fields {
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return json as Fields;
  throw wrong(`${what} is not an object`);
}

function textIn(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value === "string" && value !== "") return value;
  throw wrong(`${name} is not a text`);
}

function matching(fields: Fields, name: string, form: RegExp, rule: string): string {
  const value = textIn(fields, name);
  if (form.test(value)) return value;
  throw wrong(`${name} is ${value}, expected ${rule}`);
}

function addressIn(address: string, prefix: string): string {
  if (address.startsWith(`${prefix}1`) && /^[a-z0-9]+$/.test(address)) return address;
  throw wrong(`${address} is not an address of the prefix ${prefix}`);
}

/** An origin: a path would be part of what requests sign. */
function urlIn(value: unknown, what: string): string {
  const url = typeof value === "string" && URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !["http:", "https:"].includes(url.protocol))
    throw wrong(`${what} is ${String(value)}, expected an http(s) URL`);
  if (url.search || url.hash || url.username)
    throw wrong(`${what} is ${url.href}, expected no query, fragment or user`);
  return url.href.replace(/\/$/, "");
}

function wrong(reason: string): VitalsError {
  return new VitalsError("network/config", reason);
}
