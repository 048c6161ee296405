//! Which ground lets whom do what now, by the log.

use vitals_core::decision::{Action, GroundRef, Power, Purpose, Role};
use vitals_core::measure::Category;
use vitals_core::time::Window;

use super::facts::{Fact, Given, Log, To, What, FIRST};
use crate::common::EPOCH_S;

/// What is asked of the decision, beside patient and account.
#[derive(Debug, Clone, Copy)]
pub struct Ask {
    pub purpose: Purpose,
    pub category: Category,
    pub action: Action,
    /// Hours from the present one to the first and after the last asked for.
    pub from: i64,
    pub hours: u32,
}

pub fn epoch(at: u64) -> u32 {
    u32::try_from(at / EPOCH_S).unwrap()
}

impl Ask {
    pub fn window(&self, now: u64) -> Window {
        let from = u32::try_from(i64::from(epoch(now)) + self.from).unwrap();
        Window {
            from,
            to: from + self.hours,
        }
    }
}

impl Given {
    pub fn window(&self, said: u64) -> Window {
        Window {
            from: epoch(said) - 1,
            to: epoch(said) + self.hours,
        }
    }
}

impl Log {
    /// Every ground there is to be named for a patient.
    pub fn grounds(&self, patient: usize) -> Vec<GroundRef> {
        let grants = self.grants(patient).into_iter();
        let grants = grants.map(|(id, ..)| GroundRef::Grant { id });
        let emergencies = self.emergencies(patient).into_iter();
        let emergencies = emergencies.map(|(id, _)| GroundRef::Emergency { id });
        [GroundRef::Patient {}, GroundRef::Guardian {}]
            .into_iter()
            .chain(grants)
            .chain(emergencies)
            .collect()
    }

    pub fn permits(&self, patient: usize, who: usize, ask: &Ask, by: GroundRef) -> bool {
        match by {
            GroundRef::Patient {} => self.controller(patient) == who,
            GroundRef::Guardian {} => self.guardian_permits(patient, who, ask),
            GroundRef::Grant { id } => {
                let mut grants = self.grants(patient).into_iter();
                grants.any(|(n, fact, given)| {
                    n == id && self.grant_permits(patient, who, ask, (id, fact, given))
                })
            }
            GroundRef::Emergency { id } => {
                let mut opened = self.emergencies(patient).into_iter();
                opened.any(|(n, fact)| n == id && self.emergency_permits(who, ask, id, fact))
            }
        }
    }

    fn guardian_permits(&self, patient: usize, who: usize, ask: &Ask) -> bool {
        let power = match ask.action {
            Action::Read => Power::Read,
            Action::Disclose => Power::Claim,
            Action::ReceiveAlerts => Power::Acknowledge,
            Action::WritePlan | Action::Seal => return false,
        };
        self.has(patient, who, power) && !self.is_shut_out(patient, who)
    }

    fn grant_permits(
        &self,
        patient: usize,
        who: usize,
        ask: &Ask,
        (id, fact, given): (u64, &Fact, &Given),
    ) -> bool {
        let named = match given.to {
            To::Account(account) => account == who,
            To::Team(team) => self.is_in(team, who),
        };
        let gave_it_itself = self.givers(patient, id).contains(&who);
        let (from, until) = (fact.said + given.from_s, fact.said + given.valid_s);
        let covers = given.purpose == ask.purpose
            && given.category == ask.category
            && given.actions.contains(&ask.action);
        let (asked, granted) = (ask.window(self.now), given.window(fact.said));
        named
            && !gave_it_itself
            && !self.is_shut_out(patient, who)
            && !self.is_revoked(patient, id)
            && (from..until).contains(&self.now)
            && covers
            && granted.from <= asked.from
            && asked.to <= granted.to
            && self.has_the_role(who, ask)
    }

    fn has_the_role(&self, who: usize, ask: &Ask) -> bool {
        let clinician = self.holds(who, Role::Clinician);
        match (ask.purpose, ask.action) {
            (_, Action::Seal | Action::ReceiveAlerts) => true,
            (Purpose::Treatment, _) => clinician,
            (Purpose::Payment, _) => clinician || self.holds(who, Role::Insurer),
            _ => true,
        }
    }

    fn emergency_permits(&self, who: usize, ask: &Ask, id: u64, opened: &Fact) -> bool {
        let What::OpenEmergency { hours_back, for_s } = opened.what else {
            return false;
        };
        let asked = ask.window(self.now);
        let from = epoch(opened.at - u64::from(hours_back) * EPOCH_S);
        let last = epoch(opened.at + for_s - 1);
        opened.by == who
            && self.now < self.over_at(opened.patient, id, opened)
            && (ask.purpose, ask.action) == (Purpose::Emergency, Action::Read)
            && from <= asked.from
            && asked.to <= last + 1
            && self.holds(who, Role::EmergencyResponder)
            && !self.is_denied(opened.patient, To::Account(who))
    }

    /// Whether the account that controlled the patient then gave a grant, not a guardian.
    pub fn by_patient(&self, patient: usize, id: u64) -> bool {
        self.history(patient, id).0
    }

    /// The guardians who gave a grant, alone or together; nobody where the patient did.
    fn givers(&self, patient: usize, id: u64) -> Vec<usize> {
        let facts: Vec<&Fact> = self.of(patient).collect();
        let granted = |i: &usize| matches!(facts[*i].what, What::Grant(_));
        let nth = usize::try_from(id - 1).unwrap();
        let grants = (0..facts.len()).filter(granted).nth(nth);
        let given = grants.filter(|_| !self.by_patient(patient, id));
        given.map_or_else(Vec::new, |i| match facts[..i].last().map(|f| &f.what) {
            Some(What::Executed(proposal)) => self.approvals(patient, *proposal),
            _ => vec![facts[i].by],
        })
    }

    /// By a message, or because the patient was recovered since.
    pub fn is_revoked(&self, patient: usize, id: u64) -> bool {
        let revoked = self.done(patient, |what| matches!(what, What::Revoke(n) if *n == id));
        let (_, recovered_since) = self.history(patient, id);
        revoked || recovered_since
    }

    /// Whether the patient gave it, and whether the patient was recovered since.
    fn history(&self, patient: usize, id: u64) -> (bool, bool) {
        let (mut controller, mut number) = (FIRST[patient], 0);
        let mut by_patient = None;
        for fact in self.of(patient) {
            match fact.what {
                What::Recovered { to: _ } if by_patient.is_some() => {
                    return (by_patient == Some(true), true)
                }
                What::Recovered { to } => controller = to,
                What::Grant(_) => number += 1,
                _ => continue,
            }
            if number == id && by_patient.is_none() {
                by_patient = Some(fact.by == controller);
            }
        }
        (by_patient == Some(true), false)
    }
}
