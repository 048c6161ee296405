//! What is asked about policies and claims.

use vitals_core::insurance::PolicyState;

use super::about::{one_in, one_of, PAYEE};
use crate::sequences::deed::{Bill, Deed, Sale, Who};
use crate::sequences::model::PATIENTS;
use crate::sequences::plan::Uses;
use crate::sequences::run::Run;

/// Pays for others.
const EMPLOYER: Who = "maker";
const HOUR_S: u64 = 3_600;

impl Run {
    pub(super) fn sale(&self, by: [u8; 4]) -> Sale {
        let product = one_of(by[0], &[0, 1, 2, 3, 4, 5, 6, 2, 3, 5]);
        let latest = self.model.products[product].versions.len() as u32;
        let patient = usize::from(one_in(4, by[1]));
        Sale {
            product,
            version: if by[2] % 16 == 5 { latest - 1 } else { latest },
            patient,
            payee: one_of(by[2], &[PAYEE, PATIENTS[patient]]),
        }
    }

    pub(super) fn binding(&self, by: [u8; 4]) -> (Who, Deed) {
        let sale = self.sale(by);
        let (from, ground) = self.patient_or_guardian(sale.patient, by[2]);
        (from, Deed::Bind(sale, ground))
    }

    pub(super) fn offering(&self, by: [u8; 4]) -> (Who, Deed) {
        let hours = one_of(by[1], &[1, 2, 8, 0]);
        let until = self.model.now() + hours * HOUR_S;
        (EMPLOYER, Deed::Offer(self.sale(by), until))
    }

    pub(super) fn cancelling(&self, by: [u8; 4]) -> Option<(Who, Deed)> {
        use PolicyState as S;
        let policy = self.policy(by, &[S::Bound, S::Active, S::Grace])?;
        let (from, ground) = self.holder_of(policy, by[1]);
        if one_in(2, by[2]) {
            let ground = Some(ground);
            return Some((from, Deed::Cancel { policy, ground }));
        }
        let from = self.holder_or_stranger(policy, by[1]);
        let ground = None;
        Some((from, Deed::Cancel { policy, ground }))
    }

    pub(super) fn claiming(&self, by: [u8; 4], steps: bool) -> Option<(Who, Deed)> {
        let policy = self.claimable(by, |policy| match policy.plan.uses {
            Uses::Invoices(_) => false,
            _ => !steps || policy.plan.reward.is_some(),
        })?;
        let episodes = self.model.episodes.len();
        let last = episodes.min(6);
        if last == 0 {
            return None;
        }
        let patient = self.model.policies[policy].patient;
        let fits = |at: &usize| {
            let episode = &self.model.episodes[*at];
            (episode.patient, episode.steps) == (patient, steps)
        };
        let any = episodes - 1 - usize::from(by[1]) % last;
        let episode = (any..episodes).find(fits).unwrap_or(any);
        Some(self.shown(policy, episode, steps, by[2]))
    }

    pub(super) fn shown(&self, policy: usize, episode: usize, steps: bool, by: u8) -> (Who, Deed) {
        let (from, ground) = self.holder_of(policy, by);
        let deed = match steps {
            true => Deed::ClaimReward {
                policy,
                ground,
                episode,
            },
            false => Deed::Claim {
                policy,
                ground,
                episode,
            },
        };
        (from, deed)
    }

    pub(super) fn filing(&self, by: [u8; 4]) -> Option<(Who, Deed)> {
        let at = self.claimable(by, |policy| policy.plan.invoicing().is_some())?;
        let policy = &self.model.policies[at];
        let (now, benefit) = (self.model.now(), policy.plan.benefit);
        let ends = policy.ends(now);
        let served_until = one_of(
            by[2],
            &[now, now.min(ends), now, now + 1, ends + 1, now - HOUR_S],
        );
        let before = served_until - 1;
        let first = policy.bound_at.min(before);
        let bill = Bill {
            digest: by[1] % 8,
            amount: one_of(
                by[1] / 8,
                &[benefit, benefit / 2, benefit, 2, 1, benefit + 1, 0],
            ),
            served_from: one_of(
                by[3] / 8,
                &[first, before, before, before, first.saturating_sub(1)],
            ),
            served_until,
        };
        let (from, ground) = self.holder_of(at, by[3]);
        let policy = at;
        let deed = Deed::File {
            policy,
            ground,
            bill,
        };
        Some((from, deed))
    }
}
