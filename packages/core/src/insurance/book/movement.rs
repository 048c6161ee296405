//! The accounts of a book, and everything that can happen between them.

use core::fmt;

/// Where money comes from, is, or went to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Account {
    // sources
    Deposits = 0,
    Premiums = 1,
    ClaimDeposits = 2,
    /// What nobody collected, back again.
    Reclaimed = 3,
    // balances
    /// The insurer's to withdraw, and to sell policies against.
    Free = 4,
    /// Promised to policies.
    Locked = 5,
    /// Others' money: premiums of offers, deposits of claims.
    Held = 6,
    // sinks
    Paid = 7,
    Rebated = 8,
    Withdrawn = 9,
    Refunded = 10,
    Returned = 11,
    Fees = 12,
}

impl Account {
    pub const ALL: [Account; 13] = [
        Account::Deposits,
        Account::Premiums,
        Account::ClaimDeposits,
        Account::Reclaimed,
        Account::Free,
        Account::Locked,
        Account::Held,
        Account::Paid,
        Account::Rebated,
        Account::Withdrawn,
        Account::Refunded,
        Account::Returned,
        Account::Fees,
    ];
    pub const SOURCES: [Account; 4] = [
        Account::Deposits,
        Account::Premiums,
        Account::ClaimDeposits,
        Account::Reclaimed,
    ];
    pub const BALANCES: [Account; 3] = [Account::Free, Account::Locked, Account::Held];
    pub const SINKS: [Account; 6] = [
        Account::Paid,
        Account::Rebated,
        Account::Withdrawn,
        Account::Refunded,
        Account::Returned,
        Account::Fees,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Account::Deposits => "deposits",
            Account::Premiums => "premiums",
            Account::ClaimDeposits => "claim_deposits",
            Account::Reclaimed => "reclaimed",
            Account::Free => "free",
            Account::Locked => "locked",
            Account::Held => "held",
            Account::Paid => "paid",
            Account::Rebated => "rebated",
            Account::Withdrawn => "withdrawn",
            Account::Refunded => "refunded",
            Account::Returned => "returned",
            Account::Fees => "fees",
        }
    }

    pub(super) fn is_source(self) -> bool {
        Self::SOURCES.contains(&self)
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Everything that can happen to a pool's money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoveKind {
    Deposit,
    Withdrawal,
    /// Of a policy that is bound or goes on; unearned until the policy is over.
    Premium,
    OfferedPremium,
    AcceptedPremium,
    OfferRefund,
    /// Benefits, rebate and bonds, when a policy is bound.
    Lock,
    /// What a policy locks no more.
    Release,
    Benefit,
    Rebate,
    PremiumRefund,
    ClaimDeposit,
    DepositReturned,
    DepositForfeited,
    DepositToArbiter,
    BondToArbiter,
    /// What nobody collected goes back.
    Unclaimed,
}

impl MoveKind {
    pub const ALL: [MoveKind; 17] = [
        MoveKind::Deposit,
        MoveKind::Withdrawal,
        MoveKind::Premium,
        MoveKind::OfferedPremium,
        MoveKind::AcceptedPremium,
        MoveKind::OfferRefund,
        MoveKind::Lock,
        MoveKind::Release,
        MoveKind::Benefit,
        MoveKind::Rebate,
        MoveKind::PremiumRefund,
        MoveKind::ClaimDeposit,
        MoveKind::DepositReturned,
        MoveKind::DepositForfeited,
        MoveKind::DepositToArbiter,
        MoveKind::BondToArbiter,
        MoveKind::Unclaimed,
    ];

    pub fn from_to(self) -> (Account, Account) {
        use Account as A;
        match self {
            MoveKind::Deposit => (A::Deposits, A::Free),
            MoveKind::Withdrawal => (A::Free, A::Withdrawn),
            MoveKind::Premium => (A::Premiums, A::Locked),
            MoveKind::OfferedPremium => (A::Premiums, A::Held),
            MoveKind::AcceptedPremium => (A::Held, A::Locked),
            MoveKind::OfferRefund => (A::Held, A::Refunded),
            MoveKind::Lock => (A::Free, A::Locked),
            MoveKind::Release => (A::Locked, A::Free),
            MoveKind::Benefit => (A::Locked, A::Paid),
            MoveKind::Rebate => (A::Locked, A::Rebated),
            MoveKind::PremiumRefund => (A::Locked, A::Refunded),
            MoveKind::ClaimDeposit => (A::ClaimDeposits, A::Held),
            MoveKind::DepositReturned => (A::Held, A::Returned),
            MoveKind::DepositForfeited => (A::Held, A::Free),
            MoveKind::DepositToArbiter => (A::Held, A::Fees),
            MoveKind::BondToArbiter => (A::Locked, A::Fees),
            MoveKind::Unclaimed => (A::Reclaimed, A::Free),
        }
    }

    /// As events and statements have it.
    pub fn name(self) -> &'static str {
        match self {
            MoveKind::Deposit => "deposit",
            MoveKind::Withdrawal => "withdrawal",
            MoveKind::Premium => "premium",
            MoveKind::OfferedPremium => "offered_premium",
            MoveKind::AcceptedPremium => "accepted_premium",
            MoveKind::OfferRefund => "offer_refund",
            MoveKind::Lock => "lock",
            MoveKind::Release => "release",
            MoveKind::Benefit => "benefit",
            MoveKind::Rebate => "rebate",
            MoveKind::PremiumRefund => "premium_refund",
            MoveKind::ClaimDeposit => "claim_deposit",
            MoveKind::DepositReturned => "deposit_returned",
            MoveKind::DepositForfeited => "deposit_forfeited",
            MoveKind::DepositToArbiter => "deposit_to_arbiter",
            MoveKind::BondToArbiter => "bond_to_arbiter",
            MoveKind::Unclaimed => "unclaimed",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
