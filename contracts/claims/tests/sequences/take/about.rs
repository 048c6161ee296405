//! What a step is about: policies, claims and people, chosen from what there is.

use vitals_core::insurance::{ClaimState, PolicyState};

use crate::sequences::deed::{Ground, Who};
use crate::sequences::model::{Policy, PATIENTS};
use crate::sequences::run::Run;

/// Of the policies that are sold.
pub const PAYEE: Who = "other";

impl Run {
    pub(super) fn creditor(&self, by: [u8; 4]) -> Option<(usize, Who)> {
        let products = self.model.products.iter().enumerate();
        let owed: Vec<(usize, Who)> = products
            .flat_map(|(at, product)| product.book.owed.keys().map(move |who| (at, *who)))
            .collect();
        let any = (usize::from(by[0]) % self.model.products.len(), PAYEE);
        chosen(by[0], &owed).or(one_in(8, by[3]).then_some(any))
    }

    /// Of those in one of the states; one time in eight of the last five in any.
    pub(super) fn policy(&self, by: [u8; 4], states: &[PolicyState]) -> Option<usize> {
        let now = self.model.now();
        let policies = &self.model.policies;
        let fits = |at: &usize| states.contains(&policies[*at].state(now));
        let fitting: Vec<usize> = (0..policies.len()).filter(fits).collect();
        if !one_in(8, by[3]) {
            return chosen(by[0], &fitting);
        }
        let last = policies.len().min(5);
        (last > 0).then(|| policies.len() - 1 - usize::from(by[0]) % last)
    }

    pub(super) fn claim_at(&self, by: [u8; 4], state: ClaimState) -> Option<(usize, u16)> {
        let now = self.model.now();
        let policies = self.model.policies.iter().enumerate();
        let all: Vec<((usize, u16), ClaimState)> = policies
            .flat_map(|(at, policy)| {
                let numbered = policy.claims.iter().zip(1..);
                numbered.map(move |(claim, number)| ((at, number), claim.state(now)))
            })
            .collect();
        let fits = |it: &&(_, ClaimState)| one_in(8, by[3]) || it.1 == state;
        let fitting: Vec<(usize, u16)> = all.iter().filter(fits).map(|it| it.0).collect();
        chosen(by[0], &fitting)
    }

    pub(super) fn holder_of(&self, policy: usize, by: u8) -> (Who, Ground) {
        self.patient_or_guardian(self.model.policies[policy].patient, by)
    }

    pub(super) fn patient_or_guardian(&self, patient: usize, by: u8) -> (Who, Ground) {
        match by % 16 {
            0 => ("stranger", Ground::Patient),
            1 | 2 => ("guardian", Ground::Guardian),
            3 => (PATIENTS[1 - patient], Ground::Patient),
            _ => (PATIENTS[patient], Ground::Patient),
        }
    }

    pub(super) fn holder_or_stranger(&self, policy: usize, by: u8) -> Who {
        let holder = self.model.policies[policy].holder;
        one_of(by, &[holder, holder, "stranger"])
    }

    pub(super) fn claimable(&self, by: [u8; 4], fits: impl Fn(&Policy) -> bool) -> Option<usize> {
        use PolicyState as S;
        let now = self.model.now();
        let states = [S::Active, S::Overdue, S::RunOff, S::Cancelled, S::Lapsed];
        let policies = self.model.policies.iter().enumerate();
        let fitting: Vec<usize> = policies
            .filter(|(_, policy)| states.contains(&policy.state(now)) && fits(policy))
            .map(|(at, _)| at)
            .collect();
        chosen(by[0], &fitting).or_else(|| self.policy(by, &states))
    }
}

pub fn chosen<T: Clone>(by: u8, of: &[T]) -> Option<T> {
    (!of.is_empty()).then(|| one_of(by, of))
}

pub fn one_in(of: u8, by: u8) -> bool {
    by.is_multiple_of(of)
}

pub fn one_of<T: Clone>(by: u8, of: &[T]) -> T {
    of[usize::from(by) % of.len()].clone()
}
