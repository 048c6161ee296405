//! Terms as the core checks them, before they are sent anywhere.

use cosmwasm_std::Uint128;
use serde::Serialize;
use vitals_api::claims::{EvidenceTermsMsg, TermsMsg};
use vitals_core::insurance::{EvidenceTerms, Terms};

use crate::InsuranceError;

/// What terms come to, in the smallest unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TermsFigures {
    /// What a policy locks beside its premium when it is bound.
    pub lock: Uint128,
    /// The most that a policy pays its payee.
    pub most_payable: Uint128,
    /// Of the whole term.
    pub premiums: Uint128,
    /// Payments that cover a whole term.
    pub payments: u16,
}

impl TermsFigures {
    /// Fails as the contract does on terms that can never be met. What only the chain knows
    /// (denomination, arbiter, models, the least deadline) is not checked here.
    pub fn of(msg: &TermsMsg) -> Result<Self, InsuranceError> {
        let terms = core_terms(msg)?;
        terms.check()?;
        Ok(Self {
            lock: terms.lock()?.into(),
            most_payable: terms.most_payable()?.into(),
            premiums: terms.premiums()?.into(),
            payments: terms.premium.payments(terms.term_s),
        })
    }
}

fn core_terms(msg: &TermsMsg) -> Result<Terms, InsuranceError> {
    Ok(Terms {
        benefit: (&msg.benefit).into(),
        premium: (&msg.premium).into(),
        minimum_charge: msg.minimum_charge.u128(),
        term_s: msg.term_s,
        waiting_s: msg.waiting_s,
        file_within_s: msg.file_within_s,
        evidence: evidence(&msg.evidence)?,
        reward: msg.reward.as_ref().map(Into::into),
        terms_digest: digest(msg)?,
    })
}

fn digest(msg: &TermsMsg) -> Result<[u8; 32], InsuranceError> {
    msg.terms_digest
        .to_array()
        .map_err(|_| InsuranceError::TermsDigest)
}

fn evidence(msg: &EvidenceTermsMsg) -> Result<EvidenceTerms, InsuranceError> {
    Ok(match msg {
        EvidenceTermsMsg::Disclosed { rule, models } => EvidenceTerms::Disclosed {
            rule: rule.clone(),
            models: models.clone(),
        },
        EvidenceTermsMsg::Invoice(msg) => EvidenceTerms::Invoice(msg.terms(msg.arbiter.clone())),
        EvidenceTermsMsg::Private {} => return Err(InsuranceError::PrivateEvidence),
    })
}
