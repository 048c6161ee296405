//! Terms between messages and the core's, which checks them.

use cosmwasm_std::{Api, Binary};
use vitals_api::claims::{
    BenefitMsg, EvidenceTermsMsg, InvoiceTermsMsg, PremiumMsg, RewardMsg, SilenceMsg, TermsMsg,
};
use vitals_api::parse;
use vitals_core::insurance::{Benefit, EvidenceTerms, Premium, Reward, Silence, Terms};

use crate::error::ContractError;

/// Refuses what can never be met. What only the chain knows (arbiter, models) is not checked here.
pub(crate) fn parse_terms(api: &dyn Api, msg: &TermsMsg) -> Result<Terms, ContractError> {
    let terms = Terms {
        benefit: (&msg.benefit).into(),
        premium: (&msg.premium).into(),
        minimum_charge: msg.minimum_charge.u128(),
        term_s: msg.term_s,
        waiting_s: msg.waiting_s,
        file_within_s: msg.file_within_s,
        evidence: evidence(api, &msg.evidence)?,
        reward: msg.reward.as_ref().map(Into::into),
        terms_digest: parse::bytes("terms_digest", &msg.terms_digest)?,
    };
    terms.check()?;
    Ok(terms)
}

fn evidence(api: &dyn Api, msg: &EvidenceTermsMsg) -> Result<EvidenceTerms, ContractError> {
    Ok(match msg {
        EvidenceTermsMsg::Disclosed { rule, models } => EvidenceTerms::Disclosed {
            rule: rule.clone(),
            models: models.clone(),
        },
        EvidenceTermsMsg::Invoice(msg) => {
            let arbiter = parse::address(api, &msg.arbiter)?;
            EvidenceTerms::Invoice(msg.terms(arbiter.into()))
        }
        EvidenceTermsMsg::Private {} => return Err(ContractError::EvidenceUnsupported),
    })
}

/// Terms as they are shown.
pub(crate) fn shown(terms: &Terms) -> TermsMsg {
    TermsMsg {
        benefit: shown_benefit(&terms.benefit),
        premium: shown_premium(&terms.premium),
        minimum_charge: terms.minimum_charge.into(),
        term_s: terms.term_s,
        waiting_s: terms.waiting_s,
        file_within_s: terms.file_within_s,
        evidence: shown_evidence(&terms.evidence),
        reward: terms.reward.as_ref().map(shown_reward),
        terms_digest: Binary::from(terms.terms_digest),
    }
}

fn shown_benefit(benefit: &Benefit) -> BenefitMsg {
    match *benefit {
        Benefit::Fixed { amount } => BenefitMsg::Fixed {
            amount: amount.into(),
        },
        Benefit::PerEvent {
            amount,
            max_claims,
            separation_s,
        } => BenefitMsg::PerEvent {
            amount: amount.into(),
            max_claims,
            separation_s,
        },
        Benefit::PerDay { amount, max_days } => BenefitMsg::PerDay {
            amount: amount.into(),
            max_days,
        },
    }
}

fn shown_premium(premium: &Premium) -> PremiumMsg {
    match *premium {
        Premium::Once { amount } => PremiumMsg::Once {
            amount: amount.into(),
        },
        Premium::Instalments {
            amount,
            every_s,
            grace_s,
        } => PremiumMsg::Instalments {
            amount: amount.into(),
            every_s,
            grace_s,
        },
    }
}

fn shown_evidence(evidence: &EvidenceTerms) -> EvidenceTermsMsg {
    match evidence {
        EvidenceTerms::Disclosed { rule, models } => EvidenceTermsMsg::Disclosed {
            rule: rule.clone(),
            models: models.clone(),
        },
        EvidenceTerms::Invoice(terms) => EvidenceTermsMsg::Invoice(InvoiceTermsMsg {
            category: terms.category,
            assess_within_s: terms.assess_within_s,
            appeal_within_s: terms.appeal_within_s,
            arbitrate_within_s: terms.arbitrate_within_s,
            silence: match terms.silence {
                Silence::Approves => SilenceMsg::Approves,
                Silence::ToArbiter => SilenceMsg::ToArbiter,
            },
            arbiter: terms.arbiter.clone(),
            fee: terms.fee.into(),
        }),
    }
}

fn shown_reward(reward: &Reward) -> RewardMsg {
    RewardMsg {
        measure: reward.measure,
        least_a_day: reward.least_a_day,
        days: reward.days,
        rebate: reward.rebate.into(),
        accept_simulated: reward.accept_simulated,
    }
}
