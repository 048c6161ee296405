//! What the chain says of a policy.

use std::collections::BTreeSet;

use cosmwasm_std::Uint64;
use vitals_api::claims::{
    BenefitMsg, ClaimEvidenceInfo, ClaimInfo, ClaimsPage, DaysPage, EvidenceTermsMsg, PolicyInfo,
    PremiumMsg, ProductInfo, QueryMsg,
};
use vitals_api::page::MAX_LIMIT;
use vitals_core::insurance::{Act, Claimable, Cover, RewardSearch};
use vitals_core::measure::Category;
use vitals_core::rule::ClaimWindow;
use vitals_core::time::{epoch_of, Window, EPOCH_MS};
use vitals_ledger::{query, LedgerError, Reader};

use crate::InsuranceError;

/// A policy with the terms it was sold on and the claims made under it.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyFacts {
    pub policy: PolicyInfo,
    /// In the policy's version.
    pub product: ProductInfo,
    pub claims: Vec<ClaimInfo>,
    /// Days counted for its reward.
    pub reward_days: BTreeSet<u16>,
    /// Block time.
    pub now_ms: u64,
}

/// All pages of a list: `page` gets where to go on, and how many fit on a page; a page without
/// entries is the end.
pub fn pages<T: Clone>(
    mut page: impl FnMut(Option<&T>, u32) -> Result<Vec<T>, LedgerError>,
) -> Result<Vec<T>, LedgerError> {
    let mut all: Vec<T> = Vec::new();
    loop {
        let next = page(all.last(), MAX_LIMIT)?;
        if next.is_empty() {
            return Ok(all);
        }
        all.extend(next);
    }
}

impl PolicyFacts {
    pub fn read(
        chain: &(impl Reader + ?Sized),
        claims: &str,
        policy: u64,
    ) -> Result<Self, LedgerError> {
        let number = Uint64::new(policy);
        let policy: PolicyInfo = query(chain, claims, &QueryMsg::Policy { policy: number })?;
        let product = QueryMsg::Product {
            product: policy.product,
            version: Some(policy.version),
        };
        Ok(Self {
            product: query(chain, claims, &product)?,
            claims: pages(|last: Option<&ClaimInfo>, limit| {
                let asked = QueryMsg::Claims {
                    policy: number,
                    start_after: last.map(|claim| claim.claim),
                    limit: Some(limit),
                };
                query(chain, claims, &asked).map(|page: ClaimsPage| page.claims)
            })?,
            reward_days: pages(|last: Option<&u16>, limit| {
                let asked = QueryMsg::RewardDays {
                    policy: number,
                    start_after: last.copied(),
                    limit: Some(limit),
                };
                query(chain, claims, &asked).map(|page: DaysPage| page.days)
            })?
            .into_iter()
            .collect(),
            now_ms: chain.block_time_ms()?,
            policy,
        })
    }

    /// What a claim on readings needs of it. Fails where none can be made now, whatever was read.
    pub fn claimable(&self) -> Result<Claimable, InsuranceError> {
        self.ensure_claims_go()?;
        let taken = self
            .policy
            .claims_paid
            .saturating_add(self.policy.claims_open);
        if taken >= self.policy.claims_most {
            return Err(InsuranceError::AllClaimed {
                policy: self.policy.policy.u64(),
                most: self.policy.claims_most,
            });
        }
        let terms = &self.product.terms;
        let EvidenceTermsMsg::Disclosed { rule, .. } = &terms.evidence else {
            return Err(InsuranceError::NotOfReadings {
                product: self.product.product.u64(),
            });
        };
        let (by_day, separation_s) = match terms.benefit {
            BenefitMsg::PerDay { .. } => (true, 0),
            BenefitMsg::PerEvent { separation_s, .. } => (false, separation_s),
            BenefitMsg::Fixed { .. } => (false, 0),
        };
        Ok(Claimable {
            rule: rule.clone(),
            bound_at: self.policy.bound_at,
            cover: self.cover(),
            file_within_s: terms.file_within_s,
            by_day,
            least_gap_ms: (u64::from(separation_s) * 1_000).max(1),
            paid: self.paid(),
            now_ms: self.now_ms,
        })
    }

    /// What a reward needs of it. Fails as claiming does.
    pub fn reward(&self) -> Result<RewardSearch, InsuranceError> {
        self.ensure_claims_go()?;
        if self.policy.rebated {
            return Err(InsuranceError::Rebated {
                policy: self.policy.policy.u64(),
            });
        }
        let Some(reward) = &self.product.terms.reward else {
            return Err(InsuranceError::NoReward {
                product: self.product.product.u64(),
            });
        };
        let wanted = reward.days.saturating_sub(self.policy.reward_days);
        Ok(RewardSearch {
            reward: reward.into(),
            bound_at: self.policy.bound_at,
            cover: self.cover(),
            file_within_s: self.product.terms.file_within_s,
            counted: self.reward_days.clone(),
            wanted: wanted.into(),
            now_ms: self.now_ms,
        })
    }

    fn ensure_claims_go(&self) -> Result<(), InsuranceError> {
        if self.policy.state.allows(Act::Claim) {
            return Ok(());
        }
        Err(InsuranceError::State {
            policy: self.policy.policy.u64(),
            state: self.policy.state,
        })
    }

    /// Models whose devices count; any where there is none.
    pub fn models(&self) -> &[u32] {
        match &self.product.terms.evidence {
            EvidenceTermsMsg::Disclosed { models, .. } => models,
            _ => &[],
        }
    }

    /// Categories a claim's readings are of.
    pub fn claim_categories(claimable: &Claimable) -> Vec<Category> {
        let conditions = claimable.rule.conditions.iter();
        let asked: BTreeSet<Category> = conditions.map(|c| c.measure.category()).collect();
        asked.into_iter().collect()
    }

    /// The hours from binding to now or the end of cover: what may count, and what just does not.
    pub fn epochs(&self) -> Option<Window> {
        let from = epoch_of(self.policy.bound_at.saturating_mul(1_000))?;
        let until_ms = self.policy.covered_until.saturating_mul(1_000);
        let last = epoch_of(until_ms.min(self.now_ms).saturating_add(EPOCH_MS))?;
        Window::new(from, last).ok()
    }

    fn cover(&self) -> Cover {
        Cover {
            from: self.policy.covered_from,
            until: self.policy.covered_until,
            file_until: self.policy.file_until,
        }
    }

    fn paid(&self) -> Vec<ClaimWindow> {
        let windows = self.claims.iter().filter_map(|claim| match claim.evidence {
            ClaimEvidenceInfo::Disclosed { from_ms, to_ms } => Some(ClaimWindow { from_ms, to_ms }),
            ClaimEvidenceInfo::Invoice(_) => None,
        });
        windows.chain(self.used_before()).collect()
    }

    /// What earlier policies used up, from binding on where it reaches into this one: what of it
    /// lies in a day of this policy lies in its first.
    fn used_before(&self) -> Option<ClaimWindow> {
        let to_ms = self.policy.used_until_ms?;
        Some(ClaimWindow {
            from_ms: to_ms.min(vitals_core::insurance::to_ms(self.policy.bound_at)),
            to_ms,
        })
    }
}

/// One payment of a premium.
pub fn payment(premium: &PremiumMsg) -> u128 {
    match premium {
        PremiumMsg::Once { amount } | PremiumMsg::Instalments { amount, .. } => amount.u128(),
    }
}

#[cfg(test)]
mod tests;
