// The patient's key agent: packages for those admitted, new keys after a revocation, emergency packages. Decisions are
// the core's; this asks the chain, puts files to the vaults, and keeps what is to be remembered.
//
// Every call may be stopped at any instant: what was done is told from the chain and from the state, and a rerun does
// the rest.

import { toBase64 } from "@cosmjs/encoding";

import { audienceOf, isGrantsFault, type Skipped } from "./audience.js";
import { attribute, expectEvent } from "./chain-events.js";
import { generationDue, inCore, Keyring, keepsPackage, loadCore, type Roll } from "./core/index.js";
import { keepCustody } from "./custody.js";
import { VitalsError } from "./errors.js";
import type { GrantInfo, GrantMsg, PatientInfo } from "./generated/consent.js";
import * as calls from "./generated/consent-calls.js";
import type { Uint64 } from "./generated/shared.js";
import type { KeyStore } from "./key-store.js";
import { Packages } from "./packages.js";
import type { Vaults } from "./vaults.js";
import type { Sent, Vitals } from "./vitals.js";

export type { Skipped } from "./audience.js";
export type { AgentState, KeyStore } from "./key-store.js";

/** What a rotation did. */
export interface Rotation {
  readonly generation: number;
  /** Grants with a package of the new keys. */
  readonly packaged: readonly Uint64[];
  readonly skipped: readonly Skipped[];
}

/** What keeping packages current did. */
export interface Rolled {
  /** Grants with a new package. */
  readonly grants: readonly Uint64[];
  readonly skipped: readonly Skipped[];
}

/** What changing a grant did. */
export interface Changed {
  readonly grant: Uint64;
  readonly sent: Sent;
  readonly rotation: Rotation | undefined;
  readonly issued: VitalsError | undefined;
}

/** What the agent found to do. */
export interface Tended {
  readonly rotation: Rotation | undefined;
  readonly rolled: Rolled;
  /** Whether a new emergency package was made, or why none could be: everything else goes on without it. */
  readonly custody: boolean | VitalsError;
}

/** Keeps one patient's keys and acts for the patient with them, one call after the other. */
export class KeyAgent {
  private readonly packages: Packages;
  private turn: Promise<unknown> = Promise.resolve();
  /** A secret was drawn that is kept nowhere yet. */
  private unkept = false;

  constructor(
    private readonly vitals: Vitals,
    vaults: Vaults,
    readonly keyring: Keyring,
    private readonly store: KeyStore,
  ) {
    this.packages = new Packages(vitals, vaults, keyring, store);
  }

  /**
   * New keys for a patient that the account controls: kept first, then their recipient is published.
   * @throws VitalsError as `Vitals.send`, and what the store throws
   */
  static async create(vitals: Vitals, vaults: Vaults, patient: Uint64, store: KeyStore): Promise<KeyAgent> {
    await loadCore();
    const { generation } = await vitals.consent.patient({ patient });
    const agent = new KeyAgent(
      vitals,
      vaults,
      inCore(() => Keyring.create(patient, generation)),
      store,
    );
    await store.saveKeys(agent.keyring);
    await vitals.send(calls.setRecipient({ recipient: agent.keyring.recipient }));
    return agent;
  }

  get patient(): Uint64 {
    return this.keyring.patient;
  }

  /**
   * Grants, and gives the grantee the keys. Where its keys cannot be given yet (the grantee published no recipient), the
   * grant stands, `issued` says why, and `issue` tries again.
   */
  grant(grant: GrantMsg): Promise<{ grant: Uint64; sent: Sent; issued: VitalsError | undefined }> {
    return this.inTurn(async () => {
      const sent = await this.vitals.send(calls.grant({ patient: this.patient, grant }));
      const number = attribute(expectEvent(sent.events, "consent", "granted"), "grant");
      return { grant: number, sent, issued: givesKeys(grant) ? await grantsFault(this.issueNow(number)) : undefined };
    });
  }

  /**
   * Ends a grant and gives another in its place, both in one transaction: whoever stops it finds the one or the other.
   * Then brings in new keys where the earlier one reached beyond now, those of the new grant with them. `issued` as of
   * `grant`.
   */
  change(before: Uint64, grant: GrantMsg): Promise<Changed> {
    return this.inTurn(async () => {
      const { patient } = this;
      const sent = await this.vitals.send([calls.revoke({ patient, grant: before }), calls.grant({ patient, grant })]);
      const number = attribute(expectEvent(sent.events, "consent", "granted"), "grant");
      const rotation = await this.rotateNow();
      const fault = rotation?.skipped.find((skipped) => skipped.grant === number)?.error;
      const issued = rotation || !givesKeys(grant) ? fault : await grantsFault(this.issueNow(number));
      return { grant: number, sent, rotation, issued };
    });
  }

  /**
   * Takes a grant back for good, and brings in new keys where it reached beyond now. What the grantee opened before
   * cannot be unread.
   */
  revoke(grant: Uint64): Promise<{ sent: Sent; rotation: Rotation | undefined }> {
    return this.inTurn(async () => {
      const sent = await this.vitals.send(calls.revoke({ patient: this.patient, grant }));
      return { sent, rotation: await this.rotateNow() };
    });
  }

  /**
   * Seals a package for a live grant, puts it in the vaults and its digest on the grant.
   * @throws VitalsError consent's refusal of the grantee, `keys/no_recipient`, `keys/pending` while new keys are due
   */
  issue(grant: Uint64): Promise<void> {
    return this.inTurn(() => this.issueNow(grant));
  }

  /**
   * Brings in the generation that a revocation left pending, or goes on with a rotation that was interrupted;
   * `undefined` where there is nothing to do. Keys are kept before their commitment is posted.
   */
  rotate(): Promise<Rotation | undefined> {
    return this.inTurn(() => this.rotateNow());
  }

  /**
   * Seals anew the packages of teams and sealers that reach too little far ahead, and those that no longer fit.
   * @throws VitalsError `keys/pending` while new keys are due: rotate first
   */
  roll(): Promise<Rolled> {
    return this.inTurn(() => this.rollNow());
  }

  /** Everything that is due: new keys, packages of teams and sealers, the emergency package. Nothing where nothing is. */
  tend(): Promise<Tended> {
    return this.inTurn(async () => {
      const rotation = await this.rotateNow();
      const rolled = await this.rollNow();
      const custody = await keepCustody(this.packages).catch((error: unknown) => {
        if (error instanceof VitalsError) return error;
        throw error;
      });
      return { rotation, rolled, custody };
    });
  }

  /**
   * Names who keeps shares of the emergency package, and how many shares it takes; none at all clears them. Then makes
   * package and shares, under new keys where those before opened what comes.
   * @throws VitalsError as `keepCustody`
   */
  setCustodians(custodians: readonly string[], threshold: number): Promise<Sent> {
    return this.inTurn(async () => {
      const named = { patient: this.patient, custodians: [...custodians], threshold };
      const sent = await this.vitals.send(calls.setCustodians(named));
      await this.rotateNow();
      await keepCustody(this.packages);
      return sent;
    });
  }

  /**
   * Makes the emergency package anew where that is due: package and shares to the vaults, then the shares' digests to
   * the chain. Says whether it was. Until the digests are there, what was there holds.
   * @throws VitalsError `keys/no_recipient` where a custodian published none, `keys/pending`
   */
  keepCustody(): Promise<boolean> {
    return this.inTurn(() => keepCustody(this.packages));
  }

  /**
   * Draws a new recovery identity and gives out its shares, one line of text for each guardian, of which any `threshold`
   * of `of` open backups of the keys made from now on. They are kept nowhere else.
   */
  recoveryShares(threshold: number, of: number): Promise<string[]> {
    return this.inTurn(async () => {
      const lines = inCore(() => this.keyring.shareRecovery(threshold, of));
      await this.store.saveKeys(this.keyring);
      return lines;
    });
  }

  /** One thing at a time: keys are kept before another call relies on them. */
  private inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.turn.then(act);
    this.turn = done.catch(() => undefined);
    return done;
  }

  private async issueNow(grant: Uint64): Promise<void> {
    const patient = await this.packages.current();
    const info = await this.vitals.consent.grant({ patient: this.patient, grant });
    const { recipients } = await audienceOf(this.vitals, this.patient, info);
    const roll = await this.packages.seal(await this.packages.standing(patient, info, recipients));
    await this.packages.putDigests([[info, roll]]);
  }

  private async rotateNow(): Promise<Rotation | undefined> {
    const before = await this.packages.patientNow();
    const generation = inCore(() => generationDue(before));
    const state = await this.packages.loaded();
    if (state.rotating !== generation && !before.pending) return undefined;
    await this.packages.save({ ...state, rotating: generation });
    const patient = await this.openGeneration(before, generation);
    const { sealed, skipped } = await this.sealAll(async (info, recipients) => {
      const known = (await this.packages.loaded()).rolls[info.grant];
      if (known?.generation === generation) return known;
      return this.packages.seal(await this.packages.standing(patient, info, recipients));
    });
    await this.packages.save({ ...(await this.packages.loaded()), rotating: null });
    return { generation, packaged: sealed, skipped };
  }

  private async rollNow(): Promise<Rolled> {
    const patient = await this.packages.current();
    const { sealed, skipped } = await this.sealAll(
      (info, recipients) => this.packages.due(patient, info, recipients),
      (info) => inCore(() => keepsPackage(info)),
    );
    return { grants: sealed, skipped };
  }

  /** A package for each grant that is to have one, then all their digests; the grants that got one. */
  private async sealAll(
    act: (info: GrantInfo, recipients: readonly string[]) => Promise<Roll | undefined>,
    wanted: (info: GrantInfo) => boolean = () => true,
  ): Promise<{ sealed: Uint64[]; skipped: Skipped[] }> {
    const sealed: [GrantInfo, Roll][] = [];
    const skipped: Skipped[] = [];
    for (const info of (await this.packages.grants()).filter(wanted)) {
      const roll = await this.packages.passing(info, skipped, (recipients) => act(info, recipients));
      if (roll) sealed.push([info, roll]);
    }
    await this.packages.putDigests(sealed);
    return { sealed: sealed.map(([{ grant }]) => grant), skipped };
  }

  private async openGeneration(patient: PatientInfo, generation: number): Promise<PatientInfo> {
    this.unkept ||= inCore(() => this.keyring.bringIn(patient));
    if (this.unkept) await this.store.saveKeys(this.keyring);
    this.unkept = false;
    if (!patient.pending) return patient;
    const commitment = toBase64(inCore(() => this.keyring.commitment(generation)));
    await this.vitals.send(calls.openGeneration({ patient: this.patient, generation, commitment }));
    return this.packages.patientNow();
  }
}

const givesKeys = ({ actions }: GrantMsg): boolean => actions.some((action) => action === "read" || action === "seal");

/** What kept a grant from having keys, where that is the grant's own. */
async function grantsFault(done: Promise<unknown>): Promise<VitalsError | undefined> {
  try {
    await done;
    return undefined;
  } catch (error) {
    if (error instanceof VitalsError && isGrantsFault(error)) return error;
    throw error;
  }
}
