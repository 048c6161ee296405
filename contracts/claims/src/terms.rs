//! The terms of a product: from the message to values that can be met.

use cosmwasm_std::Binary;
use serde::{Deserialize, Serialize};
use vitals_api::claims::{EvidenceKind, ProductMsg, MAX_CLAIMS, MAX_EVIDENCE, MAX_TERM_S};
use vitals_api::parse;
use vitals_core::money::{most_benefits, policy_lock, Amount, MoneyError};
use vitals_core::rule::Rule;

use crate::error::ContractError;

/// Checked terms, fixed once a product is created. Evidence is disclosed: there is no other yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Terms {
    pub denom: String,
    pub benefit: Amount,
    pub premium: Amount,
    pub term_s: u32,
    pub waiting_s: u32,
    pub file_within_s: u32,
    pub max_claims: u8,
    pub separation_s: u32,
    pub terms_digest: [u8; 32],
    pub rule: Rule,
}

impl Terms {
    /// Refuses what can never be met.
    pub fn parse(msg: &ProductMsg) -> Result<Self, ContractError> {
        ensure_disclosed(&msg.evidence)?;
        let terms = Self {
            denom: msg.denom.clone(),
            benefit: msg.benefit.u128(),
            premium: msg.premium.u128(),
            term_s: msg.term_s,
            waiting_s: msg.waiting_s,
            file_within_s: msg.file_within_s,
            max_claims: msg.max_claims,
            separation_s: msg.separation_s,
            terms_digest: parse::bytes("terms_digest", &msg.terms_digest)?,
            rule: msg.rule.clone(),
        };
        terms.check_bounds()?;
        terms.check_money()?;
        terms.rule.check()?;
        terms.check_evidence_fits()?;
        terms.check_claims_fit()?;
        Ok(terms)
    }

    pub fn to_msg(&self) -> ProductMsg {
        ProductMsg {
            denom: self.denom.clone(),
            benefit: self.benefit.into(),
            premium: self.premium.into(),
            term_s: self.term_s,
            waiting_s: self.waiting_s,
            file_within_s: self.file_within_s,
            max_claims: self.max_claims,
            separation_s: self.separation_s,
            terms_digest: Binary::new(self.terms_digest.to_vec()),
            evidence: EvidenceKind::Disclosed,
            rule: self.rule.clone(),
        }
    }

    /// What one policy can cost the pool.
    pub fn benefits(&self) -> Result<Amount, MoneyError> {
        most_benefits(self.benefit, self.max_claims)
    }

    /// Milliseconds between two paid windows at the least: without separation, they still share
    /// no instant.
    pub fn least_gap_ms(&self) -> u64 {
        u64::from(self.separation_s).saturating_mul(1_000).max(1)
    }

    fn check_bounds(&self) -> Result<(), ContractError> {
        bounded("term_s", self.term_s, 1, MAX_TERM_S)?;
        bounded("file_within_s", self.file_within_s, 1, MAX_TERM_S)?;
        bounded("separation_s", self.separation_s, 0, MAX_TERM_S)?;
        bounded("paired_for_s", self.rule.paired_for_s, 0, MAX_TERM_S)?;
        bounded("max_claims", self.max_claims.into(), 1, MAX_CLAIMS.into())?;
        if self.waiting_s >= self.term_s {
            return Err(ContractError::NoCover {
                waiting_s: self.waiting_s,
                term_s: self.term_s,
            });
        }
        Ok(())
    }

    fn check_money(&self) -> Result<(), MoneyError> {
        if self.benefit == 0 {
            return Err(MoneyError::Zero);
        }
        policy_lock(self.premium, self.benefits()?).map(|_| ())
    }

    fn check_evidence_fits(&self) -> Result<(), ContractError> {
        let least = self.rule.least_batches();
        if usize::try_from(least).is_ok_and(|least| least <= MAX_EVIDENCE) {
            return Ok(());
        }
        Err(ContractError::RuleBatches {
            least,
            most: MAX_EVIDENCE,
        })
    }

    /// Every claim's window and the gaps between them must fit into the cover, whose first
    /// instant is inside and whose last is not.
    fn check_claims_fit(&self) -> Result<(), ContractError> {
        let claims = u64::from(self.max_claims);
        let windows = claims.saturating_mul(self.rule.least_span_ms());
        let gaps = claims.saturating_sub(1).saturating_mul(self.least_gap_ms());
        let needed_ms = windows.saturating_add(gaps).saturating_add(1);
        let covered_s = self.term_s.saturating_sub(self.waiting_s);
        let cover_ms = u64::from(covered_s).saturating_mul(1_000);
        if needed_ms <= cover_ms {
            return Ok(());
        }
        Err(ContractError::CoverTooShort {
            claims: self.max_claims,
            needed_ms,
            cover_ms,
        })
    }
}

fn ensure_disclosed(kind: &EvidenceKind) -> Result<(), ContractError> {
    match kind {
        EvidenceKind::Disclosed => Ok(()),
        EvidenceKind::Invoice | EvidenceKind::Private => {
            Err(ContractError::EvidenceUnsupported { kind: kind.clone() })
        }
    }
}

fn bounded(term: &'static str, got: u32, least: u32, most: u32) -> Result<(), ContractError> {
    if least <= got && got <= most {
        return Ok(());
    }
    Err(ContractError::TermsBounds {
        term,
        least,
        most,
        got,
    })
}

/// As the bank of the Cosmos SDK has it: `[a-zA-Z][a-zA-Z0-9/:._-]{2,127}`.
pub(crate) fn check_denom(denom: &str) -> Result<(), ContractError> {
    let within = |c: char| c.is_ascii_alphanumeric() || "/:._-".contains(c);
    let begins = denom.starts_with(|c: char| c.is_ascii_alphabetic());
    if begins && (3..=128).contains(&denom.len()) && denom.chars().all(within) {
        return Ok(());
    }
    Err(ContractError::Denom {
        got: denom.chars().take(128).collect(),
    })
}

#[cfg(test)]
mod tests;
