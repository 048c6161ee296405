// All vaults of a network, as one account: what is read is checked against the chain's digest, and what
// one vault does not give, the next may.

import { fromBase64, toBase64, toHex } from "@cosmjs/encoding";

import type { Account } from "./account.js";
import { VitalsError } from "./errors.js";
import type { Purpose } from "./generated/consent.js";
import type { BatchId, Binary, Category, GroundRef, Uint64, Window } from "./generated/shared.js";
import type { Network } from "./network.js";
import { type Asked, digest } from "./request.js";
import { talkersFirst } from "./silence.js";
import { type Answer, type CallOptions, parsed, VaultClient } from "./vault-client.js";
import { faultOf, type PassedOver, type VaultObserver } from "./vault-fault.js";

/** What an encrypted blob belongs to: it is found again under these alone. */
export interface Place {
  readonly patient: Uint64;
  readonly category: Category;
  readonly epoch: number;
}

/** What was stored, and where. */
export interface Stored {
  /** SHA-256 of the bytes, for the chain. */
  readonly digest: Binary;
  /** Vaults that did not take it, and why. It can be put there again. */
  readonly unreached: readonly PassedOver[];
}

/** What an erasure deleted at one vault. */
export interface ErasureReport {
  readonly vault: string;
  readonly patient: Uint64;
  readonly blobs: number;
  readonly packages: number;
  readonly shares: number;
  readonly plans: number;
  readonly bytes: Uint64;
  readonly leftovers: number;
  /** SHA-256 of each, lower-case hex: the vault takes none of them again. */
  readonly digests: readonly string[];
  /** The request stopped at the most it does: ask again. */
  readonly more: boolean;
}

/** What is erased: everything, or the ciphertext of a category, of measured hours, or of both. */
export interface Period {
  readonly category?: Category;
  readonly window?: Window;
}

/** Header that names category and hour which an alert's detail is kept under. */
const PLACE_HEADER = "vitals-place";

/** `patient`, `guardian`, `grant:<number>` or `emergency:<number>`. */
export function groundText(ground: GroundRef): string {
  if ("grant" in ground) return `grant:${ground.grant.id}`;
  if ("emergency" in ground) return `emergency:${ground.emergency.id}`;
  return "guardian" in ground ? "guardian" : "patient";
}

/**
 * Every call fails with a `VitalsError`: the refusal of a vault or of the consent contract where one
 * refused, `vault/digest` where one sent other bytes than the chain points to, `vault/unreachable` where
 * none answered, `vault/none` where the network has none.
 */
export class Vaults {
  readonly clients: readonly VaultClient[];

  /** @param onFault is told of each vault that a read passed over, also where the next one had what was asked */
  constructor(
    network: Pick<Network, "vaults">,
    account: Account,
    private readonly onFault?: VaultObserver,
  ) {
    this.clients = network.vaults.map((at) => new VaultClient(at, account));
  }

  /** The ciphertext of an anchored batch. `expected` is its digest on the chain. */
  getBatch(
    id: BatchId,
    expected: Binary,
    purpose: Purpose,
    ground: GroundRef,
    options?: CallOptions,
  ): Promise<Uint8Array> {
    const at = `/v1/batches/${id.patient}/${id.category}/${id.epoch}/${id.device}/${id.sequence}`;
    return this.get(`${at}?purpose=${purpose}&ground=${groundText(ground)}`, expected, options);
  }

  /** The key package of one's own grant; the patient, who made it, names that ground. */
  getPackage(
    patient: Uint64,
    grant: Uint64,
    expected: Binary,
    ground?: { patient: Record<string, never> },
    options?: CallOptions,
  ): Promise<Uint8Array> {
    return this.get(`/v1/packages/${patient}/${grant}${ground ? "?ground=patient" : ""}`, expected, options);
  }

  /** An encrypted care plan by its version. */
  getPlan(
    patient: Uint64,
    version: number,
    expected: Binary,
    ground: GroundRef,
    options?: CallOptions,
  ): Promise<Uint8Array> {
    return this.get(`/v1/plans/${patient}/${version}?ground=${groundText(ground)}`, expected, options);
  }

  /** The encrypted detail of an alert, and the category and hour it is sealed under. */
  async getAlert(
    patient: Uint64,
    alert: Uint64,
    expected: Binary,
    ground: GroundRef,
    options?: CallOptions,
  ): Promise<{ bytes: Uint8Array; place: Place }> {
    const { bytes, headers } = await this.checked(
      `/v1/alerts/${patient}/${alert}?ground=${groundText(ground)}`,
      expected,
      options,
    );
    return { bytes, place: placeOf(patient, headers.get(PLACE_HEADER)) };
  }

  /** The share that the chain names one's own by this digest. That custodian only. */
  getShare(patient: Uint64, expected: Binary, options?: CallOptions): Promise<Uint8Array> {
    return this.get(`/v1/shares/${patient}/${toHex(fromBase64(expected))}`, expected, options);
  }

  /** The emergency package that shares name by this digest. The responder, while its emergency permits. */
  getEmergencyPackage(
    patient: Uint64,
    emergency: Uint64,
    expected: Binary,
    options?: CallOptions,
  ): Promise<Uint8Array> {
    return this.get(`/v1/emergency/${patient}/${emergency}/package/${toHex(fromBase64(expected))}`, expected, options);
  }

  /** Ciphertext under its digest. Needs a ground to seal for the patient. */
  putBlob({ patient, category, epoch }: Place, ground: GroundRef, blob: Uint8Array): Promise<Stored> {
    return this.put(blob, (name) => `/v1/blobs/${patient}/${category}/${epoch}/${name}?ground=${groundText(ground)}`);
  }

  /** A key package under its digest. The patient only. */
  putPackage(patient: Uint64, file: Uint8Array): Promise<Stored> {
    return this.put(file, (name) => `/v1/packages/${patient}/${name}`);
  }

  /** An encrypted plan under its digest. Needs a ground to write plans of the category. */
  putPlan(patient: Uint64, category: Category, ground: GroundRef, plan: Uint8Array): Promise<Stored> {
    return this.put(plan, (name) => `/v1/plans/${patient}/${name}?category=${category}&ground=${groundText(ground)}`);
  }

  /** A custodian's share under its digest. The patient only. */
  putShare(patient: Uint64, share: Uint8Array): Promise<Stored> {
    return this.put(share, (name) => `/v1/shares/${patient}/${name}`);
  }

  /**
   * Deletes what vaults keep of the patient, each with its own report; key packages, shares and plans only
   * where it is everything. The patient only. Ask again while a report says that there is more.
   */
  async erase(
    patient: Uint64,
    { category, window }: Period = {},
  ): Promise<{ reports: ErasureReport[]; unreached: Stored["unreached"] }> {
    const query = new URLSearchParams({
      ...(category && { category }),
      ...(window && { from: `${window.from}`, to: `${window.to}` }),
    });
    const target = `/v1/erase/${patient}${query.size > 0 ? `?${query.toString()}` : ""}`;
    const reports: ErasureReport[] = [];
    const unreached = await this.each(async (client) => {
      const report = parsed((await client.call({ method: "POST", target })).bytes) as Omit<ErasureReport, "vault">;
      reports.push({ ...report, vault: client.at.name });
    });
    return { reports, unreached };
  }

  private async get(target: string, expected: Binary, options?: CallOptions): Promise<Uint8Array> {
    return (await this.checked(target, expected, options)).bytes;
  }

  /** From the first vault that has it as the chain says it is; one that was silent just now is asked last. */
  private async checked(target: string, expected: Binary, options?: CallOptions): Promise<Answer> {
    const passed: PassedOver[] = [];
    let instead: string | undefined;
    try {
      for (const client of talkersFirst(this.clients)) {
        const vault = client.at.name;
        const answer = await fetched(client, target, expected, options).catch(passedOver);
        if (answer instanceof VitalsError) {
          passed.push({ vault, error: answer });
          continue;
        }
        instead = vault;
        return answer;
      }
      throw worst(passed.map(({ error }) => error));
    } finally {
      for (const one of passed) this.onFault?.(faultOf(one, instead));
    }
  }

  /** To every vault; enough where one has it. */
  private async put(body: Uint8Array, target: (name: string) => string): Promise<Stored> {
    const own = await digest(body);
    const asked: Asked = { method: "PUT", target: target(toHex(own)), body };
    const unreached = await this.each(async (client) => void (await client.call(asked)));
    return { digest: toBase64(own), unreached };
  }

  /** Fails where it fails at every vault. */
  private async each(call: (client: VaultClient) => Promise<void>): Promise<Stored["unreached"]> {
    const unreached: PassedOver[] = [];
    for (const client of talkersFirst(this.clients)) {
      await call(client).catch((error: unknown) => unreached.push({ vault: client.at.name, error: passedOver(error) }));
    }
    if (unreached.length === this.clients.length) throw worst(unreached.map(({ error }) => error));
    return unreached;
  }
}

async function fetched(client: VaultClient, target: string, expected: Binary, options?: CallOptions): Promise<Answer> {
  const answer = await client.call({ method: "GET", target }, options);
  await same(client.at.name, answer.bytes, expected);
  return answer;
}

/** Fails where the bytes are not those that the chain points to. */
async function same(vault: string, bytes: Uint8Array, expected: Binary): Promise<void> {
  const got = toBase64(await digest(bytes));
  if (got === expected) return;
  const shown = [expected, got].map((text) => toHex(fromBase64(text)));
  throw new VitalsError("vault/digest", `${vault}: expected ${shown[0]}, got bytes of ${shown[1]}`);
}

/** What the next vault may do better. Who does not sign for one signs for none, and who gave up gave up. */
function passedOver(error: unknown): VitalsError {
  if (!(error instanceof VitalsError) || error.code.startsWith("wallet/")) throw error;
  return error;
}

/** Refusals of a vault, the ones that say least about the data first. */
const SAYS_LEAST = ["vault/unreachable", "vault/answer", "vault/not_found"];

/** How much a failure says: a refusal by the consent contract most, then other bytes than the chain's. */
function weight({ code }: VitalsError): number {
  if (!code.startsWith("vault/")) return SAYS_LEAST.length + 2;
  if (code === "vault/digest") return SAYS_LEAST.length + 1;
  const place = SAYS_LEAST.indexOf(code);
  return place < 0 ? SAYS_LEAST.length : place;
}

function worst(errors: readonly VitalsError[]): VitalsError {
  const [first] = [...errors].sort((a, b) => weight(b) - weight(a));
  return first ?? new VitalsError("vault/none", "the network has no vault");
}

function placeOf(patient: Uint64, told: string | null): Place {
  const found = /^([a-z]+)\/(\d+)$/.exec(told ?? "");
  if (!found) throw new VitalsError("vault/answer", `no ${PLACE_HEADER} says where the detail is kept`);
  return { patient, category: found[1] as Category, epoch: Number(found[2]) };
}
