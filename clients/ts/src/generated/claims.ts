// Generated from schema/ by `npm run generate`; do not edit.

import type { OneOf, Queried } from "../contract.js";
import type { AdminInfo, AdminMsg, Assurance, BatchId, Binary, Category, GroundRef, Measure, Uint64 } from "./shared.js";

// claims: `claims`

export interface AppealInfo {
  at: number;
  /** None where the assessor's silence took it to the arbiter, as is the reason. */
  by?: string | null;
  reason?: Binary | null;
}

export type BenefitMsg =
  /** A fixed sum, once. */
  | {
    fixed: {
      amount: Uint128;
    };
  }
  /** For each event, 1 to 16 times. */
  | {
    per_event: {
      amount: Uint128;
      max_claims: number;
      /**
       * Seconds that must lie between the windows of two paid claims; at most ten years, and so that every claim
       * fits into the cover. Nothing for invoices.
       */
      separation_s: number;
    };
  }
  /**
   * For each day on which the rule is met, 1 to 366 times, and no more than every policy has time for, whenever
   * in an hour it is bound. A day is 24 epochs, counted from the epoch in which the policy was bound; each is
   * paid once, and the readings of a claim lie in one.
   */
  | {
    per_day: {
      amount: Uint128;
      max_days: number;
    };
  };

export type ClaimEvidenceInfo =
  /** Published readings, and the time they used up, from the first to the last, both inside. */
  | {
    disclosed: {
      from_ms: number;
      to_ms: number;
    };
  }
  | {
    invoice: InvoiceInfo;
  };

export interface ClaimId {
  claim: number;
  policy: Uint64;
}

export interface ClaimInfo {
  /** Number within the policy, from 1. */
  claim: number;
  claimant: string;
  evidence: ClaimEvidenceInfo;
  filed_at: number;
  /** Paid so far. */
  paid: Uint128;
  policy: Uint64;
  state: ClaimState;
}

export type ClaimState =
  /** The assessor's turn. */
  | "filed"
  /** Awarded less than was claimed; may be appealed. */
  | "assessed"
  /** The arbiter's turn. */
  | "appealed"
  /** A deadline is over; anybody may settle. */
  | "overdue"
  /** Closed, in whole or part; readings are paid at once. */
  | "paid"
  /** Closed without payment. */
  | "refused";

export interface ClaimsPage {
  claims: ClaimInfo[];
  /** To go on after; none where the list is at its end. */
  next?: ClaimId | null;
}

export type Comparison = "at_least" | "at_most";

/** One measure against one threshold. */
export interface Condition {
  comparison: Comparison;
  measure: Measure;
  /** Fixed point at the measure's scale: 1200 is 120.0 beats a minute. */
  threshold: number;
}

export interface ConfigInfo {
  anchor: string;
  consent: string;
  /** The least that deadlines of invoice terms are. */
  least_deadline_s: number;
  registry: string;
}

/** What a token's contract sends when somebody sends tokens here. */
export interface Cw20ReceiveMsg {
  amount: Uint128;
  /** A `ReceiveMsg`. */
  msg: Binary;
  sender: string;
}

export interface DaysPage {
  days: number[];
}

/** Coins of the chain, or a cw20 token by its contract. */
export type DenomMsg = {
  native: string;
} | {
  cw20: string;
};

export interface DenomsPage {
  denoms: DenomMsg[];
}

/** One batch, and one compact multiproof of its readings. */
export interface EvidenceMsg {
  batch: BatchId;
  proof: Binary;
}

export type EvidenceTermsMsg =
  /** Readings are published with a multiproof, and meet a rule. */
  | {
    disclosed: {
      /** Numbers of the device models that count, at most 8; none where any does. */
      models: number[];
      rule: Rule;
    };
  }
  /** An assessor decides on an invoice. Not paid by the day. */
  | {
    invoice: InvoiceTermsMsg;
  }
  /** A zero-knowledge proof. Refused as unsupported until it exists. */
  | {
    private: Record<string, never>;
  };

export interface ExposureInfo {
  claims_open: Uint64;
  claims_paid: Uint64;
  denom: DenomMsg;
  free: Uint128;
  locked: Uint128;
  /** Paid for each 10,000 of net premium, rounded down; nothing without premium. */
  loss_ratio_bp?: Uint128 | null;
  /** The most that live policies may still be paid: benefits and rebates. */
  most_payable: Uint128;
  /** Benefits and rebates paid. */
  paid: Uint128;
  policies_bound: Uint64;
  /** Policies bound and not over, and ever bound. */
  policies_live: Uint64;
  /** Premiums less refunds, and without those that are held for offers. */
  premiums_net: Uint128;
  product: Uint64;
}

export interface HistoryEntry {
  amount?: Uint128 | null;
  at: number;
  by?: string | null;
  claim?: number | null;
  kind: HistoryKind;
}

export type HistoryKind = "offered" | "offer_withdrawn" | "bound" | "premium_paid" | "cancelled" | "lapsed" | "claim_filed" | "claim_assessed" | "claim_appealed" | "claim_arbitrated" | "claim_closed" | "claim_paid" | "rebated" | "ended";

export interface HistoryPage {
  entries: HistoryEntry[];
}

export interface InvoiceInfo {
  appealed?: AppealInfo | null;
  arbitrated?: VerdictInfo | null;
  assessed?: VerdictInfo | null;
  claimed: Uint128;
  closed_at?: number | null;
  /** Until when whoever is to act may; none once the claim is closed. */
  deadline?: number | null;
  deposit: Uint128;
  digest: Binary;
  served_from: number;
  served_until: number;
}

/** A bill for care, of which the chain sees digest, sum and period only. */
export interface InvoiceMsg {
  /** What is asked for, at most the benefit. */
  amount: Uint128;
  /** SHA-256 of the document. No two open or paid claims of a product have one digest. */
  digest: Binary;
  /** When the care was given, block seconds, from and until before; within cover. */
  served_from: number;
  served_until: number;
}

export interface InvoiceTermsMsg {
  appeal_within_s: number;
  /** Decides appeals; not the insurer. */
  arbiter: string;
  arbitrate_within_s: number;
  /** Seconds from filing to the assessor's deadline; each of these 1 to ten years. */
  assess_within_s: number;
  /** The care it is about: a grant must cover it. */
  category: Category;
  /** The arbiter's, for one claim: the claimant's deposit, and the insurer's bond. */
  fee: Uint128;
  /** What the assessor's silence means. */
  silence: SilenceMsg;
}

export interface OwedInfo {
  amount: Uint128;
  reclaimable_from?: number | null;
  /** Since when, and from when on anybody may give it back to the pool; none where nothing is owed. */
  since?: number | null;
}

export interface PoliciesPage {
  /** To go on after; none where the list is at its end. */
  next?: Uint64 | null;
  policies: PolicyInfo[];
}

export interface PolicyInfo {
  /** Decides appeals, where the product is of invoices. */
  arbiter?: string | null;
  /** Times of a bound policy; zero while it is an offer. */
  bound_at: number;
  claims_most: number;
  claims_open: number;
  /** Events, days or invoices paid, and how many the terms pay at the most. */
  claims_paid: number;
  covered_from: number;
  /** As it stands now: a cancellation or a lapse has moved it earlier. */
  covered_until: number;
  file_until: number;
  locked: Uint128;
  next_amount: Uint128;
  /** When the next instalment is due, and how much it is; none and zero where none can be paid. */
  next_due?: number | null;
  /** While it is an offer: until when it stands. */
  offered_until?: number | null;
  patient: Uint64;
  payee: string;
  policy: Uint64;
  /** Who offered or bound it, and is refunded the first payment; none where version 0.1.0 did not keep it. */
  policyholder?: string | null;
  premium_paid: Uint128;
  product: Uint64;
  rebated: boolean;
  /** Days shown for the reward, and whether the rebate is paid. */
  reward_days: number;
  state: PolicyState;
  /** Last instant that earlier policies of the patient and product used up. */
  used_until_ms?: number | null;
  /** Of the product's terms. */
  version: number;
}

export type PolicyState =
  | "withdrawn"
  /** Waits for the patient. */
  | "offered"
  /** The offer's time is over; its premium waits to be given back. */
  | "offer_over"
  /** Bound, in its waiting period. */
  | "bound"
  /** Covered. */
  | "active"
  /** Covered, but an instalment is due: claims wait until it is paid. */
  | "grace"
  /** The grace is over too; cover ended when the instalment was due. */
  | "overdue"
  /** Cover is over; what was measured under it can be filed. */
  | "run_off"
  /** Ended early; what was measured before can be filed. */
  | "cancelled"
  /** Ended for want of premium; what was measured before can be filed. */
  | "lapsed"
  /** The time to file is over too; the lock waits for somebody to expire the policy. */
  | "elapsed"
  /** Every claim is paid, and the premium earned. */
  | "exhausted"
  /** Over, and its lock freed. */
  | "expired";

/**
 * deposits + premiums + claim_deposits + reclaimed = free + locked + held + paid + rebated + withdrawn +
 * refunded + returned + fees, always.
 */
export interface PoolInfo {
  claim_deposits: Uint128;
  denom: DenomMsg;
  deposits: Uint128;
  fees: Uint128;
  /** What the insurer may withdraw, and new policies may lock. */
  free: Uint128;
  /** Others' money: premiums of offers, deposits of claims. */
  held: Uint128;
  /** Unpaid benefits of policies that are not over, their unearned premiums, possible rebates and bonds. */
  locked: Uint128;
  /** Movements so far: each has an event with its number. */
  movements: Uint64;
  /** Of what left, what could not be paid and waits to be collected. */
  owed: Uint128;
  paid: Uint128;
  premiums: Uint128;
  rebated: Uint128;
  reclaimed: Uint128;
  refunded: Uint128;
  returned: Uint128;
  withdrawn: Uint128;
}

export type PremiumMsg =
  /** When the policy is bound; zero for cover that costs nothing. */
  | {
    once: {
      amount: Uint128;
    };
  }
  /** When the policy is bound, and each so many seconds after; 2 to 120 in all. */
  | {
    instalments: {
      amount: Uint128;
      every_s: number;
      /**
       * Seconds after an instalment is due in which it can still be paid; less than `file_within_s`, since
       * claims wait for it.
       */
      grace_s: number;
    };
  };

export interface ProductInfo {
  denom: DenomMsg;
  insurer: string;
  /** Version of the latest terms, from 1. */
  latest: number;
  on_sale: boolean;
  product: Uint64;
  terms: TermsMsg;
  /** Withdrawals, awards and what new terms lock take two people above it. */
  two_people_above?: Uint128 | null;
  /** Version of these terms. */
  version: number;
}

export interface ProductMsg {
  denom: DenomMsg;
  terms: TermsMsg;
}

export interface ProductsPage {
  products: ProductInfo[];
}

/**
 * A day counts when the readings of the measure that are shown of it add up to the least. Readings of
 * maker-attested devices only.
 */
export interface RewardMsg {
  /** Readings made by a program count. For trials and demonstrations only. */
  accept_simulated: boolean;
  /** Distinct days, 1 to 366, and no more than every policy covers, whenever in an hour it is bound. */
  days: number;
  /** In the fixed point of the measure; at least 1, at most what one claim can carry. */
  least_a_day: number;
  /** Doses or steps. */
  measure: Measure;
  /** Of the premium: at least 1, at most all of it. */
  rebate: Uint128;
}

/** What evidence must show. */
export interface Rule {
  /** Poorest signal that counts: readings flagged worse do not. */
  accept_questionable: boolean;
  /** Readings made by a program count. For trials and demonstrations only. */
  accept_simulated: boolean;
  /** Seconds from a measurement to the block that anchored it at the most. */
  anchored_within_s: number;
  /** The device must be within its calibration when it measures. */
  calibrated: boolean;
  /** One to three, of different measures; each must hold. */
  conditions: Condition[];
  min_assurance: Assurance;
  /** Seconds the device must have been paired with the patient before the first reading. */
  paired_for_s: number;
  /** Readings each condition takes, 1 to 30. */
  readings: number;
  /** Seconds between two of them at the least. */
  spaced_s: number;
  /** Seconds from the first to the last of all at the most. */
  within_s: number;
}

export type SilenceMsg =
  /** The claim is approved in full. */
  | "approves"
  /** The claim goes to the arbiter. */
  | "to_arbiter";

export interface StaffInfo {
  account: string;
  parts: StaffPart[];
}

export interface StaffPage {
  staff: StaffInfo[];
}

/** What somebody may do in an insurer's name. The insurer's own account may do all. */
export type StaffPart =
  /** Creates, amends, opens and closes products. */
  | "underwriter"
  /** Awards invoice claims. */
  | "assessor"
  /** Withdraws what is free, to the insurer's account. */
  | "treasurer";

/** Terms of a product, fixed once created: another version is for policies bound after it. */
export interface TermsMsg {
  benefit: BenefitMsg;
  evidence: EvidenceTermsMsg;
  /**
   * Seconds after the last reading of a claim, or after the care, in which it can be filed; at least 1, at most
   * ten years.
   */
  file_within_s: number;
  /** What of the premiums paid is kept when a policy is cancelled; at most the first payment. */
  minimum_charge: Uint128;
  premium: PremiumMsg;
  /** A rebate of premium for what the patient does on so many days. */
  reward?: RewardMsg | null;
  /** Seconds of cover, the waiting period included; at most ten years. */
  term_s: number;
  /** SHA-256 of the terms in words. */
  terms_digest: Binary;
  /** Seconds from binding in which nothing measured counts; below the term. */
  waiting_s: number;
}

/** A whole number below 2^128 in decimal. */
export type Uint128 = string;

export interface VerdictInfo {
  at: number;
  award: Uint128;
  by: string;
  reason?: Binary | null;
}

/**
 * What one person has asked for: an award where a claim is named, else terms where their digest is, else a
 * withdrawal.
 */
export interface WaitingInfo {
  /** Of terms, what a policy would lock. */
  amount: Uint128;
  at: number;
  by: string;
  claim?: ClaimId | null;
  /** SHA-256 of the terms as they are stored. */
  terms?: Binary | null;
}

export interface WaitingPage {
  waiting: WaitingInfo[];
}

/** Messages of `claims` by name, each with what it carries. */
export interface ExecuteMsgs {
  /** Housekeeping, see `AdminMsg`. */
  admin: AdminMsg;
  /**
   * Owner: lets products be sold in a denomination. Fails where a token's contract does not answer as a cw20
   * does.
   */
  admit_denom: {
    denom: DenomMsg;
  };
  /** Owner: no new product is sold in it. What is sold goes on. */
  dismiss_denom: {
    denom: DenomMsg;
  };
  /**
   * An insurer's own account: gives an account these parts in its work, in place of those it had; none takes it
   * out. Fails for an account with neither a live insurer credential nor a product, for whoever is or was an
   * arbiter of its products, and beyond `MAX_STAFF`.
   */
  set_staff: {
    account: string;
    parts: StaffPart[];
  };
  /**
   * The insurer's own account: withdrawals, awards and new terms of this product above an amount take two people
   * from now on; `None` takes the limit away. A withdrawal or terms that wait for a second person are forgotten.
   */
  set_two_people_above: {
    amount?: Uint128 | null;
    product: Uint64;
  };
  /**
   * An account with a live insurer credential, or an underwriter of one: creates a product, in its first
   * version. Its number is in the event `product_created`. Fails while paused, on terms that can never be met,
   * and where an invoice's deadline is shorter than this contract allows.
   */
  create_product: {
    /** The sender where it is absent. */
    insurer?: string | null;
    product: ProductMsg;
  };
  /**
   * The product's insurer or its underwriter: the next version of a product's terms, which policies bound from
   * now on have. Its denomination stays. Fails while paused, without a live credential of the insurer, and as
   * creating does. Where one policy would lock more than the product's limit for one person, the first call is
   * noted, and a second person's call with the same terms carries it out.
   */
  amend_product: {
    product: Uint64;
    terms: TermsMsg;
  };
  /** The product's insurer or its underwriter: whether it is sold. Policies sold go on. */
  set_on_sale: {
    on_sale: boolean;
    product: Uint64;
  };
  /** Anybody: adds to the product's pool. Takes one amount of the product's denomination. */
  deposit: {
    product: Uint64;
  };
  /**
   * The product's insurer or its treasurer: moves what is not locked from the pool to the insurer's account.
   * Above the product's limit for one person the first call is noted, and a second person's call for the same
   * amount moves it.
   */
  withdraw: {
    amount: Uint128;
    product: Uint64;
  };
  /**
   * Anybody (an employer, a parent): offers a patient a policy, paying its first premium, which is held for
   * them. The policy's number is in the event `policy_offered`. Fails while paused, and as `Bind` does for the
   * product and its insurer.
   */
  offer: {
    patient: Uint64;
    /** Who is paid, should the patient accept. */
    payee: string;
    product: Uint64;
    /** Block seconds until which it stands; at most 90 days ahead. */
    until: number;
    /** The version of the terms that the sender knows. */
    version: number;
  };
  /** Who offered it, or once the offer's time is over anybody: ends an offer, and gives the premium back. */
  withdraw_offer: {
    policy: Uint64;
  };
  /**
   * The patient, or a guardian with the power `claim`: takes an offer as it stands. The benefit of every claim
   * is locked. Fails while paused, once the offer's time is over, and as `Bind` does.
   */
  accept: {
    ground: GroundRef;
    policy: Uint64;
  };
  /**
   * The patient, or a guardian with the power `claim`: takes out a policy, paying its first premium exactly. The
   * benefit of every claim, the possible rebate and the bonds are locked; the payee is fixed. The policy's
   * number is in the event `policy_bound`. Fails while paused, when the product is not on sale or its terms are
   * newer than `version`, when its insurer has no live credential, when the pool has too little free, or when
   * the patient has a live policy of the product: one under which something may still be claimed.
   */
  bind: {
    ground: GroundRef;
    patient: Uint64;
    payee: string;
    product: Uint64;
    version: number;
  };
  /**
   * Anybody: pays the next instalment exactly; a rebate that waited for it is paid with it. Fails when all are
   * paid, and once the grace after its due date is over.
   */
  pay_premium: {
    policy: Uint64;
  };
  /**
   * The policyholder (who paid for it first), or on a ground the patient or a guardian with the power `claim`:
   * ends cover now, or when an instalment that is not paid was due. The premium of the time that is left, less
   * the minimum charge, is then due to who paid it. It stays locked until `Expire`, and is the insurer's if a
   * claim or the rebate is paid. Before cover has begun the policy is over, and what is due is paid at once.
   */
  cancel: {
    ground?: GroundRef | null;
    policy: Uint64;
  };
  /** Anybody, once the grace of an unpaid instalment is over: cover ended when it was due. */
  lapse: {
    policy: Uint64;
  };
  /**
   * Anybody, once cover and the time to file are over and no claim is open: ends the policy, pays the refund
   * that a cancellation left due, unless a claim or the rebate was paid, and frees the rest of its lock. What
   * was paid last goes back first, to who paid it, and of the first payment the rest to the policyholder.
   */
  expire: {
    policy: Uint64;
  };
  /**
   * The patient, a guardian with the power `claim`, or whoever holds a grant for payment and disclosure: claims,
   * publishing the readings for ever. Paid in the same transaction when they meet the product's rule, else an
   * error names the first term not met. Fails while an instalment is due, and for time that an earlier claim
   * used up, under this policy or an earlier one of the patient and product. Never paused.
   */
  claim: {
    evidence: EvidenceMsg[];
    ground: GroundRef;
    policy: Uint64;
  };
  /**
   * As `Claim`: shows days of the reward's measure, publishing the readings for ever. Each day counts once. Once
   * there are enough, the rebate is paid in the same transaction, if as much premium was paid and not refunded;
   * else with the instalment that makes it so.
   */
  claim_reward: {
    evidence: EvidenceMsg[];
    ground: GroundRef;
    policy: Uint64;
  };
  /**
   * As `Claim`, for a product of invoices: files an invoice, known by its digest, with the deposit the product
   * asks for. Its number is in the event `claim_filed`. Never paused. Who decides on it (the insurer and its
   * staff, the arbiter) does not file it on a grant.
   */
  file_invoice: {
    ground: GroundRef;
    invoice: InvoiceMsg;
    policy: Uint64;
  };
  /**
   * The insurer or its assessor, until the deadline: awards a sum up to what is claimed, which is paid at once.
   * Less than that takes the digest of a reason, and may be appealed. Above the product's limit for one person
   * it takes two, as `Withdraw` does. Whoever filed the claim does not assess it.
   */
  assess: {
    award: Uint128;
    claim: number;
    policy: Uint64;
    /** SHA-256 of the reason in words. */
    reason?: Binary | null;
  };
  /** Whoever may file a claim, until the deadline: takes an award of less than was claimed to the arbiter, once. */
  appeal: {
    claim: number;
    ground: GroundRef;
    policy: Uint64;
    /** SHA-256 of the reason in words. */
    reason: Binary;
  };
  /**
   * The policy's arbiter, until the deadline: the last word; not less than was awarded before. Who loses pays
   * the arbiter's fee: the claimant from the deposit, the insurer from its bond. An arbiter who filed or
   * appealed the claim, took out the policy or is paid by it does not decide: what its silence means happens.
   */
  arbitrate: {
    award: Uint128;
    claim: number;
    policy: Uint64;
    /** SHA-256 of the reason in words. */
    reason: Binary;
  };
  /** Anybody, once the deadline of whoever is to act is over: what their silence means happens. */
  settle: {
    claim: number;
    policy: Uint64;
  };
  /** An account: takes what could not be paid to it when it was due, to itself or to another account it names. */
  collect: {
    product: Uint64;
    to?: string | null;
  };
  /** Anybody, three years after it could not be paid: gives what an account did not collect back to the pool. */
  reclaim_unclaimed: {
    account: string;
    product: Uint64;
  };
  /**
   * An admitted cw20 token, for whoever sent it here: a message that takes funds, see `cw20::ReceiveMsg`. Fails
   * unless the tokens have arrived.
   */
  receive: Cw20ReceiveMsg;
}

/** Queries of `claims` by name, each with what it asks. */
export interface QueryMsgs {
  admin: Record<string, never>;
  config: Record<string, never>;
  /** Denominations products are sold in, native ones first. */
  denoms: {
    limit?: number | null;
    start_after?: DenomMsg | null;
  };
  /** Who works for an insurer, in order of their addresses. */
  staff: {
    insurer: string;
    limit?: number | null;
    start_after?: string | null;
  };
  /** A product with one version of its terms, the latest where none is named. */
  product: {
    product: Uint64;
    version?: number | null;
  };
  /** Products, in order of their numbers; of one insurer where one is named. */
  products: {
    insurer?: string | null;
    limit?: number | null;
    start_after?: Uint64 | null;
  };
  /** Where a product's money is, and where all of it came from and went. */
  pool: {
    product: Uint64;
  };
  /** What a product may still have to pay, and what it has. */
  exposure: {
    product: Uint64;
  };
  /** Withdrawals, terms and awards of a product that wait for a second person. */
  waiting: {
    limit?: number | null;
    product: Uint64;
    /**
     * Of the last one seen. The withdrawal comes first, as claim 0 of policy 0; then terms, as claim 1 of policy
     * 0.
     */
    start_after?: ClaimId | null;
  };
  policy: {
    policy: Uint64;
  };
  /** A patient's policies, oldest first. */
  policies: {
    limit?: number | null;
    patient: Uint64;
    start_after?: Uint64 | null;
  };
  /**
   * A product's policies, oldest first. A page that names a state may have fewer than `limit`: it goes on after
   * `next`.
   */
  product_policies: {
    limit?: number | null;
    product: Uint64;
    start_after?: Uint64 | null;
    state?: PolicyState | null;
  };
  /** Days of a policy counted for its reward, in order, from 0: the one in which it was bound. */
  reward_days: {
    limit?: number | null;
    policy: Uint64;
    start_after?: number | null;
  };
  /** What was done about a policy and its claims, in the order it was done. */
  history: {
    limit?: number | null;
    policy: Uint64;
    /** Entries to leave out. */
    skip?: number | null;
  };
  claim: {
    claim: number;
    policy: Uint64;
  };
  /** A policy's claims, oldest first. */
  claims: {
    limit?: number | null;
    policy: Uint64;
    start_after?: number | null;
  };
  /**
   * A product's claims by policy and number, in any state or one. A page that names a state may have fewer than
   * `limit`: it goes on after `next`.
   */
  product_claims: {
    limit?: number | null;
    product: Uint64;
    start_after?: ClaimId | null;
    state?: ClaimState | null;
  };
  /** What an account could not be paid and can collect. */
  owed: {
    account: string;
    product: Uint64;
  };
}

/** The answer to each query. */
export interface Responses {
  admin: AdminInfo;
  claim: ClaimInfo;
  claims: ClaimsPage;
  config: ConfigInfo;
  denoms: DenomsPage;
  exposure: ExposureInfo;
  history: HistoryPage;
  owed: OwedInfo;
  policies: PoliciesPage;
  policy: PolicyInfo;
  pool: PoolInfo;
  product: ProductInfo;
  product_claims: ClaimsPage;
  product_policies: PoliciesPage;
  products: ProductsPage;
  reward_days: DaysPage;
  staff: StaffPage;
  waiting: WaitingPage;
}

/** One message, as it goes to the contract. */
export type ExecuteMsg = OneOf<ExecuteMsgs>;

/** One query, as it goes to the contract. */
export type QueryMsg = OneOf<QueryMsgs>;

/** Asks `claims`; fails as `Queried.smart` does. */
export class ClaimsQueries {
  constructor(
    private readonly node: Queried,
    /** The contract's. */
    readonly address: string,
  ) {}

  admin(): Promise<Responses["admin"]> {
    return this.node.smart(this.address, { admin: {} });
  }

  config(): Promise<Responses["config"]> {
    return this.node.smart(this.address, { config: {} });
  }

  /** Denominations products are sold in, native ones first. */
  denoms(args: QueryMsgs["denoms"]): Promise<Responses["denoms"]> {
    return this.node.smart(this.address, { denoms: args });
  }

  /** Who works for an insurer, in order of their addresses. */
  staff(args: QueryMsgs["staff"]): Promise<Responses["staff"]> {
    return this.node.smart(this.address, { staff: args });
  }

  /** A product with one version of its terms, the latest where none is named. */
  product(args: QueryMsgs["product"]): Promise<Responses["product"]> {
    return this.node.smart(this.address, { product: args });
  }

  /** Products, in order of their numbers; of one insurer where one is named. */
  products(args: QueryMsgs["products"]): Promise<Responses["products"]> {
    return this.node.smart(this.address, { products: args });
  }

  /** Where a product's money is, and where all of it came from and went. */
  pool(args: QueryMsgs["pool"]): Promise<Responses["pool"]> {
    return this.node.smart(this.address, { pool: args });
  }

  /** What a product may still have to pay, and what it has. */
  exposure(args: QueryMsgs["exposure"]): Promise<Responses["exposure"]> {
    return this.node.smart(this.address, { exposure: args });
  }

  /** Withdrawals, terms and awards of a product that wait for a second person. */
  waiting(args: QueryMsgs["waiting"]): Promise<Responses["waiting"]> {
    return this.node.smart(this.address, { waiting: args });
  }

  policy(args: QueryMsgs["policy"]): Promise<Responses["policy"]> {
    return this.node.smart(this.address, { policy: args });
  }

  /** A patient's policies, oldest first. */
  policies(args: QueryMsgs["policies"]): Promise<Responses["policies"]> {
    return this.node.smart(this.address, { policies: args });
  }

  /**
   * A product's policies, oldest first. A page that names a state may have fewer than `limit`: it goes on after
   * `next`.
   */
  productPolicies(args: QueryMsgs["product_policies"]): Promise<Responses["product_policies"]> {
    return this.node.smart(this.address, { product_policies: args });
  }

  /** Days of a policy counted for its reward, in order, from 0: the one in which it was bound. */
  rewardDays(args: QueryMsgs["reward_days"]): Promise<Responses["reward_days"]> {
    return this.node.smart(this.address, { reward_days: args });
  }

  /** What was done about a policy and its claims, in the order it was done. */
  history(args: QueryMsgs["history"]): Promise<Responses["history"]> {
    return this.node.smart(this.address, { history: args });
  }

  claim(args: QueryMsgs["claim"]): Promise<Responses["claim"]> {
    return this.node.smart(this.address, { claim: args });
  }

  /** A policy's claims, oldest first. */
  claims(args: QueryMsgs["claims"]): Promise<Responses["claims"]> {
    return this.node.smart(this.address, { claims: args });
  }

  /**
   * A product's claims by policy and number, in any state or one. A page that names a state may have fewer than
   * `limit`: it goes on after `next`.
   */
  productClaims(args: QueryMsgs["product_claims"]): Promise<Responses["product_claims"]> {
    return this.node.smart(this.address, { product_claims: args });
  }

  /** What an account could not be paid and can collect. */
  owed(args: QueryMsgs["owed"]): Promise<Responses["owed"]> {
    return this.node.smart(this.address, { owed: args });
  }
}
