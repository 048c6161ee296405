//! What the chain's records of a patient point to.

use cosmwasm_std::Uint64;
use vitals_api::anchor::{self, BatchesPage};
use vitals_api::care::{self, AlertsPage, PlansPage};
use vitals_api::consent::emergency::CustodiansInfo;
use vitals_api::consent::{self, GrantsPage};
use vitals_api::page::MAX_LIMIT;
use vitals_core::decision::GroundRef;
use vitals_core::measure::Category;
use vitals_ledger::Reader;

use super::{digest_of, Item, RepairError, Scope};

impl Scope<'_> {
    pub(super) fn items(&self, chain: &(impl Reader + ?Sized)) -> Result<Vec<Item>, RepairError> {
        let mut items = self.batches(chain)?;
        if self.ground == (GroundRef::Patient {}) {
            items.extend(self.packages(chain)?);
            items.extend(self.shares(chain)?);
            items.extend(self.plans(chain)?);
            items.extend(self.alerts(chain)?);
        }
        Ok(items)
    }

    fn batches(&self, chain: &(impl Reader + ?Sized)) -> Result<Vec<Item>, RepairError> {
        let mut items = Vec::new();
        for category in Category::ALL {
            let mut start_after = None;
            loop {
                let asked = anchor::QueryMsg::Batches {
                    patient: Uint64::new(self.patient),
                    category,
                    from_epoch: None,
                    to_epoch: None,
                    start_after: start_after.take(),
                    limit: Some(MAX_LIMIT),
                };
                let page: BatchesPage =
                    vitals_ledger::query(chain, &self.deployment.vitals_anchor, &asked)?;
                let Some(last) = page.batches.last() else {
                    break;
                };
                start_after = Some(last.id.clone());
                let kept = page.batches.into_iter().filter(|b| b.shredded.is_none());
                items.extend(kept.map(|batch| Item::Batch(Box::new(batch))));
            }
        }
        Ok(items)
    }

    fn packages(&self, chain: &(impl Reader + ?Sized)) -> Result<Vec<Item>, RepairError> {
        let mut items = Vec::new();
        let mut start_after = None;
        loop {
            let asked = consent::QueryMsg::Grants {
                patient: Uint64::new(self.patient),
                start_after: start_after.take(),
                limit: Some(MAX_LIMIT),
            };
            let page: GrantsPage = vitals_ledger::query(chain, &self.deployment.consent, &asked)?;
            let Some(last) = page.grants.last() else {
                return Ok(items);
            };
            start_after = Some(last.grant);
            for grant in page.grants.iter().filter(|grant| !grant.revoked) {
                if let Some(package) = &grant.package {
                    items.push(Item::Package {
                        grant: grant.grant.u64(),
                        digest: digest_of("a grant", &package.digest)?,
                    });
                }
            }
        }
    }

    fn shares(&self, chain: &(impl Reader + ?Sized)) -> Result<Vec<Item>, RepairError> {
        let asked = consent::QueryMsg::Custodians {
            patient: Uint64::new(self.patient),
        };
        let info: CustodiansInfo = vitals_ledger::query(chain, &self.deployment.consent, &asked)?;
        let shares = info.packages.into_iter().flat_map(|put| put.packages);
        shares
            .map(|share| {
                let digest = digest_of("a custodian", &share.digest)?;
                Ok(Item::Share { digest })
            })
            .collect()
    }

    fn plans(&self, chain: &(impl Reader + ?Sized)) -> Result<Vec<Item>, RepairError> {
        let mut items = Vec::new();
        let mut start_after = None;
        loop {
            let asked = care::QueryMsg::Plans {
                patient: Uint64::new(self.patient),
                start_after,
                limit: Some(MAX_LIMIT),
            };
            let page: PlansPage = vitals_ledger::query(chain, &self.deployment.care, &asked)?;
            let Some(last) = page.plans.last() else {
                return Ok(items);
            };
            start_after = Some(last.version);
            for plan in &page.plans {
                let category = plan.categories.first().copied();
                items.push(Item::Plan {
                    version: plan.version,
                    category: category.ok_or(RepairError::Record("a plan"))?,
                    digest: digest_of("a plan", &plan.digest)?,
                });
            }
        }
    }

    fn alerts(&self, chain: &(impl Reader + ?Sized)) -> Result<Vec<Item>, RepairError> {
        let mut items = Vec::new();
        let mut start_after = None;
        loop {
            let asked = care::QueryMsg::Alerts {
                patient: Uint64::new(self.patient),
                start_after,
                limit: Some(MAX_LIMIT),
            };
            let page: AlertsPage = vitals_ledger::query(chain, &self.deployment.care, &asked)?;
            let Some(last) = page.alerts.last() else {
                return Ok(items);
            };
            start_after = Some(last.alert);
            for alert in &page.alerts {
                if let Some(digest) = &alert.digest {
                    items.push(Item::Alert {
                        alert: alert.alert.u64(),
                        digest: digest_of("an alert", digest)?,
                    });
                }
            }
        }
    }
}
