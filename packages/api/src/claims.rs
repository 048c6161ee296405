//! claims: products, pools, policies, claims, disputes, money.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Binary, Uint128, Uint64};
use vitals_core::decision::{GroundRef, Seconds};
use vitals_core::set::Member;

use crate::admin::AdminMsg;
use crate::anchor::BatchId;

pub mod cw20;
pub mod event;
mod product;
mod query;
mod terms;

pub use product::*;
pub use query::*;
pub use vitals_core::insurance::{
    MAX_CLAIMS, MAX_DAYS, MAX_EVIDENCE, MAX_INSTALMENTS, MAX_PRODUCT_MODELS, MAX_TERM_S,
};

/// Bytes of one multiproof: 30 leaves and their nodes.
pub const MAX_PROOF_BYTES: usize = 16_384;
/// Invoice claims a policy takes, refused ones included.
pub const MAX_FILED: u16 = 1_000;
/// 30 days, and a day: bounds of products' deadlines are at most the one, and the other where
/// nothing else was said.
pub const MAX_LEAST_DEADLINE_S: u32 = 2_592_000;
pub const DEFAULT_LEAST_DEADLINE_S: u32 = 86_400;
/// Seconds after which money that nobody collected goes back to its pool: three years.
pub const UNCLAIMED_AFTER_S: u32 = 94_608_000;

#[cw_serde]
pub struct InstantiateMsg {
    pub owner: String,
    pub consent: String,
    pub registry: String,
    pub anchor: String,
    /// The least an assessor, a claimant or an arbiter is given to decide, in any product: 1 to
    /// [`MAX_LEAST_DEADLINE_S`] seconds.
    pub least_deadline_s: u32,
}

/// Where a message takes funds, they are coins sent along, or tokens sent through
/// [`ExecuteMsg::Receive`] with a [`cw20::ReceiveMsg`] of the same name.
#[cw_serde]
pub enum ExecuteMsg {
    /// Housekeeping, see [`AdminMsg`].
    Admin(AdminMsg),

    /// Owner: lets products be sold in a denomination. Fails where a token's contract does not
    /// answer as a cw20 does.
    AdmitDenom { denom: DenomMsg },
    /// Owner: no new product is sold in it. What is sold goes on.
    DismissDenom { denom: DenomMsg },

    /// An insurer's own account: gives an account these parts in its work, in place of those it
    /// had; none takes it out. Fails for an account with neither a live insurer credential nor a
    /// product, for whoever is or was an arbiter of its products, and beyond [`MAX_STAFF`].
    SetStaff {
        account: String,
        parts: Vec<StaffPart>,
    },
    /// The insurer's own account: withdrawals, awards and new terms of this product above an amount
    /// take two people from now on; `None` takes the limit away. A withdrawal or terms that wait
    /// for a second person are forgotten.
    SetTwoPeopleAbove {
        product: Uint64,
        amount: Option<Uint128>,
    },
    /// An account with a live insurer credential, or an underwriter of one: creates a product, in
    /// its first version. Its number is in the event `product_created`. Fails while paused, on
    /// terms that can never be met, and where an invoice's deadline is shorter than this contract
    /// allows.
    CreateProduct {
        /// The sender where it is absent.
        insurer: Option<String>,
        product: ProductMsg,
    },
    /// The product's insurer or its underwriter: the next version of a product's terms, which
    /// policies bound from now on have. Its denomination stays. Fails while paused, without a
    /// live credential of the insurer, and as creating does. Where one policy would lock more than
    /// the product's limit for one person, the first call is noted, and a second person's call with
    /// the same terms carries it out.
    AmendProduct { product: Uint64, terms: TermsMsg },
    /// The product's insurer or its underwriter: whether it is sold. Policies sold go on.
    SetOnSale { product: Uint64, on_sale: bool },

    /// Anybody: adds to the product's pool. Takes one amount of the product's denomination.
    Deposit { product: Uint64 },
    /// The product's insurer or its treasurer: moves what is not locked from the pool to the
    /// insurer's account. Above the product's limit for one person the first call is noted, and a
    /// second person's call for the same amount moves it.
    Withdraw { product: Uint64, amount: Uint128 },

    /// Anybody (an employer, a parent): offers a patient a policy, paying its first premium, which
    /// is held for them. The policy's number is in the event `policy_offered`. Fails while paused, and
    /// as `Bind` does for the product and its insurer.
    Offer {
        product: Uint64,
        /// The version of the terms that the sender knows.
        version: u32,
        patient: Uint64,
        /// Who is paid, should the patient accept.
        payee: String,
        /// Block seconds until which it stands; at most 90 days ahead.
        until: Seconds,
    },
    /// Who offered it, or once the offer's time is over anybody: ends an offer, and gives the
    /// premium back.
    WithdrawOffer { policy: Uint64 },
    /// The patient, or a guardian with the power `claim`: takes an offer as it stands. The benefit
    /// of every claim is locked. Fails while paused, once the offer's time is over, and as `Bind`
    /// does.
    Accept { policy: Uint64, ground: GroundRef },
    /// The patient, or a guardian with the power `claim`: takes out a policy, paying its first
    /// premium exactly. The benefit of every claim, the possible rebate and the bonds are locked;
    /// the payee is fixed. The policy's number is in the event `policy_bound`. Fails while paused,
    /// when the product is not on sale or its terms are newer than `version`, when its insurer has
    /// no live credential, when the pool has too little free, or when the patient has a live policy of the product: one under which something
    /// may still be claimed.
    Bind {
        product: Uint64,
        version: u32,
        patient: Uint64,
        ground: GroundRef,
        payee: String,
    },
    /// Anybody: pays the next instalment exactly; a rebate that waited for it is paid with it. Fails
    /// when all are paid, and once the grace after its due date is over.
    PayPremium { policy: Uint64 },
    /// The policyholder (who paid for it first), or on a ground the patient or a guardian with the
    /// power `claim`: ends cover now, or when an instalment that is not paid was due. The premium of
    /// the time that is left, less the minimum charge, is then due to who paid it. It stays locked
    /// until `Expire`, and is the insurer's if a claim or the rebate is paid. Before cover has begun
    /// the policy is over, and what is due is paid at once.
    Cancel {
        policy: Uint64,
        ground: Option<GroundRef>,
    },
    /// Anybody, once the grace of an unpaid instalment is over: cover ended when it was due.
    Lapse { policy: Uint64 },
    /// Anybody, once cover and the time to file are over and no claim is open: ends the policy, pays
    /// the refund that a cancellation left due, unless a claim or the rebate was paid, and frees the
    /// rest of its lock. What was paid last goes back first, to who paid it, and of the first
    /// payment the rest to the policyholder.
    Expire { policy: Uint64 },

    /// The patient, a guardian with the power `claim`, or whoever holds a grant for payment and
    /// disclosure: claims, publishing the readings for ever. Paid in the same transaction when
    /// they meet the product's rule, else an error names the first term not met. Fails while an
    /// instalment is due, and for time that an earlier claim used up, under this policy or an
    /// earlier one of the patient and product. Never paused.
    Claim {
        policy: Uint64,
        ground: GroundRef,
        evidence: Vec<EvidenceMsg>,
    },
    /// As `Claim`: shows days of the reward's measure, publishing the readings for ever. Each day
    /// counts once. Once there are enough, the rebate is paid in the same transaction, if as much
    /// premium was paid and not refunded; else with the instalment that makes it so.
    ClaimReward {
        policy: Uint64,
        ground: GroundRef,
        evidence: Vec<EvidenceMsg>,
    },
    /// As `Claim`, for a product of invoices: files an invoice, known by its digest, with the
    /// deposit the product asks for. Its number is in the event `claim_filed`. Never paused. Who
    /// decides on it (the insurer and its staff, the arbiter) does not file it on a grant.
    FileInvoice {
        policy: Uint64,
        ground: GroundRef,
        invoice: InvoiceMsg,
    },
    /// The insurer or its assessor, until the deadline: awards a sum up to what is claimed, which
    /// is paid at once. Less than that takes the digest of a reason, and may be appealed. Above
    /// the product's limit for one person it takes two, as `Withdraw` does. Whoever filed the claim
    /// does not assess it.
    Assess {
        policy: Uint64,
        claim: u16,
        award: Uint128,
        /// SHA-256 of the reason in words.
        reason: Option<Binary>,
    },
    /// Whoever may file a claim, until the deadline: takes an award of less than was claimed to
    /// the arbiter, once.
    Appeal {
        policy: Uint64,
        claim: u16,
        ground: GroundRef,
        /// SHA-256 of the reason in words.
        reason: Binary,
    },
    /// The policy's arbiter, until the deadline: the last word; not less than was awarded before.
    /// Who loses pays the arbiter's fee: the claimant from the deposit, the insurer from its bond.
    /// An arbiter who filed or appealed the claim, took out the policy or is paid by it does not
    /// decide: what its silence means happens.
    Arbitrate {
        policy: Uint64,
        claim: u16,
        award: Uint128,
        /// SHA-256 of the reason in words.
        reason: Binary,
    },
    /// Anybody, once the deadline of whoever is to act is over: what their silence means happens.
    Settle { policy: Uint64, claim: u16 },

    /// An account: takes what could not be paid to it when it was due, to itself or to another
    /// account it names.
    Collect { product: Uint64, to: Option<String> },
    /// Anybody, three years after it could not be paid: gives what an account did not collect
    /// back to the pool.
    ReclaimUnclaimed { product: Uint64, account: String },

    /// An admitted cw20 token, for whoever sent it here: a message that takes funds, see
    /// [`cw20::ReceiveMsg`]. Fails unless the tokens have arrived.
    Receive(cw20::Cw20ReceiveMsg),
}

/// Accounts an insurer has work for it, itself not counted.
pub const MAX_STAFF: u8 = 32;

/// What somebody may do in an insurer's name. The insurer's own account may do all.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum StaffPart {
    /// Creates, amends, opens and closes products.
    Underwriter,
    /// Awards invoice claims.
    Assessor,
    /// Withdraws what is free, to the insurer's account.
    Treasurer,
}

impl Member for StaffPart {
    const ALL: &'static [Self] = &[Self::Underwriter, Self::Assessor, Self::Treasurer];
    const NAME: &'static str = "staff parts";
    fn bit(self) -> u16 {
        match self {
            Self::Underwriter => 1,
            Self::Assessor => 2,
            Self::Treasurer => 4,
        }
    }
}

/// One batch, and one compact multiproof of its readings.
#[cw_serde]
pub struct EvidenceMsg {
    pub batch: BatchId,
    pub proof: Binary,
}

/// A bill for care, of which the chain sees digest, sum and period only.
#[cw_serde]
pub struct InvoiceMsg {
    /// SHA-256 of the document. No two open or paid claims of a product have one digest.
    pub digest: Binary,
    /// What is asked for, at most the benefit.
    pub amount: Uint128,
    /// When the care was given, block seconds, from and until before; within cover.
    pub served_from: Seconds,
    pub served_until: Seconds,
}
