// Packages on a patient's grants: sealed to those whom a grant lets have keys, put in the vaults, recorded on the chain.

import { audienceOf, isGrantsFault, type Skipped } from "./audience.js";
import { type GrantStanding, inCore, type Keyring, loadCore, type PackageNeed, type Roll } from "./core/index.js";
import { VitalsError } from "./errors.js";
import type { GrantInfo, PatientInfo } from "./generated/consent.js";
import { putPackages } from "./generated/consent-calls.js";
import type { Uint64 } from "./generated/shared.js";
import { type AgentState, type KeyStore, noState } from "./key-store.js";
import { grantsOf } from "./recipients.js";
import type { Vaults } from "./vaults.js";
import type { Vitals } from "./vitals.js";

/** Digests that one message puts on grants. */
const MOST_PACKAGES = 30;

/** A key agent's hands. */
export class Packages {
  private state: AgentState | undefined;

  constructor(
    readonly vitals: Vitals,
    readonly vaults: Vaults,
    readonly keyring: Keyring,
    readonly store: KeyStore,
  ) {}

  get patient(): Uint64 {
    return this.keyring.patient;
  }

  /** The patient as the chain has it now, with keys that are of that patient and as new. */
  async patientNow(): Promise<PatientInfo> {
    await loadCore();
    const patient = await this.vitals.consent.patient({ patient: this.patient });
    inCore(() => this.keyring.check(patient));
    return patient;
  }

  /** The same, with no new keys due. */
  async current(): Promise<PatientInfo> {
    const patient = await this.patientNow();
    if (patient.pending) throw new VitalsError("keys/pending", "a revocation left new keys due: rotate first");
    return patient;
  }

  grants(): Promise<GrantInfo[]> {
    return grantsOf(this.vitals, this.patient);
  }

  async standing(patient: PatientInfo, grant: GrantInfo, recipients: readonly string[]): Promise<GrantStanding> {
    const { timeMs: nowMs } = await this.vitals.head();
    return {
      patient,
      grant,
      recipients: [...recipients],
      roll: (await this.loaded()).rolls[grant.grant] ?? null,
      nowMs,
    };
  }

  /** The package to put on a grant, where another than it has is due. */
  async due(patient: PatientInfo, info: GrantInfo, recipients: readonly string[]): Promise<Roll | undefined> {
    const standing = await this.standing(patient, info, recipients);
    const need: PackageNeed = inCore(() => this.keyring.due(standing));
    if (need === "nothing") return undefined;
    return need === "seal" ? this.seal(standing) : need.record;
  }

  /** Seals a grant's package and puts it in the vaults, which is remembered. */
  async seal(standing: GrantStanding): Promise<Roll> {
    const sealed = inCore(() => this.keyring.sealFor(standing));
    const { roll } = inCore(() => sealed.record());
    await this.vaults.putPackage(this.patient, sealed.file);
    sealed.free();
    const state = await this.loaded();
    const { grant } = standing.grant as GrantInfo;
    await this.save({ ...state, rolls: { ...state.rolls, [grant]: roll } });
    return roll;
  }

  /** Does it for those whom the grant lets have keys; a grant that lets nobody is passed over, and told. */
  async passing(
    info: GrantInfo,
    skipped: Skipped[],
    act: (recipients: readonly string[]) => Promise<Roll | undefined>,
  ): Promise<Roll | undefined> {
    try {
      const audience = await audienceOf(this.vitals, this.patient, info);
      skipped.push(...audience.skipped);
      return await act(audience.recipients);
    } catch (error) {
      if (!(error instanceof VitalsError) || !isGrantsFault(error)) throw error;
      skipped.push({ grant: info.grant, error });
      return undefined;
    }
  }

  /** Puts the digests of sealed packages on the grants that do not have them yet. */
  async putDigests(sealed: readonly (readonly [GrantInfo, Roll])[]): Promise<void> {
    const missing = sealed
      .filter(
        ([info, roll]) => info.package?.digest !== roll.digest || info.package.recipient_hash !== roll.recipient_hash,
      )
      .map(([{ grant }, { digest, recipient_hash }]) => ({ grant, package: { digest, recipient_hash } }));
    for (let at = 0; at < missing.length; at += MOST_PACKAGES) {
      const packages = missing.slice(at, at + MOST_PACKAGES);
      await this.vitals.send(putPackages({ patient: this.patient, packages }));
    }
  }

  async loaded(): Promise<AgentState> {
    this.state ??= (await this.store.loadState()) ?? noState();
    return this.state;
  }

  async save(state: AgentState): Promise<void> {
    await this.store.saveState(state);
    this.state = state;
  }
}
