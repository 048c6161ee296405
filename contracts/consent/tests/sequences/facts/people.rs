//! Credentials, teams, denials.

use vitals_core::decision::Role;

use super::{Fact, Log, To, What};

impl Log {
    /// Until when, and by whom; also where it is over, unless it was withdrawn.
    pub fn credential(&self, who: usize, role: Role) -> Option<(u64, usize)> {
        self.last_of_all(|f| match f.what {
            What::Issue {
                who: w,
                role: r,
                for_s,
            } if (w, r) == (who, role) => Some(Some((f.at + for_s, f.by))),
            What::Withdraw { who: w, role: r } if (w, r) == (who, role) => Some(None),
            _ => None,
        })
        .flatten()
    }

    pub fn holds(&self, who: usize, role: Role) -> bool {
        self.credential(who, role)
            .is_some_and(|(until, _)| self.now < until)
    }

    /// Whether an account was invited to a team (`Some(false)`) or is in it (`Some(true)`).
    pub fn place(&self, team: u64, who: usize) -> Option<bool> {
        place_in(&self.facts, team, who)
    }

    pub fn is_in(&self, team: u64, who: usize) -> bool {
        self.place(team, who) == Some(true)
    }

    /// When an account last ceased to be a member of any team.
    pub fn left_at(&self, who: usize) -> Option<u64> {
        let left = |(i, f): (usize, &Fact)| {
            let team = match f.what {
                What::Leave { team } if f.by == who => team,
                What::Remove { team, who: w } if w == who => team,
                _ => return None,
            };
            (place_in(&self.facts[..i], team, who) == Some(true)).then_some(f.at)
        };
        self.facts.iter().enumerate().rev().find_map(left)
    }

    pub fn is_denied(&self, patient: usize, whom: To) -> bool {
        self.last(patient, |f| match f.what {
            What::Deny(w) if w == whom => Some(true),
            What::Allow(w) if w == whom => Some(false),
            _ => None,
        })
        .unwrap_or(false)
    }

    /// By itself or by a team it is in.
    pub fn is_shut_out(&self, patient: usize, who: usize) -> bool {
        let by_team = |team| self.is_in(team, who) && self.is_denied(patient, To::Team(team));
        self.is_denied(patient, To::Account(who)) || (1..=super::TEAMS).any(by_team)
    }
}

fn place_in(facts: &[Fact], team: u64, who: usize) -> Option<bool> {
    let place = |f: &Fact| match f.what {
        What::Invite { team: t, who: w } if (t, w) == (team, who) => Some(Some(false)),
        What::Join { team: t } if (t, f.by) == (team, who) => Some(Some(true)),
        What::Leave { team: t } if (t, f.by) == (team, who) => Some(None),
        What::Remove { team: t, who: w } if (t, w) == (team, who) => Some(None),
        _ => None,
    };
    facts.iter().rev().find_map(place).flatten()
}
