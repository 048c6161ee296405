//! When something changes by itself.

use vitals_api::claims::UNCLAIMED_AFTER_S;

use super::{Model, Policy, Stage};

impl Model {
    /// Seconds from now on at which time alone changes what may be done, soonest first.
    pub fn deadlines(&self) -> Vec<u64> {
        let now = self.now();
        let books = self.products.iter().map(|product| &product.book);
        let owed = books.flat_map(|book| book.owed.values());
        let unclaimed = owed.map(|(_, since)| since + u64::from(UNCLAIMED_AFTER_S));
        let policies = self
            .policies
            .iter()
            .flat_map(|policy| policy.deadlines(now));
        let mut all: Vec<u64> = policies.chain(unclaimed).filter(|at| *at > now).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl Policy {
    fn deadlines(&self, now: u64) -> Vec<u64> {
        let offered = match self.stage {
            Stage::Offered { until } => Some(until),
            _ => None,
        };
        let ends = self.ends(now);
        let cover = [
            self.bound_at + self.plan.waiting_s,
            ends,
            ends + self.plan.file_within_s,
        ];
        let live = cover.into_iter().filter(|_| self.is_live());
        let premium = self.due().into_iter().chain(self.grace_until());
        let claims = self.claims.iter().filter_map(|claim| claim.deadline());
        offered
            .into_iter()
            .chain(live)
            .chain(premium)
            .chain(claims)
            .collect()
    }
}
