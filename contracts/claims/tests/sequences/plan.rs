//! What is sold: seven products in three denominations, each shared by two or more.

use cosmwasm_std::{Binary, Uint128};
use vitals_api::claims::{
    BenefitMsg, EvidenceTermsMsg, InvoiceTermsMsg, PremiumMsg, RewardMsg, SilenceMsg, TermsMsg,
};
use vitals_core::measure::{Category, Measure};
use vitals_core::rule::Rule;

use crate::common::rule;

const HOUR_S: u64 = 3_600;
const DAY_S: u64 = 24 * HOUR_S;
/// Steps that make a day count.
pub const STEPS: i64 = 5_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Coin {
    Native,
    /// A token that does as it says.
    Good,
    /// One that now and then does not.
    Bad,
}

impl Coin {
    pub const ALL: [Coin; 3] = [Coin::Native, Coin::Good, Coin::Bad];
}

/// Terms as the model knows them.
#[derive(Debug, Clone)]
pub struct Plan {
    pub uses: Uses,
    pub benefit: u128,
    pub most: u16,
    pub premium: u128,
    /// Seconds between payments, and of grace.
    pub instalments: Option<(u64, u64)>,
    pub minimum_charge: u128,
    pub term_s: u64,
    pub waiting_s: u64,
    pub file_within_s: u64,
    /// Days, and the rebate.
    pub reward: Option<(usize, u128)>,
}

/// What a claim uses up.
#[derive(Debug, Clone)]
pub enum Uses {
    Time { separation_s: u64 },
    Days,
    Invoices(Invoicing),
}

#[derive(Debug, Clone, Copy)]
pub struct Invoicing {
    pub assess_s: u64,
    pub appeal_s: u64,
    pub arbitrate_s: u64,
    /// What the assessor's silence does; else it is the arbiter's turn.
    pub approves: bool,
    pub fee: u128,
}

pub fn catalogue() -> Vec<(Coin, Plan)> {
    vec![
        (Coin::Native, events()),
        (Coin::Native, days()),
        (Coin::Bad, approved_by_silence()),
        (Coin::Bad, decided_by_the_arbiter()),
        (Coin::Good, rewarded()),
        (Coin::Bad, rewarded_late()),
        (Coin::Good, for_nothing()),
    ]
}

fn events() -> Plan {
    Plan {
        uses: Uses::Time { separation_s: 60 },
        benefit: 100,
        most: 3,
        premium: 50,
        instalments: None,
        minimum_charge: 5,
        term_s: 2 * DAY_S,
        waiting_s: HOUR_S,
        file_within_s: 4 * HOUR_S,
        reward: None,
    }
}

fn days() -> Plan {
    Plan {
        uses: Uses::Days,
        benefit: 60,
        most: 2,
        premium: 20,
        instalments: Some((12 * HOUR_S, HOUR_S)),
        ..events()
    }
}

fn invoices(approves: bool, fee: u128) -> Uses {
    Uses::Invoices(Invoicing {
        assess_s: 2 * HOUR_S,
        appeal_s: 3 * HOUR_S,
        arbitrate_s: 2 * HOUR_S,
        approves,
        fee,
    })
}

fn approved_by_silence() -> Plan {
    Plan {
        uses: invoices(true, 10),
        benefit: 200,
        most: 2,
        premium: 31,
        term_s: DAY_S,
        waiting_s: 0,
        ..events()
    }
}

fn decided_by_the_arbiter() -> Plan {
    Plan {
        uses: invoices(false, 7),
        benefit: 300,
        most: 1,
        premium: 25,
        instalments: Some((8 * HOUR_S, 2 * HOUR_S)),
        term_s: DAY_S,
        waiting_s: 0,
        ..events()
    }
}

fn rewarded() -> Plan {
    Plan {
        uses: Uses::Time { separation_s: 0 },
        benefit: 80,
        most: 1,
        premium: 40,
        term_s: 3 * DAY_S,
        waiting_s: 0,
        reward: Some((2, 30)),
        ..events()
    }
}

/// The rebate is more than two of three payments: it waits for the last.
fn rewarded_late() -> Plan {
    Plan {
        most: 2,
        premium: 10,
        instalments: Some((DAY_S, 3 * HOUR_S)),
        reward: Some((1, 25)),
        ..rewarded()
    }
}

fn for_nothing() -> Plan {
    Plan {
        uses: invoices(true, 0),
        benefit: 50,
        most: 1,
        premium: 0,
        minimum_charge: 0,
        ..approved_by_silence()
    }
}

impl Plan {
    pub fn bond(&self) -> u128 {
        match &self.uses {
            Uses::Invoices(terms) => terms.fee,
            _ => 0,
        }
    }

    pub fn rebate(&self) -> u128 {
        self.reward.map_or(0, |(_, rebate)| rebate)
    }

    /// Beside the premium.
    pub fn lock(&self) -> u128 {
        u128::from(self.most) * (self.benefit + self.bond()) + self.rebate()
    }

    pub fn payments(&self) -> u64 {
        self.instalments
            .map_or(1, |(every_s, _)| self.term_s.div_ceil(every_s))
    }

    /// Seconds that so many payments cover.
    pub fn covers_s(&self, payments: u64) -> u64 {
        self.instalments.map_or(self.term_s, |(every_s, _)| {
            (every_s * payments).min(self.term_s)
        })
    }

    pub fn terms(&self, arbiter: &str) -> TermsMsg {
        TermsMsg {
            benefit: self.benefit_msg(),
            premium: self.premium_msg(),
            minimum_charge: Uint128::new(self.minimum_charge),
            term_s: self.term_s as u32,
            waiting_s: self.waiting_s as u32,
            file_within_s: self.file_within_s as u32,
            evidence: self.evidence_msg(arbiter),
            reward: self.reward.map(|(days, rebate)| RewardMsg {
                measure: Measure::Steps,
                least_a_day: STEPS as u32,
                days: days as u16,
                rebate: Uint128::new(rebate),
                accept_simulated: false,
            }),
            terms_digest: Binary::new(vec![7; 32]),
        }
    }

    fn benefit_msg(&self) -> BenefitMsg {
        let amount = Uint128::new(self.benefit);
        match self.uses {
            Uses::Days => BenefitMsg::PerDay {
                amount,
                max_days: self.most,
            },
            _ if self.most == 1 => BenefitMsg::Fixed { amount },
            Uses::Time { separation_s } => BenefitMsg::PerEvent {
                amount,
                max_claims: self.most as u8,
                separation_s: separation_s as u32,
            },
            Uses::Invoices(_) => BenefitMsg::PerEvent {
                amount,
                max_claims: self.most as u8,
                separation_s: 0,
            },
        }
    }

    fn premium_msg(&self) -> PremiumMsg {
        let amount = Uint128::new(self.premium);
        match self.instalments {
            None => PremiumMsg::Once { amount },
            Some((every_s, grace_s)) => PremiumMsg::Instalments {
                amount,
                every_s: every_s as u32,
                grace_s: grace_s as u32,
            },
        }
    }

    fn evidence_msg(&self, arbiter: &str) -> EvidenceTermsMsg {
        match &self.uses {
            Uses::Invoices(terms) => EvidenceTermsMsg::Invoice(InvoiceTermsMsg {
                category: Category::Cardiac,
                assess_within_s: terms.assess_s as u32,
                appeal_within_s: terms.appeal_s as u32,
                arbitrate_within_s: terms.arbitrate_s as u32,
                silence: if terms.approves {
                    SilenceMsg::Approves
                } else {
                    SilenceMsg::ToArbiter
                },
                arbiter: arbiter.into(),
                fee: Uint128::new(terms.fee),
            }),
            _ => EvidenceTermsMsg::Disclosed {
                rule: Rule {
                    readings: 1,
                    ..rule()
                },
                models: vec![],
            },
        }
    }
}
