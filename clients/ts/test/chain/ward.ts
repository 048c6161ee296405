// A patient with a heart monitor whose readings reach the chain, made as a clinic would: maker and device are programs,
// and so is the gateway.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Account } from "../../src/account.js";
import { Identity, Keyring, loadCore } from "../../src/core/index.js";
import type { BatchInfo } from "../../src/generated/anchor.js";
import type { GrantMsg, Role } from "../../src/generated/consent.js";
import { allPages, attribute, consentCalls, expectEvent, Vaults, type Vitals } from "../../src/index.js";
import { type AgentState, KeyAgent, type KeyStore } from "../../src/keys.js";
import { run, type Service, serve } from "./process.js";
import type { Name, World } from "./world.js";

/** The patient's keys in a file, locked with a cost of tests. */
export class FileStore implements KeyStore {
  constructor(private readonly world: World) {}

  async saveKeys(keyring: Keyring): Promise<void> {
    this.world.file("patient.keys", keyring.lock(PASSPHRASE, 2));
  }

  async loadState(): Promise<AgentState | undefined> {
    const path = join(this.world.home, "patient.keys.state");
    return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as AgentState) : undefined;
  }

  async saveState(state: AgentState): Promise<void> {
    this.world.file("patient.keys.state", JSON.stringify(state));
  }
}

export const PASSPHRASE = "of the tests";

/** The patient as tests act for it. */
export interface Ward {
  readonly patient: string;
  readonly vitals: Vitals;
  readonly vaults: Vaults;
  readonly agent: KeyAgent;
  /** Resolves once so many batches are anchored; gives all of them. */
  anchored(count: number): Promise<BatchInfo[]>;
}

const now = (): number => Math.floor(Date.now() / 1000);
export const HOUR = Math.floor(Date.now() / 3_600_000);

/** Treatment of everything, from an hour ago on for two days. */
export const grantTo = (account: string, actions: GrantMsg["actions"], other: Partial<GrantMsg> = {}): GrantMsg => ({
  grantee: { account },
  purposes: ["TREAT"],
  categories: ["cardiac"],
  actions,
  window: { from: HOUR - 1, to: HOUR + 48 },
  valid_until: now() + 86_400,
  ...other,
});

export const addressOf = (vitals: Vitals): string => vitals.account?.address ?? "";

export const accountOf = (vitals: Vitals): Account => {
  if (!vitals.account) throw new Error("no account");
  return vitals.account;
};

/** The owner admits a board, and the board attests roles. */
async function attest(world: World, roles: readonly (readonly [Name, Role])[]): Promise<void> {
  const [owner, board] = [await world.as("deployer"), await world.as("board")];
  const admitted = [...new Set(roles.map(([, role]) => role))];
  await owner.send(consentCalls.admitIssuer({ issuer: addressOf(board), roles: admitted }));
  const calls = roles.map(async ([name, role]) => {
    const account = addressOf(await world.as(name));
    return consentCalls.issueCredential({ account, role, until: now() + 86_400 });
  });
  await board.send(await Promise.all(calls));
}

/** Makes the ward; gives what ends its programs. */
export async function startWard(world: World, custodian: Identity): Promise<() => Promise<void>> {
  await attest(world, [
    ["clinician", "clinician"],
    ["insurer", "insurer"],
    ["responder", "emergency_responder"],
    ["vault", "custodian"],
    ["vault", "vault_operator"],
  ]);
  await (await world.as("vault")).send(consentCalls.setRecipient({ recipient: custodian.recipient }));
  const device = await registered(world);
  const vitals = await world.as("patient");
  const { events } = await vitals.send(consentCalls.enrol());
  const patient = attribute(expectEvent(events, "consent", "enrolled"), "patient");
  const vaults = new Vaults(world.network, accountOf(vitals));
  const agent = await KeyAgent.create(vitals, vaults, patient, new FileStore(world));
  world.file("passphrase", PASSPHRASE);
  await pair(world, vitals, patient, device);
  return startGateway(world, agent, device);
}

export async function openWard(world: World): Promise<Ward> {
  await loadCore();
  const vitals = await world.as("patient");
  const vaults = new Vaults(world.network, accountOf(vitals));
  const keyring = Keyring.unlock(readFileSync(join(world.home, "patient.keys")), PASSPHRASE);
  const agent = new KeyAgent(vitals, vaults, keyring, new FileStore(world));
  const { patient } = keyring;
  return { patient, vitals, vaults, agent, anchored: (count) => anchored(vitals, patient, count) };
}

async function anchored(vitals: Vitals, patient: string, count: number): Promise<BatchInfo[]> {
  for (let tries = 0; tries < 300; tries += 1) {
    const batches = await allPages(async (last: BatchInfo | undefined) => {
      const asked = { patient, category: "cardiac" as const, start_after: last?.id ?? null };
      return (await vitals.anchor.batches(asked)).batches;
    });
    if (batches.length >= count) return batches;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`fewer than ${count} batches were anchored`);
}

/** Maker, model and device in the registry: the device's number. */
async function registered(world: World): Promise<string> {
  const [owner, maker] = [await world.as("deployer"), await world.as("maker")];
  const key = ["--key-file", join(world.home, "maker.key"), "--account", addressOf(maker), "--name", "Example Devices"];
  await owner.send(await paper(world, "admit_maker", ["maker", ...key]));
  const dir = ["--dir", join(world.home, "heart")];
  await run(world.programs.device, ["new", ...dir, "--kind", "heart-monitor"]);
  const listed = await maker.send(await paper(world, "list_model", ["model", ...dir]));
  const model = attribute(expectEvent(listed.events, "registry", "model_listed"), "model");
  const of = ["--deployment", join(world.home, "deployment.json"), "--model", model, "--registrant", addressOf(maker)];
  const papers = ["registration", ...dir, ...of, "--maker-key", join(world.home, "maker.key")];
  const { events } = await maker.send(await paper(world, "register", papers));
  return attribute(expectEvent(events, "registry", "registered"), "device");
}

async function pair(world: World, vitals: Vitals, patient: string, device: string): Promise<void> {
  await vitals.send(
    await paper(world, "pair", [
      "pairing",
      "--dir",
      join(world.home, "heart"),
      "--device",
      device,
      "--patient",
      patient,
    ]),
  );
}

/** The message that a paper of the device program holds. */
async function paper(world: World, name: string, args: string[]) {
  const { stdout } = await run(world.programs.device, args);
  const content = (JSON.parse(stdout) as Record<string, unknown>)[name];
  if (content === undefined) throw new Error(`no ${name} in ${stdout}`);
  return { contract: "registry", msg: { [name]: content } } as const;
}

async function startGateway(world: World, agent: KeyAgent, device: string): Promise<() => Promise<void>> {
  const gateway = await world.as("gateway");
  const identity = Identity.create();
  await gateway.send(consentCalls.setRecipient({ recipient: identity.recipient }));
  const { grant, issued } = await agent.grant(grantTo(addressOf(gateway), ["seal"]));
  if (issued) throw issued;
  const config = world.file(
    "gateway.toml",
    settings(world, agent.patient, grant, device, world.file("gateway.identity", identity.reveal())),
  );
  const { vitals, device: program } = world.programs;
  const { stdout: password } = await run(vitals, [
    "gateway",
    "device-password",
    "--config",
    config,
    "--device",
    device,
  ]);
  const services: Service[] = [];
  services.push(await serve(vitals, ["gateway", "run", "--config", config], "gateway listens on "));
  const plays = [
    "run",
    "--dir",
    join(world.home, "heart"),
    "--gateway",
    services[0]?.at ?? "",
    "--batch-seconds",
    "3",
    "--speed",
    "4",
    "--episode",
    "0:86400",
  ];
  services.push(
    await serve(program, [...plays, "--password-file", world.file("password", password)], "device plays to "),
  );
  return async () => {
    for (const service of services.reverse()) await service.stop();
  };
}

const settings = (world: World, patient: string, grant: string, device: string, identity: string): string => `
[chain]
node = "${world.network.node}"
deployment = "${join(world.home, "deployment.json")}"
key_file = "${world.words("gateway")}"
gas_price = "${world.network.gasPrice}"
[gateway]
patient = "${patient}"
ground = "grant:${grant}"
dir = "${join(world.home, "gateway")}"
devices = [${device}]
identity_file = "${identity}"
ops_listen = "127.0.0.1:0"
[[gateway.vaults]]
name = "${world.network.vaults[0]?.name}"
url = "${world.network.vaults[0]?.url}"
[gateway.mqtt]
listen = "127.0.0.1:0"
`;
