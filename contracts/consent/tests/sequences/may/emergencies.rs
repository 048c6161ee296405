//! Emergencies, their custodians, and what responders owe.

use vitals_core::decision::{Power, Role};

use super::{Expected, Log, To, What, MAX_UNREVIEWED, OWNER};
use crate::sequences::facts::Fact;

impl Log {
    pub(super) fn expect_in_emergency(&self, patient: usize, by: usize, what: &What) -> Expected {
        let is_patient = self.controller(patient) == by;
        let when = |accepted| Expected::when(accepted, what.clone());
        match what {
            What::Custodians { who, threshold } => {
                let able = who.iter().all(|who| self.holds(*who, Role::Custodian));
                let right = match who.len() {
                    0 => *threshold == 0,
                    n => (1..=n).contains(&usize::from(*threshold)),
                };
                let raised = self.raised_if(patient, self.shares_open(patient));
                let facts = [what.clone()].into_iter().chain(raised).collect();
                Expected::of((is_patient && able && right).then_some(facts))
            }
            What::EmergencyPackages { .. } => {
                let named = !self.custodians(patient).is_empty();
                when(is_patient && named && self.pending_since(patient).is_none())
            }
            What::OpenEmergency { for_s, .. } => when(self.may_open(patient, by, *for_s)),
            What::End(id) => Expected::of(self.end(patient, by, *id)),
            What::Reinstate(who) => when(self.may_reinstate(by, *who)),
            _ => Expected::Refused,
        }
    }

    fn may_open(&self, patient: usize, by: usize, for_s: u64) -> bool {
        let emergencies = self.emergencies(patient).into_iter();
        let open =
            |(id, fact): (u64, &Fact)| fact.by == by && self.now < self.over_at(patient, id, fact);
        (1..=self.timing.max_emergency_s).contains(&for_s)
            && self.holds(by, Role::EmergencyResponder)
            && !self.is_denied(patient, To::Account(by))
            && !emergencies.into_iter().any(open)
            && self.rejected(by) == 0
            && self.owed(by).len() < usize::try_from(MAX_UNREVIEWED).unwrap()
            && !self.owed(by).iter().any(|review_by| *review_by <= self.now)
    }

    fn end(&self, patient: usize, by: usize, id: u64) -> Option<Vec<What>> {
        let emergencies = self.emergencies(patient);
        let (_, opened) = emergencies.into_iter().find(|(n, _)| *n == id)?;
        let over = self.now >= self.over_at(patient, id, opened);
        let may = over
            || opened.by == by
            || self.controller(patient) == by
            || self.guards(patient, by, Power::Revoke);
        if !may || self.ended_at(patient, id).is_some() {
            return None;
        }
        let loses = self.shares_open(patient) && !self.raised_since(patient, opened);
        let raised = self.raised_if(patient, loses);
        Some([What::End(id)].into_iter().chain(raised).collect())
    }

    /// Emergencies found wrong since the responder was forgiven last.
    pub fn rejected(&self, responder: usize) -> usize {
        let since = self.forgiven(responder).last().map_or(0, |(i, _)| i + 1);
        let wrong = |f: &&Fact| match f.what {
            What::Review { id, upheld: false } => self.opened_by(f.patient, id) == Some(responder),
            _ => false,
        };
        self.facts[since..].iter().filter(wrong).count()
    }

    fn opened_by(&self, patient: usize, id: u64) -> Option<usize> {
        let emergencies = self.emergencies(patient).into_iter();
        emergencies
            .filter(|(n, _)| *n == id)
            .map(|(_, f)| f.by)
            .next()
    }

    /// Where and when a responder was forgiven.
    fn forgiven(&self, responder: usize) -> Vec<(usize, u64)> {
        let facts = self.facts.iter().enumerate();
        facts
            .filter(|(_, f)| matches!(f.what, What::Reinstate(who) if who == responder))
            .map(|(i, f)| (i, f.at))
            .collect()
    }

    /// Deadlines of the reviews that a responder waits for.
    pub fn owed(&self, responder: usize) -> Vec<u64> {
        let mut owed = Vec::new();
        for patient in [0, 1] {
            for (id, fact) in self.emergencies(patient) {
                let What::OpenEmergency { for_s, .. } = fact.what else {
                    continue;
                };
                let by = fact.at + for_s + self.timing.review_within_s;
                let reviewed = |what: &What| matches!(what, What::Review { id: n, .. } if *n == id);
                let forgiven = self.forgiven(responder).iter().any(|(_, at)| by <= *at);
                if fact.by == responder && !self.done(patient, reviewed) && !forgiven {
                    owed.push(by);
                }
            }
        }
        owed
    }

    fn may_reinstate(&self, by: usize, who: usize) -> bool {
        let issued = self.credential(who, Role::EmergencyResponder);
        let overdue = self
            .owed(who)
            .iter()
            .any(|review_by| *review_by <= self.now);
        (by == OWNER || issued.is_some_and(|(_, issuer)| issuer == by))
            && (self.rejected(who) > 0 || overdue)
    }
}
