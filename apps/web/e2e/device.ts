/** Devices in software, by the program that makes them. Their files are what a maker's and a patient's app take. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { attribute, type ContractCall, expectEvent } from "@cw-vitals/client";
import type { NetworkInDir } from "./network";
import { output, program, type Service } from "./service";

export type Kind =
  | "heart-monitor"
  | "pulse-oximeter"
  | "respiration-monitor"
  | "thermometer"
  | "blood-pressure-monitor"
  | "medication-dispenser";
export const KINDS: readonly Kind[] = [
  ...(["heart-monitor", "pulse-oximeter", "respiration-monitor"] as const),
  ...(["thermometer", "blood-pressure-monitor", "medication-dispenser"] as const),
];

/** How a device plays. */
export interface Playing {
  speed?: number;
  /** Seconds from one made-up reading to the next. */
  every?: number;
  /** Seconds after which a batch is closed; 3 where absent, so that pages need not wait an hour. */
  batchSeconds?: number;
  /** Readings out of range, in seconds from the start. */
  episode?: { after: number; for: number };
  /** The pairing's number, where it is not the first. */
  pairing?: number;
}

type Paper = Record<"register" | "pair" | "list_model", Record<string, unknown>>;

const simulator = (...args: string[]) => output(program("vitals-device-sim"), args);

/** The Ed25519 key of the network's maker, admitted by the owner of the registry. */
export async function makerPaper(network: NetworkInDir): Promise<Record<string, unknown>> {
  const account = await network.chain.address("maker");
  const key = ["--key-file", makerKey(network), "--account", account, "--name", "Example Devices"];
  return JSON.parse(await simulator("maker", ...key)).admit_maker;
}

function makerKey(network: NetworkInDir): string {
  return join(network.dir, "maker.key");
}

export class Device {
  /** In the registry, once it is registered. */
  number: string | undefined;
  private running: Service | undefined;

  private constructor(
    private readonly network: NetworkInDir,
    readonly name: string,
    readonly kind: Kind,
    private readonly dir: string,
    /** What a maker's app takes. */
    readonly registrationFile: string,
  ) {}

  /** Makes one, whose registration waits for `registrant`, the maker where absent. */
  static async make(network: NetworkInDir, name: string, kind: Kind, model: number): Promise<Device> {
    const dir = join(network.dir, "devices", name);
    const file = join(network.dir, `${name}.registration.json`);
    await simulator("new", "--dir", dir, "--kind", kind);
    const account = await network.chain.address("maker");
    const place = ["--dir", dir, "--deployment", network.deploymentFile, "--out", file];
    const by = ["--model", String(model), "--registrant", account, "--maker-key", makerKey(network)];
    await simulator("registration", ...place, ...by);
    return new Device(network, name, kind, dir, file);
  }

  /** As the maker's page does it; the device's number. */
  async register(): Promise<string> {
    const msg = { register: paper(this.registrationFile).register };
    const { events } = await this.network.send("maker", { contract: "registry", msg });
    this.number = attribute(expectEvent(events, "registry", "registered"), "device");
    return this.number;
  }

  /**
   * What the patient's app takes: signed by the device, good for this patient and once.
   * @param action the registry's next for it, where others than the device used some up: to give it back is one
   */
  async pairingFile(patient: string, action?: number): Promise<string> {
    const file = join(this.network.dir, `${this.name}.pairing.json`);
    const about = ["--device", this.registered(), "--patient", patient];
    if (action !== undefined) about.push("--action", String(action));
    await simulator("pairing", "--dir", this.dir, ...about, "--out", file);
    return file;
  }

  /** What a patient's page sends for it. */
  async pairing(patient: string): Promise<ContractCall> {
    return { contract: "registry", msg: { pair: paper(await this.pairingFile(patient)).pair } };
  }

  /** Plays to a gateway until it is stopped. */
  async run(gateway: { url: string; password(device: string): Promise<string> }, playing: Playing = {}): Promise<void> {
    const passwordFile = join(this.dir, "password");
    writeFileSync(passwordFile, await gateway.password(this.registered()), { mode: 0o600 });
    const args = ["run", "--dir", this.dir, "--gateway", gateway.url, "--password-file", passwordFile];
    args.push("--batch-seconds", String(playing.batchSeconds ?? 3));
    for (const name of ["speed", "every", "pairing"] as const) {
      if (playing[name] !== undefined) args.push(`--${name}`, String(playing[name]));
    }
    if (playing.episode) args.push("--episode", `${playing.episode.after}:${playing.episode.for}`);
    this.running = this.network.service(`device-${this.name}`, program("vitals-device-sim"), args);
    await this.running.says("device plays to ");
  }

  /** A minute of readings out of range, from now on. */
  async episode(): Promise<void> {
    await this.running?.signal("SIGUSR1");
  }

  async stop(): Promise<void> {
    await this.running?.stop();
  }

  async kill(): Promise<void> {
    await this.running?.kill();
  }

  /** Its key, for a gateway that is a device itself. */
  seed(): Buffer {
    return Buffer.from(JSON.parse(readFileSync(join(this.dir, "device.json"), "utf8")).seed, "hex");
  }

  private registered(): string {
    if (this.number === undefined) throw new Error(`device ${this.name} is not registered yet`);
    return this.number;
  }
}

function paper(file: string): Paper {
  return JSON.parse(readFileSync(file, "utf8")) as Paper;
}

/** What the maker sends to list the models of all kinds, in the order of `KINDS`. */
export async function models(network: NetworkInDir): Promise<ContractCall[]> {
  const list = async (kind: Kind): Promise<ContractCall> => {
    const dir = join(network.dir, "models", kind);
    await simulator("new", "--dir", dir, "--kind", kind);
    const { list_model } = JSON.parse(await simulator("model", "--dir", dir)) as Paper;
    return { contract: "registry", msg: { list_model } };
  };
  return Promise.all(KINDS.map(list));
}
