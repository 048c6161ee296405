//! Insurance: the patient's policies with the terms they were sold on, their claims, and what was
//! done about them.

use cosmwasm_std::Uint64;
use serde_json::{json, Value};
use vitals_api::claims::{
    ClaimInfo, ClaimsPage, DaysPage, HistoryEntry, HistoryPage, PoliciesPage, PolicyInfo, QueryMsg,
};
use vitals_api::page::MAX_LIMIT;
use vitals_insurance::pages;
use vitals_ledger::{LedgerError, Reader};
use vitals_vault_client::Signer;

use crate::export::Work;
use crate::ExportError;

impl<C: Reader + ?Sized, S: Signer> Work<'_, C, S> {
    pub(crate) fn policies(&mut self) -> Result<(), ExportError> {
        let policies = self.all_policies();
        self.section("chain/policies.json", policies)
    }

    fn claimed<T: serde::de::DeserializeOwned>(&self, asked: &QueryMsg) -> Result<T, LedgerError> {
        self.export.ask(&self.export.at.claims, asked)
    }

    fn all_policies(&self) -> Result<Value, LedgerError> {
        let policies = pages(|last: Option<&PolicyInfo>, limit| {
            let asked = QueryMsg::Policies {
                patient: self.export.patient().into(),
                start_after: last.map(|policy| policy.policy),
                limit: Some(limit),
            };
            self.claimed(&asked).map(|page: PoliciesPage| page.policies)
        })?;
        policies.iter().map(|policy| self.policy(policy)).collect()
    }

    fn policy(&self, policy: &PolicyInfo) -> Result<Value, LedgerError> {
        let product: Value = self.claimed(&QueryMsg::Product {
            product: policy.product,
            version: Some(policy.version),
        })?;
        Ok(json!({
            "policy": policy,
            "product": product,
            "claims": self.claims_of(policy.policy)?,
            "reward_days": self.days_of(policy.policy)?,
            "history": self.history_of(policy.policy)?,
        }))
    }

    fn claims_of(&self, policy: Uint64) -> Result<Vec<ClaimInfo>, LedgerError> {
        pages(|last: Option<&ClaimInfo>, limit| {
            let asked = QueryMsg::Claims {
                policy,
                start_after: last.map(|claim| claim.claim),
                limit: Some(limit),
            };
            self.claimed(&asked).map(|page: ClaimsPage| page.claims)
        })
    }

    fn days_of(&self, policy: Uint64) -> Result<Vec<u16>, LedgerError> {
        pages(|last: Option<&u16>, limit| {
            let asked = QueryMsg::RewardDays {
                policy,
                start_after: last.copied(),
                limit: Some(limit),
            };
            self.claimed(&asked).map(|page: DaysPage| page.days)
        })
    }

    fn history_of(&self, policy: Uint64) -> Result<Vec<HistoryEntry>, LedgerError> {
        let mut all: Vec<HistoryEntry> = Vec::new();
        loop {
            let asked = QueryMsg::History {
                policy,
                skip: u32::try_from(all.len()).ok(),
                limit: Some(MAX_LIMIT),
            };
            let page: HistoryPage = self.claimed(&asked)?;
            if page.entries.is_empty() {
                return Ok(all);
            }
            all.extend(page.entries);
        }
    }
}
