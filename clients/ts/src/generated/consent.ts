// Generated from schema/ by `npm run generate`; do not edit.

import type { OneOf, Queried } from "../contract.js";
import type { AdminInfo, AdminMsg, Binary, Category, GroundRef, Uint64, Window } from "./shared.js";

// consent: `consent`

/** What is done under a consent. */
export type Action =
  | "write_plan" | "receive_alerts"
  /** Fetch keys and ciphertext. */
  | "read"
  /** Publish readings in a claim. */
  | "disclose"
  /** Seal batches and send them to the chain. */
  | "seal";

export interface AnchoredLog {
  /** Block time it was anchored at. */
  at: number;
  count: number;
  root: Binary;
  vault: string;
}

export interface CredentialInfo {
  issuer?: string | null;
  live: boolean;
  until?: number | null;
}

export interface CustodiansInfo {
  /** Empty where the patient named none: then an emergency opens nothing. */
  custodians: string[];
  /** Where packages were put. */
  packages?: EmergencyPackages | null;
  /** Shares it takes; 0 where there are none. */
  threshold: number;
}

/** What is asked of the decision. See `vitals_core::decision`. */
export interface DecideMsg {
  action: Action;
  category: Category;
  /**
   * Where absent, these are tried in turn: the patient's control, a guardian's power, those of the newest 64
   * grants that name the account or a team of it, and its newest emergency. A refusal is a denial where there is
   * one, else that of the newest such grant.
   */
  ground?: GroundRef | null;
  patient: Uint64;
  purpose: Purpose;
  who: string;
  window: Window;
}

/** The answer cites what it rests on, or why nothing does. */
export type Decision = {
  permit: {
    by: GroundRef;
  };
} | {
  refuse: {
    code: string;
    reason: string;
  };
};

export interface DenialInfo {
  /** Block seconds; absent where there is no denial. */
  since?: number | null;
}

/** Oldest first. */
export interface EmergenciesPage {
  emergencies: EmergencyInfo[];
}

export interface EmergencyInfo {
  emergency: Uint64;
  ended_at?: number | null;
  opened_at: number;
  /** SHA-256 of the written reason, 32 bytes. */
  reason: Binary;
  responder: string;
  review?: ReviewInfo | null;
  /** First second at which a review is overdue. */
  review_by: number;
  /** First second it no longer holds, unless it was ended before. */
  until: number;
  /** Measured epochs it lets read. */
  window: Window;
}

/** A custodian's share of the emergency package. */
export interface EmergencyPackageMsg {
  custodian: string;
  /** SHA-256 of the share, 32 bytes. */
  digest: Binary;
}

export interface EmergencyPackages {
  /** Whose secret they open. */
  generation: number;
  packages: EmergencyPackageMsg[];
  /** Measured epochs the shares open. */
  window: Window;
}

export interface GrantInfo {
  actions: Action[];
  /** The guardian who gave it, of several the one who approved last; absent where the patient did. */
  by?: string | null;
  categories: Category[];
  grant: Uint64;
  grantee: Party;
  package?: PackageRef | null;
  purposes: Purpose[];
  /** By a message, or by a recovery of the patient after the patient had given it. */
  revoked: boolean;
  valid_from: number;
  valid_until: number;
  window: Window;
}

export interface GrantMsg {
  actions: Action[];
  categories: Category[];
  /** An account, or the members of a team. */
  grantee: Party;
  /** Where the grant comes with keys. */
  package?: PackageRef | null;
  purposes: Purpose[];
  /** Block seconds; now where absent. */
  valid_from?: number | null;
  valid_until: number;
  /** Measured epochs it reaches. */
  window: Window;
}

export interface GrantsPage {
  grants: GrantInfo[];
}

export interface GuardianInfo {
  live: boolean;
  powers: Power[];
  /** Seconds in which its power to recover counts, `[from, until)`. */
  recovers_from?: number | null;
  recovers_until?: number | null;
  until?: number | null;
}

export interface GuardiansPage {
  guardians: NamedGuardian[];
}

export interface HooksInfo {
  contracts: string[];
}

/** The head of a vault's log of one patient. See `vitals_core::receipt`. */
export interface LogMsg {
  /** Receipts in the log. */
  count: number;
  patient: Uint64;
  /** That it follows from the head anchored last; at most 1,057 bytes. */
  proof: Binary;
  /** Its Merkle root, 32 bytes. */
  root: Binary;
}

/** In order of the vaults' addresses. */
export interface LogsPage {
  logs: AnchoredLog[];
}

export interface MemberInfo {
  account: string;
  /** False while it is only invited. */
  joined: boolean;
}

export interface MembersPage {
  members: MemberInfo[];
}

export interface NamedGuardian {
  guardian: string;
  info: GuardianInfo;
}

export interface NextQuorum {
  from: number;
  of: number;
}

export interface PackageMsg {
  grant: Uint64;
  package: PackageRef;
}

/** A key package: an age file in the vault, for one recipient. */
export interface PackageRef {
  /** SHA-256 of the file, 32 bytes. */
  digest: Binary;
  /** SHA-256 of the recipient's `age1…` text, 32 bytes: which of the grantee's identities opens it. */
  recipient_hash: Binary;
}

/** An account, or the members of a team. */
export type Party =
  /** An address in lower case. */
  | {
    account: string;
  }
  /** A team's number. */
  | {
    team: Uint64;
  };

export interface PatientInfo {
  /** Of the open generation, where the patient posted one. */
  commitment?: Binary | null;
  controller: string;
  /** The generation that is open. */
  generation: number;
  patient: Uint64;
  /** The next one waits for its commitment; nothing measured since `raised_at_ms` can be anchored. */
  pending: boolean;
  /** Block time of the last raise, milliseconds; 0 where there was none. */
  raised_at_ms: number;
}

export interface PatientsPage {
  patients: Uint64[];
}

/** What a guardian may do for a patient. */
export type Power = "read" | "grant" | "revoke" | "acknowledge" | "claim" | "recover";

export interface ProposalInfo {
  /** The proposer first. */
  approvals: string[];
  /** What is done once enough guardians approved. */
  msg: ExecuteMsg;
  power: Power;
  proposal: Uint64;
  /** First second it can no longer be approved. */
  until: number;
}

/** Proposals that can be approved now, at most 16. */
export interface ProposalsInfo {
  proposals: ProposalInfo[];
}

/** Why data is used (HL7 v3 PurposeOfUse). */
export type Purpose =
  /** treatment */
  | "TREAT"
  /** emergency treatment */
  | "ETREAT"
  /** healthcare payment */
  | "HPAYMT"
  /** healthcare research */
  | "HRESCH"
  /** family requested */
  | "FAMRQT";

/**
 * How many guardians act together; absent where the patient set nothing: one alone grants and revokes, all
 * together recover.
 */
export interface QuorumsInfo {
  grant?: number | null;
  /** Now. */
  recover?: number | null;
  /** Where it changes later. */
  recover_next?: NextQuorum | null;
  revoke?: number | null;
}

/** A receipt that is in the log anchored last. */
export interface ReceiptInfo {
  action: Action;
  /** Of the vault's clock. */
  at: number;
  category?: Category | null;
  /** SHA-256 of what was released. */
  digest: Binary;
  ground: GroundRef;
  patient: Uint64;
  purpose?: Purpose | null;
  /** Account it was released to. */
  who: string;
}

export interface RecipientInfo {
  recipient?: string | null;
}

export interface RecoveryInfo {
  /** How many votes for one account it takes now. */
  needed: number;
  /** Absent where no recovery is open. */
  stage?: RecoveryStage | null;
  /** Votes that count now; none once enough guardians agreed. */
  votes: VoteInfo[];
}

export type RecoveryStage =
  /** Guardians vote. */
  | {
    collecting: Record<string, never>;
  }
  /** Can be vetoed, and completed from `ready_at` on. */
  | {
    waiting: {
      account: string;
      ready_at: number;
    };
  }
  /** All guardians together can override. */
  | {
    vetoed: {
      at: number;
    };
  }
  /** Can no longer be vetoed; can be completed from `ready_at` on. */
  | {
    overriding: {
      account: string;
      ready_at: number;
    };
  };

/** Whether an account may open an emergency now, apart from denials by the patient. */
export interface ResponderInfo {
  may_open: boolean;
  /** Emergencies that were rejected and not forgiven by `Reinstate`. */
  rejected: number;
  /** The first deadline of its reviews. */
  review_by?: number | null;
  unreviewed: number;
  /** Code and reason where it may not. */
  why_not?: string | null;
}

export interface ReviewInfo {
  at: number;
  upheld: boolean;
}

/** What an issuer can attest of an account. */
export type Role = "clinician" | "insurer" | "emergency_responder" | "custodian" | "vault_operator" | "verified_person";

export interface TeamInfo {
  admin: string;
  /** Members and invitations, at most 256. */
  places: number;
  /** Whom the admin proposed as the next one. */
  proposed_admin?: string | null;
  team: Uint64;
}

export interface TeamsOfInfo {
  teams: Uint64[];
}

/** Delays and deadlines, in seconds; fixed when the contract is instantiated or migrated. */
export interface Timing {
  /** An emergency lasts at most this: 60 to 86,400. */
  max_emergency_s: number;
  /** After all guardians overrode a veto: 3,600 to 7,776,000. */
  override_delay_s: number;
  /** In which a recovery can be vetoed: 3,600 to 7,776,000 (90 days). */
  recovery_delay_s: number;
  /** From an emergency's last second to the deadline of its review: 60 to 7,776,000. */
  review_within_s: number;
}

export interface VoteInfo {
  /** The account it wants the patient to have. */
  account: string;
  guardian: string;
}

/** Messages of `consent` by name, each with what it carries. */
export interface ExecuteMsgs {
  /** Housekeeping, see `AdminMsg`. */
  admin: AdminMsg;
  /**
   * Anybody: becomes a patient. The number is drawn so that it tells no order, and is in the event `enrolled`.
   * No funds. Fails while paused.
   */
  enrol: Record<string, never>;
  /**
   * Anybody: publishes the caller's age X25519 recipient, for which others encrypt. No funds. Fails on anything
   * but a lower-case bech32 `age1…` of 32 bytes.
   */
  set_recipient: {
    recipient: string;
  };
  /**
   * Owner: lets an issuer attest these roles, replacing what it could attest before. No funds. Fails on an empty
   * list or one that repeats itself.
   */
  admit_issuer: {
    issuer: string;
    roles: Role[];
  };
  /**
   * Owner: takes it back. Credentials it issued stay until they end, or it or the owner withdraws them. No
   * funds. Fails where it is not admitted.
   */
  remove_issuer: {
    issuer: string;
  };
  /**
   * An issuer admitted for the role: attests it of an account until a date (block seconds). No funds. Fails on a
   * date that is over or more than `MAX_CREDENTIAL_S` ahead, and while another issuer's credential of that role
   * lives: no issuer shortens what another attested.
   */
  issue_credential: {
    account: string;
    role: Role;
    until: number;
  };
  /**
   * The issuer of the credential, admitted still or not, or the owner: ends it now. No funds. Fails where there
   * is none.
   */
  withdraw_credential: {
    account: string;
    role: Role;
  };
  /**
   * The patient: gives an account some of the patient's powers until a date. Replaces earlier powers of the same
   * guardian, and raises the generation where that takes the power to read away. A power to recover counts only
   * after notice (recovery delay and override delay together), and one that counts and is taken away or
   * shortened lasts until notice is over. No funds. Fails on the patient itself, an empty list, a date that is
   * over or past the year 9999, and a ninth guardian, those that serve out their notice included.
   */
  appoint_guardian: {
    guardian: string;
    patient: Uint64;
    powers: Power[];
    until: number;
  };
  /**
   * The patient: ends a guardian's powers now; a power to recover that counts lasts until notice is over. Raises
   * the generation where the guardian could read. No funds. Fails where there is no such guardian, or it was
   * dismissed already.
   */
  dismiss_guardian: {
    guardian: string;
    patient: Uint64;
  };
  /**
   * The patient: how many guardians with the power `grant`, `revoke` or `recover` act together, 1 to 8 and at
   * most as many as have it now; a change for `recover` holds after notice. Where more than one grants or
   * revokes, a guardian's `Grant`, `Revoke`, `Deny` or `ReviewEmergency` becomes a proposal. Where later fewer
   * guardians are left than it takes, none of them acts. No funds. Fails on another power.
   */
  set_quorum: {
    of: number;
    patient: Uint64;
    power: Power;
  };
  /**
   * A guardian with the power the proposal takes: approves it. The approval that completes the quorum executes
   * it, checked anew for each who approved. Stopped by a pause where what is proposed is. No funds. Fails where
   * it approved already, where the proposal is over (after seven days), and where what is proposed fails.
   */
  approve: {
    patient: Uint64;
    proposal: Uint64;
  };
  /** The patient, or the guardian who proposed it: takes a proposal back. No funds. Fails where there is none. */
  cancel: {
    patient: Uint64;
    proposal: Uint64;
  };
  /**
   * A guardian whose power to recover counts, denied or not: opens a recovery, or wants another account in one
   * that is open, by its one vote. Once as many as the quorum (all, where none is set) want the same account,
   * the recovery delay runs. No funds. Fails on the account that controls the patient, on a guardian whose own
   * power to recover counts, and once guardians decided.
   */
  propose_recovery: {
    account: string;
    patient: Uint64;
  };
  /**
   * The same: votes for an account that another guardian proposed. Names the account, so that nobody is made to
   * approve another one. No funds. Fails where nobody proposed it in the last seven days, or the sender voted
   * for it already.
   */
  approve_recovery: {
    account: string;
    patient: Uint64;
  };
  /**
   * The patient: objects. Votes are void; now all guardians whose power to recover counts are needed, and what
   * they decide no veto stops. After seven days without that it is as if nobody had proposed. No funds. Fails
   * where nothing is open, and where all decided.
   */
  veto_recovery: {
    patient: Uint64;
  };
  /**
   * A guardian: takes its vote back. No funds. Fails where it has no vote, and once guardians decided: then only
   * the account objects.
   */
  cancel_recovery: {
    patient: Uint64;
  };
  /**
   * Anybody, from the end of the delay, for seven days: the account decided controls the patient from now on,
   * every grant there is is revoked, the generation raised. Denials stay. So do guardians, but for what each was
   * given within notice before the first vote of the recovery, or since: that is over, as if dismissed.
   * Recovering takes all guardians again until the new account says otherwise. Readers encrypt to the recipient
   * that the new account publishes. No funds.
   */
  complete_recovery: {
    patient: Uint64;
  };
  /**
   * The patient: names who keeps shares of its emergency packages, and how many shares it takes. At most 8, each
   * with a live credential as custodian; none at all clears them, with threshold 0. Packages put before are
   * void; raises the generation where their shares open what is measured from now on, whoever is named now. No
   * funds.
   */
  set_custodians: {
    custodians: string[];
    patient: Uint64;
    threshold: number;
  };
  /**
   * The patient: puts the digests of the custodians' shares, one for each, and says what they open. No funds.
   * Fails on other custodians than those named, and while a generation is pending.
   */
  put_emergency_packages: {
    packages: EmergencyPackageMsg[];
    patient: Uint64;
    window: Window;
  };
  /**
   * A holder of a live credential as emergency responder: opens reading in an emergency, from `hours_back` (at
   * most 336) before now to the hour of its last second. Number and end are in the event `emergency_opened`, and
   * subscribers are told. Goes on while paused. No funds. Fails on a length of 0 or above the longest one, where
   * the patient denies the account, while it has an open one for the patient, where 16 of its emergencies wait
   * for their review or the review of one is overdue, and after one was rejected.
   */
  open_emergency: {
    for_s: number;
    hours_back: number;
    patient: Uint64;
    /** SHA-256 of the written reason, 32 bytes. */
    reason: Binary;
  };
  /**
   * Its responder, the patient, or a guardian with the power `revoke` (alone, whatever the quorum); anybody once
   * it is over: ends it. Raises the generation where emergency packages open what is measured from now on. No
   * funds. Fails where it was ended already.
   */
  end_emergency: {
    emergency: Uint64;
    patient: Uint64;
  };
  /**
   * The patient, or a guardian with the power `revoke` who is not the responder: says whether it was right,
   * once. Lifts the suspension by a missed deadline; where it was not right, the responder opens no other until
   * reinstated, and the emergency ends. No funds.
   */
  review_emergency: {
    emergency: Uint64;
    patient: Uint64;
    upheld: boolean;
  };
  /**
   * Who issued the account's credential as emergency responder, live or not, or the owner: forgives rejected
   * emergencies, and reviews that are overdue now. No funds. Fails where nothing is to be forgiven.
   */
  reinstate: {
    responder: string;
  };
  /**
   * Owner: tells a contract of every emergency from now on. At most 4. No funds. Fails where it is told already.
   * See `super::hook`.
   */
  add_hook: {
    contract: string;
  };
  /** Owner: tells it no more. No funds. Fails where it is not told. */
  remove_hook: {
    contract: string;
  };
  /**
   * A holder of a live credential as vault operator: anchors the heads of its logs of what it released, at most
   * 30. No funds. Fails unless each has more receipts than the one anchored last and proves that it follows from
   * it, on a patient that does not exist, and on a count of 0.
   */
  anchor_receipts: {
    entries: LogMsg[];
  };
  /**
   * The patient, or a guardian with the power `grant`: consents, to an account or to whoever is a member of a
   * team when it asks. The grant's number is in the event `granted`. A guardian grants only with the power
   * `read` (and `claim` where the grant lets disclose, `acknowledge` where it lets receive alerts), no longer
   * than its own powers last, never to itself (a grant to a team counts for no guardian who gave it or approved
   * of it, whenever it joins), and never sealing or the writing of plans; the grant outlives its dismissal, and
   * names it. Takes no funds. Fails while paused, on a team that does not exist, on an empty list or window, on
   * a validity that is empty, over or past the year 9999, and with keys while a generation is pending.
   */
  grant: {
    grant: GrantMsg;
    patient: Uint64;
  };
  /**
   * The patient: puts the digests of new key packages on live grants, after re-keying. At most 30 a message,
   * none twice. Fails on a grant that is revoked or has expired, and while a generation is pending: its keys
   * come after it is open.
   */
  put_packages: {
    packages: PackageMsg[];
    patient: Uint64;
  };
  /**
   * The patient, or a guardian with the power `revoke`: ends a grant for ever. Raises the generation where the
   * grant, expired or not, lets somebody read what is measured from now on: it allows reading, disclosing or
   * sealing, and its window ends after now.
   */
  revoke: {
    grant: Uint64;
    patient: Uint64;
  };
  /**
   * The patient, or a guardian with the power `revoke`: refuses an account everything, whatever grounds it has,
   * or the members of a team everything but an emergency. Raises the generation where whom it names may hold
   * keys that reach beyond now: an account by a guardian's power to read, by emergency packages where its
   * emergency was not ended, or by a grant as in `Revoke` to it or to a team it is in (or left one in the last
   * seven days); a team by such a grant to it, and by what its members have as accounts, but for emergencies,
   * which it does not touch. The newest 64 grants and 64 members are looked through; where there are more it
   * raises without looking. Takes no funds. Fails on the patient itself, on a team that does not exist, and on
   * whom the patient denies already.
   */
  deny: {
    patient: Uint64;
    whom: Party;
  };
  /** The patient: lifts a denial. Takes no funds. Fails where there is none. */
  allow: {
    patient: Uint64;
    whom: Party;
  };
  /**
   * The patient: opens the pending generation by posting the SHA-256 commitment to its secret. Takes no funds.
   * Fails when none is pending, the number is not the next, or the commitment is all zeros or that of the
   * generation before: the same secret would open both.
   */
  open_generation: {
    commitment: Binary;
    generation: number;
    patient: Uint64;
  };
  /**
   * Anybody: makes a team (a ward, a practice), with the sender as its admin and without members. Its number is
   * in the event `team_created`. No funds. Fails while paused.
   */
  create_team: Record<string, never>;
  /**
   * The team's admin: invites an account, which must accept by `JoinTeam`. No funds. Fails on an account that is
   * a member or invited already, and where members and invitations are 256.
   */
  invite_member: {
    account: string;
    team: Uint64;
  };
  /**
   * An invited account: becomes a member, and what is granted to the team counts for it from now on. No funds.
   * Fails where it is in 8 teams already.
   */
  join_team: {
    team: Uint64;
  };
  /** A member: leaves. An invited account: declines. No funds. */
  leave_team: {
    team: Uint64;
  };
  /**
   * The team's admin: removes a member, or withdraws an invitation. No funds. Fails on an account that is
   * neither.
   */
  remove_member: {
    account: string;
    team: Uint64;
  };
  /** The team's admin: names the next admin, who must accept; a later proposal replaces an earlier one. No funds. */
  propose_team_admin: {
    admin: string;
    team: Uint64;
  };
  /** The account proposed: becomes the team's admin. No funds. */
  accept_team_admin: {
    team: Uint64;
  };
}

/** Queries of `consent` by name, each with what it asks. */
export interface QueryMsgs {
  admin: Record<string, never>;
  patient: {
    patient: Uint64;
  };
  /** Patients an account controls, in order of their numbers. */
  patients_of: {
    account: string;
    limit?: number | null;
    start_after?: Uint64 | null;
  };
  recipient: {
    account: string;
  };
  credential: {
    account: string;
    role: Role;
  };
  guardian: {
    guardian: string;
    patient: Uint64;
  };
  /** In order of their addresses, dismissed ones included while they serve out their notice. */
  guardians: {
    limit?: number | null;
    patient: Uint64;
    start_after?: string | null;
  };
  quorums: {
    patient: Uint64;
  };
  proposals: {
    patient: Uint64;
  };
  recovery: {
    patient: Uint64;
  };
  timing: Record<string, never>;
  custodians: {
    patient: Uint64;
  };
  emergency: {
    emergency: Uint64;
    patient: Uint64;
  };
  emergencies: {
    limit?: number | null;
    patient: Uint64;
    start_after?: Uint64 | null;
  };
  responder: {
    account: string;
  };
  hooks: Record<string, never>;
  /** The heads of the vaults' logs of a patient, in order of the vaults' addresses. */
  receipts: {
    limit?: number | null;
    patient: Uint64;
    start_after?: string | null;
  };
  /**
   * Whether a receipt is in the log a vault anchored last; an error says why not. The node that answers sees the
   * receipt: whoever has the shared core checks it at home.
   */
  verify_receipt: {
    /** Its place, from 0. */
    index: number;
    patient: Uint64;
    /** At most 1,057 bytes. */
    proof: Binary;
    receipt: Binary;
    vault: string;
  };
  /** Whether the patient denies an account or a team. */
  denial: {
    patient: Uint64;
    whom: Party;
  };
  grant: {
    grant: Uint64;
    patient: Uint64;
  };
  /** A patient's grants, oldest first, revoked ones included. */
  grants: {
    limit?: number | null;
    patient: Uint64;
    start_after?: Uint64 | null;
  };
  team: {
    team: Uint64;
  };
  /** Members and invited accounts of a team, in order of their addresses. */
  members: {
    limit?: number | null;
    start_after?: string | null;
    team: Uint64;
  };
  /** Teams an account is a member of, at most 8. */
  teams_of: {
    account: string;
  };
  /** The decision, now. */
  decide: DecideMsg;
}

/** The answer to each query. */
export interface Responses {
  admin: AdminInfo;
  credential: CredentialInfo;
  custodians: CustodiansInfo;
  decide: Decision;
  denial: DenialInfo;
  emergencies: EmergenciesPage;
  emergency: EmergencyInfo;
  grant: GrantInfo;
  grants: GrantsPage;
  guardian: GuardianInfo;
  guardians: GuardiansPage;
  hooks: HooksInfo;
  members: MembersPage;
  patient: PatientInfo;
  patients_of: PatientsPage;
  proposals: ProposalsInfo;
  quorums: QuorumsInfo;
  receipts: LogsPage;
  recipient: RecipientInfo;
  recovery: RecoveryInfo;
  responder: ResponderInfo;
  team: TeamInfo;
  teams_of: TeamsOfInfo;
  timing: Timing;
  verify_receipt: ReceiptInfo;
}

/** One message, as it goes to the contract. */
export type ExecuteMsg = OneOf<ExecuteMsgs>;

/** One query, as it goes to the contract. */
export type QueryMsg = OneOf<QueryMsgs>;

/** Asks `consent`; fails as `Queried.smart` does. */
export class ConsentQueries {
  constructor(
    private readonly node: Queried,
    /** The contract's. */
    readonly address: string,
  ) {}

  admin(): Promise<Responses["admin"]> {
    return this.node.smart(this.address, { admin: {} });
  }

  patient(args: QueryMsgs["patient"]): Promise<Responses["patient"]> {
    return this.node.smart(this.address, { patient: args });
  }

  /** Patients an account controls, in order of their numbers. */
  patientsOf(args: QueryMsgs["patients_of"]): Promise<Responses["patients_of"]> {
    return this.node.smart(this.address, { patients_of: args });
  }

  recipient(args: QueryMsgs["recipient"]): Promise<Responses["recipient"]> {
    return this.node.smart(this.address, { recipient: args });
  }

  credential(args: QueryMsgs["credential"]): Promise<Responses["credential"]> {
    return this.node.smart(this.address, { credential: args });
  }

  guardian(args: QueryMsgs["guardian"]): Promise<Responses["guardian"]> {
    return this.node.smart(this.address, { guardian: args });
  }

  /** In order of their addresses, dismissed ones included while they serve out their notice. */
  guardians(args: QueryMsgs["guardians"]): Promise<Responses["guardians"]> {
    return this.node.smart(this.address, { guardians: args });
  }

  quorums(args: QueryMsgs["quorums"]): Promise<Responses["quorums"]> {
    return this.node.smart(this.address, { quorums: args });
  }

  proposals(args: QueryMsgs["proposals"]): Promise<Responses["proposals"]> {
    return this.node.smart(this.address, { proposals: args });
  }

  recovery(args: QueryMsgs["recovery"]): Promise<Responses["recovery"]> {
    return this.node.smart(this.address, { recovery: args });
  }

  timing(): Promise<Responses["timing"]> {
    return this.node.smart(this.address, { timing: {} });
  }

  custodians(args: QueryMsgs["custodians"]): Promise<Responses["custodians"]> {
    return this.node.smart(this.address, { custodians: args });
  }

  emergency(args: QueryMsgs["emergency"]): Promise<Responses["emergency"]> {
    return this.node.smart(this.address, { emergency: args });
  }

  emergencies(args: QueryMsgs["emergencies"]): Promise<Responses["emergencies"]> {
    return this.node.smart(this.address, { emergencies: args });
  }

  responder(args: QueryMsgs["responder"]): Promise<Responses["responder"]> {
    return this.node.smart(this.address, { responder: args });
  }

  hooks(): Promise<Responses["hooks"]> {
    return this.node.smart(this.address, { hooks: {} });
  }

  /** The heads of the vaults' logs of a patient, in order of the vaults' addresses. */
  receipts(args: QueryMsgs["receipts"]): Promise<Responses["receipts"]> {
    return this.node.smart(this.address, { receipts: args });
  }

  /**
   * Whether a receipt is in the log a vault anchored last; an error says why not. The node that answers sees the
   * receipt: whoever has the shared core checks it at home.
   */
  verifyReceipt(args: QueryMsgs["verify_receipt"]): Promise<Responses["verify_receipt"]> {
    return this.node.smart(this.address, { verify_receipt: args });
  }

  /** Whether the patient denies an account or a team. */
  denial(args: QueryMsgs["denial"]): Promise<Responses["denial"]> {
    return this.node.smart(this.address, { denial: args });
  }

  grant(args: QueryMsgs["grant"]): Promise<Responses["grant"]> {
    return this.node.smart(this.address, { grant: args });
  }

  /** A patient's grants, oldest first, revoked ones included. */
  grants(args: QueryMsgs["grants"]): Promise<Responses["grants"]> {
    return this.node.smart(this.address, { grants: args });
  }

  team(args: QueryMsgs["team"]): Promise<Responses["team"]> {
    return this.node.smart(this.address, { team: args });
  }

  /** Members and invited accounts of a team, in order of their addresses. */
  members(args: QueryMsgs["members"]): Promise<Responses["members"]> {
    return this.node.smart(this.address, { members: args });
  }

  /** Teams an account is a member of, at most 8. */
  teamsOf(args: QueryMsgs["teams_of"]): Promise<Responses["teams_of"]> {
    return this.node.smart(this.address, { teams_of: args });
  }

  /** The decision, now. */
  decide(args: QueryMsgs["decide"]): Promise<Responses["decide"]> {
    return this.node.smart(this.address, { decide: args });
  }
}
