//! How a claim on an invoice is decided: assessor, one appeal, arbiter, and what silence means.
//!
//! Whoever is to act may until just before the deadline; from the deadline on anybody may settle.
//! Steps are pure: they say what the claim is in after them and what is to be paid.

use serde::{Deserialize, Serialize};

use super::book::Amount;
use super::terms::{InvoiceTerms, Silence};
use crate::decision::Seconds;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DisputeError {
    #[error("claims/claim_state: the claim is {state:?}, which does not allow to {act}")]
    State {
        state: ClaimState,
        act: &'static str,
    },
    #[error("claims/award_too_large: {award} is more than the {claimed} claimed")]
    TooLarge { award: Amount, claimed: Amount },
    #[error("claims/award_below_paid: {award} is less than the {paid} that was awarded and paid")]
    BelowPaid { award: Amount, paid: Amount },
    #[error(
        "claims/award_without_reason: an award of {award} of the {claimed} claimed takes a reason"
    )]
    NoReason { award: Amount, claimed: Amount },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema, cw_schema::Schemaifier)
)]
#[serde(rename_all = "snake_case")]
pub enum ClaimState {
    /// The assessor's turn.
    Filed,
    /// Awarded less than was claimed; may be appealed.
    Assessed,
    /// The arbiter's turn.
    Appealed,
    /// A deadline is over; anybody may settle.
    Overdue,
    /// Closed, in whole or part; readings are paid at once.
    Paid,
    /// Closed without payment.
    Refused,
}

impl ClaimState {
    pub const ALL: [ClaimState; 6] = [
        ClaimState::Filed,
        ClaimState::Assessed,
        ClaimState::Appealed,
        ClaimState::Overdue,
        ClaimState::Paid,
        ClaimState::Refused,
    ];

    pub fn is_open(self) -> bool {
        !matches!(self, ClaimState::Paid | ClaimState::Refused)
    }
}

/// Whose turn it is, and until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    Filed { until: Seconds },
    Assessed { until: Seconds },
    Appealed { until: Seconds },
    Closed,
}

/// What of a claim on an invoice its decision needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    pub claimed: Amount,
    pub stage: Stage,
    /// The assessor's award, where there was one.
    pub assessed: Option<Amount>,
    /// Paid so far.
    pub paid: Amount,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimAct {
    Assess { award: Amount, reasoned: bool },
    Appeal,
    Arbitrate { award: Amount },
    Settle,
}

impl ClaimAct {
    fn name(self) -> &'static str {
        match self {
            ClaimAct::Assess { .. } => "assess",
            ClaimAct::Appeal => "appeal",
            ClaimAct::Arbitrate { .. } => "arbitrate",
            ClaimAct::Settle => "settle",
        }
    }
}

/// Whose the claimant's deposit is once the claim is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DepositFate {
    /// The claimant's again.
    Return,
    /// The insurer's: refused, and not appealed.
    Forfeit,
    /// The arbiter's fee: the claimant lost the appeal.
    Arbiter,
}

/// What a step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    pub dispute: Dispute,
    /// To the payee, now.
    pub pay: Amount,
    /// Once the claim is closed.
    pub deposit: Option<DepositFate>,
    /// The insurer lost the appeal: its bond is the arbiter's fee.
    pub bond_pays: bool,
}

impl Dispute {
    pub fn filed(claimed: Amount, terms: &InvoiceTerms, now: Seconds) -> Self {
        Self {
            claimed,
            stage: Stage::Filed {
                until: after(now, terms.assess_within_s),
            },
            assessed: None,
            paid: 0,
        }
    }

    pub fn deadline(&self) -> Option<Seconds> {
        match self.stage {
            Stage::Filed { until } | Stage::Assessed { until } | Stage::Appealed { until } => {
                Some(until)
            }
            Stage::Closed => None,
        }
    }

    pub fn state(&self, now: Seconds) -> ClaimState {
        if self.deadline().is_some_and(|until| now >= until) {
            return ClaimState::Overdue;
        }
        match self.stage {
            Stage::Filed { .. } => ClaimState::Filed,
            Stage::Assessed { .. } => ClaimState::Assessed,
            Stage::Appealed { .. } => ClaimState::Appealed,
            Stage::Closed if self.paid > 0 => ClaimState::Paid,
            Stage::Closed => ClaimState::Refused,
        }
    }

    /// The table: what it does not list is an error.
    pub fn step(
        &self,
        terms: &InvoiceTerms,
        act: ClaimAct,
        now: Seconds,
    ) -> Result<Outcome, DisputeError> {
        match (self.state(now), act) {
            (ClaimState::Filed, ClaimAct::Assess { award, reasoned }) => {
                self.assess(terms, award, reasoned, now)
            }
            (ClaimState::Assessed, ClaimAct::Appeal) => {
                Ok(self.goes_on(self.appealed(terms, now), 0))
            }
            (ClaimState::Appealed, ClaimAct::Arbitrate { award }) => self.arbitrate(award),
            (ClaimState::Overdue, ClaimAct::Settle) => Ok(self.settle(terms, now)),
            (state, act) => Err(DisputeError::State {
                state,
                act: act.name(),
            }),
        }
    }

    fn assess(
        &self,
        terms: &InvoiceTerms,
        award: Amount,
        reasoned: bool,
        now: Seconds,
    ) -> Result<Outcome, DisputeError> {
        self.ensure_within(award)?;
        let assessed = Self {
            assessed: Some(award),
            ..*self
        };
        if award == self.claimed {
            return Ok(assessed.closes(award, DepositFate::Return));
        }
        if !reasoned {
            return Err(DisputeError::NoReason {
                award,
                claimed: self.claimed,
            });
        }
        let stage = Stage::Assessed {
            until: after(now, terms.appeal_within_s),
        };
        Ok(assessed.goes_on(stage, award))
    }

    /// Who loses pays the fee: the insurer where the arbiter awards more than its assessor did.
    fn arbitrate(&self, award: Amount) -> Result<Outcome, DisputeError> {
        self.ensure_within(award)?;
        if award < self.paid {
            return Err(DisputeError::BelowPaid {
                award,
                paid: self.paid,
            });
        }
        let insurer_lost = award > self.assessed.unwrap_or(0);
        let fate = if insurer_lost {
            DepositFate::Return
        } else {
            DepositFate::Arbiter
        };
        Ok(Outcome {
            bond_pays: insurer_lost,
            ..self.closes(award, fate)
        })
    }

    fn settle(&self, terms: &InvoiceTerms, now: Seconds) -> Outcome {
        match (self.stage, terms.silence, self.assessed) {
            (Stage::Filed { .. }, Silence::ToArbiter, _) => {
                self.goes_on(self.appealed(terms, now), 0)
            }
            // nobody appealed: the award stands, and a refusal costs the deposit
            (Stage::Assessed { .. }, _, Some(0)) => self.closes(0, DepositFate::Forfeit),
            // a silent arbiter leaves the last decision standing, and has earned nothing
            (_, _, Some(award)) => self.closes(award, DepositFate::Return),
            (_, _, None) => self.closes(self.claimed, DepositFate::Return),
        }
    }

    fn appealed(&self, terms: &InvoiceTerms, now: Seconds) -> Stage {
        Stage::Appealed {
            until: after(now, terms.arbitrate_within_s),
        }
    }

    fn goes_on(&self, stage: Stage, pay: Amount) -> Outcome {
        Outcome {
            dispute: Self {
                stage,
                paid: self.paid.saturating_add(pay),
                ..*self
            },
            pay,
            deposit: None,
            bond_pays: false,
        }
    }

    /// With so much awarded in all.
    fn closes(&self, award: Amount, deposit: DepositFate) -> Outcome {
        let pay = award.saturating_sub(self.paid);
        Outcome {
            deposit: Some(deposit),
            ..self.goes_on(Stage::Closed, pay)
        }
    }

    fn ensure_within(&self, award: Amount) -> Result<(), DisputeError> {
        if award <= self.claimed {
            return Ok(());
        }
        Err(DisputeError::TooLarge {
            award,
            claimed: self.claimed,
        })
    }
}

fn after(now: Seconds, seconds: u32) -> Seconds {
    now.saturating_add(seconds.into())
}

#[cfg(test)]
mod tests;
