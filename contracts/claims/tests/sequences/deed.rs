//! What somebody asks of the contract, in the model's words.

use vitals_core::decision::GroundRef;

mod message;

pub use message::number;

/// An account by its name in the suite.
pub type Who = &'static str;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    Patient,
    Guardian,
}

/// Products, policies and episodes by their place from 0, claims by their number within a policy.
#[derive(Debug, Clone)]
pub enum Deed {
    Deposit {
        product: usize,
    },
    Withdraw {
        product: usize,
        amount: u128,
    },
    Offer(Sale, u64),
    WithdrawOffer {
        policy: usize,
    },
    Accept {
        policy: usize,
        ground: Ground,
    },
    Bind(Sale, Ground),
    Pay {
        policy: usize,
    },
    Cancel {
        policy: usize,
        ground: Option<Ground>,
    },
    Lapse {
        policy: usize,
    },
    Expire {
        policy: usize,
    },
    Claim {
        policy: usize,
        ground: Ground,
        episode: usize,
    },
    ClaimReward {
        policy: usize,
        ground: Ground,
        episode: usize,
    },
    File {
        policy: usize,
        ground: Ground,
        bill: Bill,
    },
    Assess {
        at: (usize, u16),
        award: u128,
        reasoned: bool,
    },
    Appeal {
        at: (usize, u16),
        ground: Ground,
    },
    Arbitrate {
        at: (usize, u16),
        award: u128,
    },
    Settle {
        at: (usize, u16),
    },
    Collect {
        product: usize,
        to: Option<Who>,
    },
    Reclaim {
        product: usize,
        account: Who,
    },
    TwoPeopleAbove {
        product: usize,
        amount: Option<u128>,
    },
    /// The same terms with another benefit.
    Amend {
        product: usize,
        benefit: u128,
    },
    SetOnSale {
        product: usize,
        on_sale: bool,
    },
    SetPaused(bool),
    /// A token says that somebody sent it here.
    Receive {
        from: Who,
        amount: u128,
        product: usize,
    },
}

#[derive(Debug, Clone)]
pub struct Sale {
    pub product: usize,
    /// Of the terms, from 1.
    pub version: u32,
    pub patient: usize,
    pub payee: Who,
}

#[derive(Debug, Clone)]
pub struct Bill {
    pub digest: u8,
    pub amount: u128,
    pub served_from: u64,
    pub served_until: u64,
}

impl From<Ground> for GroundRef {
    fn from(ground: Ground) -> Self {
        match ground {
            Ground::Patient => GroundRef::Patient {},
            Ground::Guardian => GroundRef::Guardian {},
        }
    }
}
