//! Random steps. What a step is about is chosen when it is taken, from what there is by then.

use proptest::prelude::*;

#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub kind: Kind,
    /// What it chooses by.
    pub by: [u8; 4],
}

#[derive(Debug, Clone, Copy)]
pub enum Kind {
    Advance,
    /// Near the next deadlines: just before, at, or just after.
    Jump,
    Episode,
    Bind,
    Offer,
    WithdrawOffer,
    Accept,
    Pay,
    Cancel,
    Lapse,
    Expire,
    Claim,
    Reward,
    File,
    Assess,
    Appeal,
    Arbitrate,
    Settle,
    Deposit,
    Withdraw,
    Collect,
    Reclaim,
    Stray,
    Break,
    TwoPeople,
    Amend,
    OnSale,
    Pause,
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    proptest::collection::vec(step(), 40..100)
}

fn step() -> impl Strategy<Value = Step> {
    (kind(), any::<[u8; 4]>()).prop_map(|(kind, by)| Step { kind, by })
}

/// With how often it is chosen.
const KINDS: [(u32, Kind); 28] = [
    (8, Kind::Advance),
    (8, Kind::Jump),
    (18, Kind::Episode),
    (36, Kind::Bind),
    (6, Kind::Offer),
    (2, Kind::WithdrawOffer),
    (8, Kind::Accept),
    (8, Kind::Pay),
    (3, Kind::Cancel),
    (6, Kind::Lapse),
    (6, Kind::Expire),
    (10, Kind::Claim),
    (10, Kind::Reward),
    (22, Kind::File),
    (18, Kind::Assess),
    (16, Kind::Appeal),
    (16, Kind::Arbitrate),
    (12, Kind::Settle),
    (3, Kind::Deposit),
    (4, Kind::Withdraw),
    (4, Kind::Collect),
    (2, Kind::Reclaim),
    (2, Kind::Stray),
    (8, Kind::Break),
    (1, Kind::TwoPeople),
    (2, Kind::Amend),
    (1, Kind::OnSale),
    (1, Kind::Pause),
];

fn kind() -> impl Strategy<Value = Kind> {
    let all: u32 = KINDS.iter().map(|(weight, _)| weight).sum();
    (0..all).prop_map(|at| {
        let mut left = at;
        for (weight, kind) in KINDS {
            if left < weight {
                return kind;
            }
            left -= weight;
        }
        Kind::Advance
    })
}
