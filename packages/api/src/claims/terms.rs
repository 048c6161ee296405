//! From messages to the core's terms: the same for the contract, which stores them, and for whoever
//! checks terms before they are sent. Nothing is checked here.

use vitals_core::insurance::{Benefit, InvoiceTerms, Premium, Reward, Silence};

use super::{BenefitMsg, InvoiceTermsMsg, PremiumMsg, RewardMsg, SilenceMsg};

impl From<&BenefitMsg> for Benefit {
    fn from(msg: &BenefitMsg) -> Self {
        match *msg {
            BenefitMsg::Fixed { amount } => Self::Fixed {
                amount: amount.u128(),
            },
            BenefitMsg::PerEvent {
                amount,
                max_claims,
                separation_s,
            } => Self::PerEvent {
                amount: amount.u128(),
                max_claims,
                separation_s,
            },
            BenefitMsg::PerDay { amount, max_days } => Self::PerDay {
                amount: amount.u128(),
                max_days,
            },
        }
    }
}

impl From<&PremiumMsg> for Premium {
    fn from(msg: &PremiumMsg) -> Self {
        match *msg {
            PremiumMsg::Once { amount } => Self::Once {
                amount: amount.u128(),
            },
            PremiumMsg::Instalments {
                amount,
                every_s,
                grace_s,
            } => Self::Instalments {
                amount: amount.u128(),
                every_s,
                grace_s,
            },
        }
    }
}

impl From<&RewardMsg> for Reward {
    fn from(msg: &RewardMsg) -> Self {
        Self {
            measure: msg.measure,
            least_a_day: msg.least_a_day,
            days: msg.days,
            rebate: msg.rebate.u128(),
            accept_simulated: msg.accept_simulated,
        }
    }
}

impl InvoiceTermsMsg {
    /// With the arbiter's address as the caller has it: the contract normalises it first.
    pub fn terms(&self, arbiter: String) -> InvoiceTerms {
        InvoiceTerms {
            category: self.category,
            assess_within_s: self.assess_within_s,
            appeal_within_s: self.appeal_within_s,
            arbitrate_within_s: self.arbitrate_within_s,
            silence: match self.silence {
                SilenceMsg::Approves => Silence::Approves,
                SilenceMsg::ToArbiter => Silence::ToArbiter,
            },
            arbiter,
            fee: self.fee.u128(),
        }
    }
}
