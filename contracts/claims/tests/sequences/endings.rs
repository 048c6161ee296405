//! Everything ends: time runs out, anybody settles, and no coin is left that nobody can move.

use vitals_api::claims::{ClaimEvidenceInfo, UNCLAIMED_AFTER_S};

use super::deed::{Deed, Who};
use super::model::{Fault, Model, Stage, INSURER, STAFF};
use super::plan::Uses;
use super::run::Run;

const YEAR_MS: u64 = 31_536_000_000;

impl Run {
    /// Fails with what stays in a pool, or with what is paid twice.
    pub fn end(&mut self) -> Result<(), String> {
        self.break_token(Fault::None);
        for _ in 0..3 {
            // an arbiter has a deadline after an assessor's
            self.advance_ms(YEAR_MS / 2);
            self.do_all(Model::to_settle)?;
        }
        self.do_all(Model::to_end)?;
        self.collect_or_reclaim()?;
        self.withdraw_all()?;
        self.check()?;
        for product in 0..self.model.products.len() {
            self.check_waiting(product)?;
            let pool = self.pool(product);
            let left = [pool.free, pool.locked, pool.held, pool.owed];
            if left.iter().any(|part| !part.is_zero()) {
                return Err(format!("product {product} keeps {left:?} for ever"));
            }
        }
        self.nothing_paid_twice()
    }

    fn do_all(&mut self, what: impl Fn(&Model) -> Vec<Deed>) -> Result<(), String> {
        for deed in what(&self.model) {
            self.must("stranger", &deed)?;
        }
        Ok(())
    }

    fn must(&mut self, from: Who, deed: &Deed) -> Result<(), String> {
        match self.send(from, deed, None)? {
            true => Ok(()),
            false => Err(format!("{from} could not {deed:?}")),
        }
    }

    /// Every other account collects; what the others are owed goes back.
    fn collect_or_reclaim(&mut self) -> Result<(), String> {
        self.advance_ms(u64::from(UNCLAIMED_AFTER_S) * 1_000);
        for product in 0..self.model.products.len() {
            let owed = &self.model.products[product].book.owed;
            let accounts: Vec<Who> = owed.keys().copied().collect();
            for (at, account) in accounts.into_iter().enumerate() {
                if (product + at).is_multiple_of(2) {
                    self.must(account, &Deed::Collect { product, to: None })?;
                } else {
                    self.must("stranger", &Deed::Reclaim { product, account })?;
                }
            }
        }
        Ok(())
    }

    fn withdraw_all(&mut self) -> Result<(), String> {
        for product in 0..self.model.products.len() {
            let people = [INSURER, STAFF[0], STAFF[1], INSURER];
            for from in people {
                let amount = self.model.free(product).unwrap_or(0);
                if amount > 0 {
                    self.send(from, &Deed::Withdraw { product, amount }, None)?;
                }
            }
        }
        Ok(())
    }

    /// By what the contract says itself.
    fn nothing_paid_twice(&self) -> Result<(), String> {
        for (at, policy) in self.model.policies.iter().enumerate() {
            let gap_ms = match policy.plan.uses {
                Uses::Time { separation_s } => (separation_s * 1_000).max(1),
                // days have edges; whether one is paid twice the model tells
                Uses::Days => 1,
                Uses::Invoices(_) => continue,
            };
            let mut paid_ms: Vec<u64> = self.claims_of(at).iter().filter_map(measured_ms).collect();
            paid_ms.sort_unstable();
            if paid_ms.windows(2).any(|two| two[1] - two[0] < gap_ms) {
                return Err(format!(
                    "policy {} paid {paid_ms:?}, {gap_ms} ms apart",
                    at + 1
                ));
            }
        }
        Ok(())
    }
}

fn measured_ms(claim: &vitals_api::claims::ClaimInfo) -> Option<u64> {
    match &claim.evidence {
        ClaimEvidenceInfo::Disclosed { from_ms, .. } => Some(*from_ms),
        ClaimEvidenceInfo::Invoice(_) => None,
    }
}

impl Model {
    fn to_settle(&self) -> Vec<Deed> {
        let policies = self.policies.iter().enumerate();
        policies
            .flat_map(|(at, policy)| {
                let numbered = policy.claims.iter().zip(1..);
                let open = numbered.filter(|(claim, _)| claim.is_open());
                open.map(move |(_, number)| Deed::Settle { at: (at, number) })
            })
            .collect()
    }

    fn to_end(&self) -> Vec<Deed> {
        let policies = self.policies.iter().enumerate();
        policies
            .filter_map(|(policy, it)| match it.stage {
                Stage::Offered { .. } => Some(Deed::WithdrawOffer { policy }),
                Stage::Live | Stage::Cancelled { .. } | Stage::Lapsed { .. } => {
                    Some(Deed::Expire { policy })
                }
                _ => None,
            })
            .collect()
    }
}
