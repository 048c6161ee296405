//! What claims announces. Numbers, accounts, digests and sums only; the chain puts `wasm-` before
//! the names.

use cosmwasm_std::{Event, HexBinary, Uint128};
use vitals_core::decision::Seconds;
use vitals_core::insurance::MoveKind;

/// Money moved in a product's book: one event for each movement, numbered without a hole, so that
/// a statement drawn from events can show that none is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement<'a> {
    pub product: u64,
    /// From 1, within the product.
    pub number: u64,
    pub kind: MoveKind,
    pub amount: u128,
    pub policy: Option<u64>,
    pub claim: Option<u16>,
    /// Who paid it in or was paid; none for what stays inside.
    pub account: Option<&'a str>,
}

impl Movement<'_> {
    pub const NAME: &'static str = "money_moved";
}

impl From<Movement<'_>> for Event {
    fn from(moved: Movement<'_>) -> Self {
        let mut event = Event::new(Movement::NAME)
            .add_attribute("product", moved.product.to_string())
            .add_attribute("movement", moved.number.to_string())
            .add_attribute("kind", moved.kind.name())
            .add_attribute("amount", Uint128::new(moved.amount));
        if let Some(policy) = moved.policy {
            event = event.add_attribute("policy", policy.to_string());
        }
        if let Some(claim) = moved.claim {
            event = event.add_attribute("claim", claim.to_string());
        }
        if let Some(account) = moved.account {
            event = event.add_attribute("account", account);
        }
        event
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClaimsEvent<'a> {
    DenomAdmitted {
        denom: &'a str,
    },
    DenomDismissed {
        denom: &'a str,
    },
    StaffSet {
        insurer: &'a str,
        account: &'a str,
    },
    ProductCreated {
        product: u64,
        insurer: &'a str,
    },
    ProductAmended {
        product: u64,
        version: u32,
    },
    SaleChanged {
        product: u64,
        on_sale: bool,
    },
    TwoPeopleSet {
        product: u64,
        above: Option<u128>,
    },
    /// One person asked for it, a second one has to.
    SecondPersonNeeded {
        product: u64,
        policy: Option<u64>,
        claim: Option<u16>,
        /// SHA-256 of terms as they are stored.
        terms: Option<[u8; 32]>,
        amount: u128,
        by: &'a str,
    },
    PolicyOffered {
        policy: u64,
        product: u64,
        patient: u64,
        until: Seconds,
    },
    OfferWithdrawn {
        policy: u64,
    },
    PolicyBound {
        policy: u64,
        product: u64,
        patient: u64,
    },
    PremiumPaid {
        policy: u64,
        instalment: u16,
    },
    PolicyCancelled {
        policy: u64,
        /// Due once the policy is over, unless a claim or the rebate is paid until then.
        refund: u128,
    },
    PolicyLapsed {
        policy: u64,
        at: Seconds,
    },
    /// Over, its lock freed.
    PolicyExpired {
        policy: u64,
        product: u64,
    },
    /// Every claim paid, its lock freed.
    PolicyExhausted {
        policy: u64,
        product: u64,
    },
    ClaimFiled {
        policy: u64,
        claim: u16,
        product: u64,
        deadline: Seconds,
    },
    ClaimAssessed {
        policy: u64,
        claim: u16,
        award: u128,
        reason: Option<[u8; 32]>,
    },
    ClaimAppealed {
        policy: u64,
        claim: u16,
        deadline: Seconds,
    },
    ClaimArbitrated {
        policy: u64,
        claim: u16,
        award: u128,
        reason: [u8; 32],
    },
    /// A deadline passed.
    ClaimSettled {
        policy: u64,
        claim: u16,
        award: u128,
    },
    ClaimPaid {
        policy: u64,
        claim: u16,
        amount: u128,
        payee: &'a str,
    },
    RewardShown {
        policy: u64,
        days: u16,
    },
    Rebated {
        policy: u64,
        amount: u128,
        payee: &'a str,
    },
    /// A payment failed, and waits to be collected.
    PaymentFailed {
        product: u64,
        account: &'a str,
        amount: u128,
    },
    Collected {
        product: u64,
        account: &'a str,
        amount: u128,
    },
}

impl From<ClaimsEvent<'_>> for Event {
    fn from(event: ClaimsEvent<'_>) -> Self {
        use ClaimsEvent as E;
        match event {
            E::DenomAdmitted { denom } => named("denom_admitted", &[("denom", &denom)]),
            E::DenomDismissed { denom } => named("denom_dismissed", &[("denom", &denom)]),
            E::StaffSet { insurer, account } => {
                named("staff_set", &[("insurer", &insurer), ("account", &account)])
            }
            E::ProductCreated { product, insurer } => named(
                "product_created",
                &[("product", &product), ("insurer", &insurer)],
            ),
            E::ProductAmended { product, version } => named(
                "product_amended",
                &[("product", &product), ("version", &version)],
            ),
            E::SaleChanged { product, on_sale } => named(
                "sale_changed",
                &[("product", &product), ("on_sale", &on_sale)],
            ),
            E::TwoPeopleSet { product, above } => {
                let event = named("two_people_set", &[("product", &product)]);
                with(event, "above", above)
            }
            E::SecondPersonNeeded {
                product,
                policy,
                claim,
                terms,
                amount,
                by,
            } => {
                let event = named(
                    "second_person_needed",
                    &[("product", &product), ("amount", &amount), ("by", &by)],
                );
                let event = with(with(event, "policy", policy), "claim", claim);
                with(event, "terms", terms.map(HexBinary::from))
            }
            E::PolicyOffered {
                policy,
                product,
                patient,
                until,
            } => named(
                "policy_offered",
                &[
                    ("policy", &policy),
                    ("product", &product),
                    ("patient", &patient),
                    ("until", &until),
                ],
            ),
            E::OfferWithdrawn { policy } => named("offer_withdrawn", &[("policy", &policy)]),
            E::PolicyBound {
                policy,
                product,
                patient,
            } => named(
                "policy_bound",
                &[
                    ("policy", &policy),
                    ("product", &product),
                    ("patient", &patient),
                ],
            ),
            E::PremiumPaid { policy, instalment } => named(
                "premium_paid",
                &[("policy", &policy), ("instalment", &instalment)],
            ),
            E::PolicyCancelled { policy, refund } => named(
                "policy_cancelled",
                &[("policy", &policy), ("refund", &refund)],
            ),
            E::PolicyLapsed { policy, at } => {
                named("policy_lapsed", &[("policy", &policy), ("at", &at)])
            }
            E::PolicyExpired { policy, product } => named(
                "policy_expired",
                &[("policy", &policy), ("product", &product)],
            ),
            E::PolicyExhausted { policy, product } => named(
                "policy_exhausted",
                &[("policy", &policy), ("product", &product)],
            ),
            E::ClaimFiled {
                policy,
                claim,
                product,
                deadline,
            } => named(
                "claim_filed",
                &[
                    ("policy", &policy),
                    ("claim", &claim),
                    ("product", &product),
                    ("deadline", &deadline),
                ],
            ),
            E::ClaimAssessed {
                policy,
                claim,
                award,
                reason,
            } => {
                let event = named(
                    "claim_assessed",
                    &[("policy", &policy), ("claim", &claim), ("award", &award)],
                );
                with(event, "reason", reason.map(HexBinary::from))
            }
            E::ClaimAppealed {
                policy,
                claim,
                deadline,
            } => named(
                "claim_appealed",
                &[
                    ("policy", &policy),
                    ("claim", &claim),
                    ("deadline", &deadline),
                ],
            ),
            E::ClaimArbitrated {
                policy,
                claim,
                award,
                reason,
            } => named(
                "claim_arbitrated",
                &[
                    ("policy", &policy),
                    ("claim", &claim),
                    ("award", &award),
                    ("reason", &HexBinary::from(reason)),
                ],
            ),
            E::ClaimSettled {
                policy,
                claim,
                award,
            } => named(
                "claim_settled",
                &[("policy", &policy), ("claim", &claim), ("award", &award)],
            ),
            E::ClaimPaid {
                policy,
                claim,
                amount,
                payee,
            } => named(
                "claim_paid",
                &[
                    ("policy", &policy),
                    ("claim", &claim),
                    ("amount", &amount),
                    ("payee", &payee),
                ],
            ),
            E::RewardShown { policy, days } => {
                named("reward_shown", &[("policy", &policy), ("days", &days)])
            }
            E::Rebated {
                policy,
                amount,
                payee,
            } => named(
                "rebated",
                &[("policy", &policy), ("amount", &amount), ("payee", &payee)],
            ),
            E::PaymentFailed {
                product,
                account,
                amount,
            } => named(
                "payment_failed",
                &[
                    ("product", &product),
                    ("account", &account),
                    ("amount", &amount),
                ],
            ),
            E::Collected {
                product,
                account,
                amount,
            } => named(
                "collected",
                &[
                    ("product", &product),
                    ("account", &account),
                    ("amount", &amount),
                ],
            ),
        }
    }
}

fn named(name: &str, attributes: &[(&str, &dyn ToString)]) -> Event {
    attributes
        .iter()
        .fold(Event::new(name), |event, (key, value)| {
            event.add_attribute(*key, value.to_string())
        })
}

/// Adds an attribute where there is something to say.
fn with(event: Event, key: &str, value: Option<impl ToString>) -> Event {
    match value {
        Some(value) => event.add_attribute(key, value.to_string()),
        None => event,
    }
}
