//! Who may hold keys to what is measured from now on, by the log: whoever loses access then makes the
//! generation rise.

use vitals_api::consent::TEAM_ROLL_S;
use vitals_core::decision::{Action, Power};

use super::facts::{Fact, Given, Log, To, What, NAMES, TEAMS};
use super::grounds::epoch;
use crate::common::EPOCH_S;

impl Log {
    /// Whether a grant gives keys that reach beyond now.
    pub fn opens(&self, patient: usize, (id, fact, given): (u64, &Fact, &Given)) -> bool {
        let keys = [Action::Read, Action::Disclose, Action::Seal];
        let ends = u64::from(given.window(fact.said).to) * EPOCH_S;
        keys.iter().any(|action| given.actions.contains(action))
            && self.now < ends
            && !self.is_revoked(patient, id)
    }

    /// Whether an account, or somebody in a team, may hold keys.
    pub fn may_hold_keys(&self, patient: usize, whom: To) -> bool {
        let grants = self.grants(patient);
        let mut open = grants.iter().filter(|grant| self.opens(patient, **grant));
        let granted = open.any(|(_, _, given)| self.reaches(whom, given.to));
        granted || self.guards_with_keys(patient, whom) || self.got_shares(patient, whom)
    }

    fn guards_with_keys(&self, patient: usize, whom: To) -> bool {
        (0..NAMES.len()).any(|who| {
            let powers = self.powers(patient, who);
            let reads = powers.is_some_and(|(powers, _)| powers.contains(&Power::Read));
            reads
                && match whom {
                    To::Account(account) => account == who,
                    To::Team(team) => self.is_in(team, who),
                }
        })
    }

    fn reaches(&self, whom: To, grantee: To) -> bool {
        match (whom, grantee) {
            (To::Account(who), To::Team(team)) => {
                let rolling = |at: u64| self.now < at + TEAM_ROLL_S;
                self.is_in(team, who) || self.left_at(who).is_some_and(rolling)
            }
            (To::Team(team), To::Account(who)) => self.is_in(team, who),
            (To::Team(team), To::Team(other)) if team != other => (0..NAMES.len())
                .any(|who| self.is_in(team, who) && self.reaches(To::Account(who), grantee)),
            (one, other) => one == other,
        }
    }

    /// In an emergency of its own that nobody ended, which a team's denial does not touch.
    fn got_shares(&self, patient: usize, whom: To) -> bool {
        let To::Account(who) = whom else {
            return false;
        };
        let mut newest_first = self.emergencies(patient).into_iter().rev();
        let last = newest_first.find(|(_, opened)| opened.by == who);
        let unended = last.is_some_and(|(id, _)| self.ended_at(patient, id).is_none());
        unended && self.shares_open(patient)
    }

    /// Whether the custodians' shares open anything measured from now on.
    pub fn shares_open(&self, patient: usize) -> bool {
        if self.pending_since(patient).is_some() {
            return false;
        }
        let of_this_generation = self
            .of(patient)
            .rev()
            .take_while(|f| !matches!(f.what, What::OpenGeneration(_) | What::Custodians { .. }));
        let reach = |f: &Fact| match f.what {
            What::EmergencyPackages { hours } => Some(epoch(f.at) + hours),
            _ => None,
        };
        let furthest = of_this_generation.filter_map(reach).max();
        furthest.is_some_and(|to| self.now < u64::from(to) * EPOCH_S)
    }

    /// The custodians named last.
    pub fn custodians(&self, patient: usize) -> Vec<usize> {
        let named = self.last(patient, |f| match &f.what {
            What::Custodians { who, .. } => Some(who.clone()),
            _ => None,
        });
        named.unwrap_or_default()
    }

    /// Teams there are.
    pub fn exists(&self, whom: To) -> bool {
        match whom {
            To::Account(_) => true,
            To::Team(team) => team <= TEAMS,
        }
    }
}
