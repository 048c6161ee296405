/** A patient's gateway: `vitals gateway run`, with devices over MQTT. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { consentCalls } from "@cw-vitals/client";
import { Identity, loadCore } from "@cw-vitals/client/core";
import type { Name } from "./chain";
import type { Device } from "./device";
import type { NetworkInDir } from "./network";
import { output, program, type Service } from "./service";

/** As `[[gateway.thresholds]]` of `vitals config example`; values in the measure's fixed point. */
export interface Threshold {
  rule: number;
  measure: string;
  comparison: "at_least" | "at_most";
  value: number;
  for_readings: number;
  severity: "notice" | "urgent" | "emergency";
  ladder: number;
}

/** What one patient wants watched: a heart above 100 a minute, oxygen below 90 %. */
export const THRESHOLDS: readonly Threshold[] = [
  {
    ...{ rule: 1, measure: "heart_rate", comparison: "at_least", value: 1_200 },
    ...{ for_readings: 3, severity: "urgent", ladder: 1 },
  },
  {
    ...{ rule: 2, measure: "oxygen_saturation", comparison: "at_most", value: 899 },
    ...{ for_readings: 3, severity: "emergency", ladder: 1 },
  },
] as Threshold[];

export interface Edge {
  patient: string;
  /** The patient's grant to the gateway's account, with the action `seal` and with keys. */
  grant: string;
  devices: readonly Device[];
  thresholds?: readonly Threshold[];
}

/** A new identity of an account's, whose recipient is published; `AGE-SECRET-KEY-1…`. */
export async function publishRecipient(network: NetworkInDir, account: Name): Promise<string> {
  await loadCore();
  const identity = Identity.create();
  await network.send(account, consentCalls.setRecipient({ recipient: identity.recipient }));
  return identity.reveal();
}

export class Gateway {
  url = "";
  private running: Service | undefined;

  private constructor(
    private readonly network: NetworkInDir,
    readonly account: Name,
    private readonly dir: string,
    /** The gateway as a device, which signs alerts: the patient pairs it as any other. */
    readonly own: Device,
  ) {}

  /** Its account takes sealed keys from now on. */
  static async make(network: NetworkInDir, account: Name): Promise<Gateway> {
    const dir = join(network.dir, account);
    mkdirSync(dir, { recursive: true });
    const identity = await publishRecipient(network, account);
    writeFileSync(join(dir, "identity"), `${identity}\n`, { mode: 0o600 });
    const own = await network.newDevice("pulse-oximeter", `${account}-own`);
    await own.register();
    writeFileSync(join(dir, "device.key"), own.seed(), { mode: 0o600 });
    return new Gateway(network, account, dir, own);
  }

  /** Starts it, or starts it again where it was stopped. */
  async start(edge: Edge): Promise<void> {
    writeFileSync(this.config, toml(this.settings(edge)));
    const args = ["gateway", "run", "--config", this.config];
    this.running = this.network.service(`gateway-${this.account}`, program("vitals"), args);
    this.url = await this.running.says("gateway listens on ");
  }

  private get config(): string {
    return join(this.dir, "vitals.toml");
  }

  /** A device connects with it; a new one each time. */
  password(device: string): Promise<string> {
    return this.command("device-password", "--device", device);
  }

  /** Asks devices to close what is open, though the hour is not over. */
  async close(): Promise<void> {
    await this.command("close");
  }

  /** What `vitals status` tells. */
  async status(): Promise<{ care_plan: number | null; care_plan_trouble: string | null }> {
    return JSON.parse(await output(program("vitals"), ["status", "--json", "--config", this.config]));
  }

  private command(name: string, ...more: string[]): Promise<string> {
    return output(program("vitals"), ["gateway", name, "--config", this.config, ...more]);
  }

  async stop(): Promise<void> {
    await this.running?.stop();
  }

  async kill(): Promise<void> {
    await this.running?.kill();
  }

  private settings(edge: Edge): Settings {
    const { chain, deploymentFile, vaults } = this.network;
    return {
      chain: {
        node: chain.rpc,
        deployment: deploymentFile,
        key_file: this.network.mnemonicFile(this.account),
        gas_price: chain.gasPrice,
      },
      gateway: {
        patient: edge.patient,
        ground: `grant:${edge.grant}`,
        dir: this.dir,
        devices: edge.devices.map(({ number }) => Number(number)),
        identity_file: join(this.dir, "identity"),
        ops_listen: "127.0.0.1:0",
        vaults: vaults.map(({ name, url }) => ({ name, url })),
        device: { number: Number(this.own.number), key_file: join(this.dir, "device.key") },
        mqtt: { listen: "127.0.0.1:0" },
        thresholds: (edge.thresholds ?? THRESHOLDS).map((threshold) => ({ ...threshold })),
      },
    };
  }
}

type Value = string | number | readonly (number | Readonly<Record<string, string | number>>)[] | Settings;
interface Settings {
  readonly [key: string]: Value;
}

/** TOML whose tables are inline: what JSON spells is what TOML spells, but for `:`. */
export function toml(settings: Settings): string {
  const sections = Object.entries(settings).map(([name, section]) => {
    const lines = Object.entries(section as Settings).map(([key, value]) => `${key} = ${inline(value)}`);
    return [`[${name}]`, ...lines].join("\n");
  });
  return `${sections.join("\n")}\n`;
}

function inline(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, one]) => `${key} = ${inline(one as Value)}`)
    .join(", ")} }`;
}
