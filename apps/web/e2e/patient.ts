/**
 * A patient who is one already: for tests of what comes later than a patient's first steps, which are clicks. Its
 * keys are made and handed out by `vitals keys`, and go to the app by its link.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { attribute, careCalls, consentCalls, expectEvent } from "@cw-vitals/client";
import { Keyring, loadCore } from "@cw-vitals/client/core";
import type { Name } from "./chain";
import type { Device } from "./device";
import { Gateway } from "./gateway";
import type { Network } from "./network";
import { output, program } from "./service";

type GrantMsg = Parameters<typeof consentCalls.grant>[0]["grant"];
type Purpose = GrantMsg["purposes"][number];
type Action = GrantMsg["actions"][number];

const ALL = ["cardiac", "respiratory", "temperature", "metabolic", "activity", "medication"] as const;
const HOUR_MS = 3_600_000;
const DAYS = 30;
const PASSPHRASE = "of a test";
/** The ladder that thresholds of `gateway.ts` climb. */
const LADDER = 1;

export class Patient {
  private constructor(
    private readonly network: Network,
    readonly account: Name,
    readonly number: string,
    private readonly keys: string,
    private readonly keyring: Keyring,
  ) {}

  /** Enrols, with keys and a ladder that calls the clinician after nobody. */
  static async admit(network: Network, account: Name): Promise<Patient> {
    await loadCore();
    const { events } = await network.send(account, consentCalls.enrol());
    const number = attribute(expectEvent(events, "consent", "enrolled"), "patient");
    const keys = join(network.dir, `${account}.keys`);
    writeFileSync(`${keys}.passphrase`, `${PASSPHRASE}\n`, { mode: 0o600 });
    await output(program("vitals"), ["keys", "create", "--patient", number, ...place(network, keys)]);
    const keyring = Keyring.unlock(readFileSync(keys), PASSPHRASE);
    const clinician = await network.chain.address("clinician");
    const tiers = [{ responders: [clinician], within_s: 300 }];
    await network.send(account, [
      consentCalls.setRecipient({ recipient: keyring.recipient }),
      careCalls.setLadder({ patient: number, ladder: LADDER, tiers, ends_in_emergency: false }),
    ]);
    return new Patient(network, account, number, keys, keyring);
  }

  /** Grants everything from a day before on for a month, with keys; the grant's number. */
  async grant(to: Name, purpose: Purpose, actions: Action[]): Promise<string> {
    const hour = Math.floor(Date.now() / HOUR_MS);
    const grant: GrantMsg = {
      grantee: { account: await this.network.chain.address(to) },
      purposes: [purpose],
      categories: [...ALL],
      actions,
      window: { from: hour - 24, to: hour + DAYS * 24 },
      valid_until: Math.floor(Date.now() / 1_000) + DAYS * 86_400,
    };
    const { events } = await this.network.send(this.account, consentCalls.grant({ patient: this.number, grant }));
    const number = attribute(expectEvent(events, "consent", "granted"), "grant");
    const vaults = this.network.vaults.flatMap(({ name, url }) => ["--vault", `${name}=${url}`]);
    const by = ["--mnemonic-file", this.network.mnemonicFile(this.account), ...vaults];
    await output(program("vitals"), ["keys", "package", "--grant", number, ...place(this.network, this.keys), ...by]);
    return number;
  }

  /** Gives one custodian a share that opens the emergency package by itself. */
  async keepForEmergencies(custodian: Name): Promise<void> {
    const address = await this.network.chain.address(custodian);
    const vaults = this.network.vaults.flatMap(({ name, url }) => ["--vault", `${name}=${url}`]);
    const by = ["--mnemonic-file", this.network.mnemonicFile(this.account), "--gas-price", this.network.chain.gasPrice];
    const set = ["keys", "emergency", "set", "--custodian", address, "--threshold", "1"];
    await output(program("vitals"), [...set, ...place(this.network, this.keys), ...by, ...vaults]);
  }

  /** Registers devices where they are not yet, and pairs them. */
  async pair(devices: readonly Device[]): Promise<void> {
    for (const device of devices) {
      if (device.number === undefined) await device.register();
      await this.network.send(this.account, await device.pairing(this.number));
    }
  }

  /** A gateway that runs, with these devices of the patient's and its own. */
  async gateway(account: Name, devices: readonly Device[]): Promise<Gateway> {
    const gateway = await Gateway.make(this.network, account);
    await this.pair([gateway.own, ...devices]);
    const grant = await this.grant(account, "TREAT", ["seal"]);
    await gateway.start({ patient: this.number, grant, devices });
    return gateway;
  }

  /** Finds the readings that meet a policy and claims on them, which publishes them. Fails where none do. */
  async claim(policy: string): Promise<void> {
    const vaults = this.network.vaults.flatMap(({ name, url }) => ["--vault", `${name}=${url}`]);
    const keys = ["--keys", this.keys, "--passphrase-file", `${this.keys}.passphrase`];
    const at = ["--node", this.network.chain.rpc, "--deployment", this.network.deploymentFile];
    const by = ["--mnemonic-file", this.network.mnemonicFile(this.account), "--gas-price", this.network.chain.gasPrice];
    const what = ["--policy", policy, "--out", join(this.network.dir, `claim-${policy}.json`), "--send"];
    await output(program("vitals"), ["claim", "prepare", ...what, ...keys, ...vaults, ...at, ...by]);
  }

  /** Opens the app with the account and the keys. */
  link(): Promise<string> {
    const identity = this.keyring.identity();
    const keyring = Buffer.from(this.keyring.lockWith(identity)).toString("base64");
    const more = { identity: identity.reveal(), keyring, patient: this.number };
    return this.network.link("patient", this.account, more);
  }
}

function place(network: Network, keys: string): string[] {
  const lock = ["--file", keys, "--passphrase-file", `${keys}.passphrase`];
  return [...lock, "--node", network.chain.rpc, "--deployment", network.deploymentFile];
}
