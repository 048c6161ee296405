//! Whom a claim or a policy concerns.

use cosmwasm_std::Uint64;
use vitals_api::claims::{self, ClaimInfo, PolicyInfo, ProductInfo};
use vitals_ledger::{query, LedgerError, Reader};

use super::{Ask, Led, What};
use crate::Message;

impl<C: Reader> Ask<'_, C> {
    pub(super) fn filed(&self, policy: u64, claim: u16, height: u64) -> Result<Led, LedgerError> {
        let Some(info) = self.policy(policy)? else {
            return Ok(Led::default());
        };
        let waits = format!("claim/{policy}/{claim}/filed");
        let mut led = self.only(
            What::routine(&waits, Message::ClaimWaits),
            &[self.insurer(&info)?],
        );
        let news = self.news_of(&info, claim, None, height)?;
        led.tellings.extend(news.tellings);
        Ok(led)
    }

    pub(super) fn appealed(
        &self,
        policy: u64,
        claim: u16,
        height: u64,
    ) -> Result<Led, LedgerError> {
        let Some(info) = self.policy(policy)? else {
            return Ok(Led::default());
        };
        let waits = format!("claim/{policy}/{claim}/appealed/{height}");
        let arbiter: Vec<_> = info.arbiter.iter().cloned().collect();
        let mut led = self.only(What::routine(&waits, Message::ClaimWaits), &arbiter);
        let insurer = self.insurer(&info)?;
        let news = self.news_of(&info, claim, Some(&insurer), height)?;
        led.tellings.extend(news.tellings);
        Ok(led)
    }

    pub(super) fn news(
        &self,
        policy: u64,
        claim: u16,
        payee: Option<&String>,
        height: u64,
    ) -> Result<Led, LedgerError> {
        match self.policy(policy)? {
            Some(info) => self.news_of(&info, claim, payee, height),
            None => Ok(Led::default()),
        }
    }

    /// What one transaction does about a claim is one thing.
    fn news_of(
        &self,
        info: &PolicyInfo,
        claim: u16,
        also: Option<&String>,
        height: u64,
    ) -> Result<Led, LedgerError> {
        let policy = info.policy;
        let thing = format!("claim/{policy}/{claim}/news/{height}");
        let found = self.find(&self.at.claims, &claims::QueryMsg::Claim { policy, claim })?;
        let claimant = found.map(|found: ClaimInfo| found.claimant);
        let mut accounts = vec![info.payee.clone()];
        accounts.extend(claimant.into_iter().chain(also.cloned()));
        accounts.extend(self.controller(info.patient.u64())?);
        Ok(self.only(What::routine(&thing, Message::ClaimNews), &accounts))
    }

    fn insurer(&self, info: &PolicyInfo) -> Result<String, LedgerError> {
        let asked = claims::QueryMsg::Product {
            product: info.product,
            version: None,
        };
        let product: ProductInfo = query(self.chain, &self.at.claims, &asked)?;
        Ok(product.insurer)
    }

    pub fn policy(&self, policy: u64) -> Result<Option<PolicyInfo>, LedgerError> {
        let policy = Uint64::new(policy);
        self.find(&self.at.claims, &claims::QueryMsg::Policy { policy })
    }
}
