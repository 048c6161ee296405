//! What becomes of a recovery, by the log.

use vitals_api::consent::PROPOSAL_OPEN_S;
use vitals_core::decision::Power;

use super::facts::{Fact, Log, What};
use super::may::Expected;

/// Where a recovery stands, and since when votes count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Voting {
        vetoed: bool,
    },
    Agreed {
        to: usize,
        began: u64,
        ready: u64,
        after_veto: bool,
    },
}

/// A guardian's vote that nothing undid.
#[derive(Debug, Clone, Copy)]
struct Vote {
    guardian: usize,
    to: usize,
    at: u64,
}

impl Log {
    /// The last turn of a recovery, unless it lapsed; and the first second whose votes count.
    fn recovery(&self, patient: usize) -> (At, u64, usize) {
        let turns = |what: &What| {
            matches!(
                what,
                What::Vetoed { .. } | What::Decided { .. } | What::Recovered { .. }
            )
        };
        let facts: Vec<&Fact> = self.of(patient).collect();
        let Some(i) = facts.iter().rposition(|f| turns(&f.what)) else {
            return (At::Voting { vetoed: false }, 0, 0);
        };
        let open = At::Voting { vetoed: false };
        let (at, stands_until) = match facts[i].what {
            What::Vetoed { .. } => (At::Voting { vetoed: true }, facts[i].at + PROPOSAL_OPEN_S),
            What::Decided {
                to,
                began,
                ready,
                after_veto,
            } => {
                let agreed = At::Agreed {
                    to,
                    began,
                    ready,
                    after_veto,
                };
                (agreed, ready + PROPOSAL_OPEN_S)
            }
            _ => return (open, facts[i].at, i),
        };
        match self.now < stands_until {
            true => (at, facts[i].at, i),
            false => (open, stands_until, i),
        }
    }

    /// One a guardian, its last, of the last seven days, the oldest first. Each vote clears away
    /// those of guardians whose power to recover does not count then.
    fn votes(&self, patient: usize) -> Vec<Vote> {
        let (_, since, after) = self.recovery(patient);
        let mut votes: Vec<Vote> = Vec::new();
        for (i, fact) in self.of(patient).enumerate().skip(after) {
            match fact.what {
                What::ProposeRecovery(to) | What::ApproveRecovery(to) if fact.at >= since => {
                    let counted = |who| self.recovered(patient, who, i, fact.at);
                    votes.retain(|v| v.guardian != fact.by && counted(v.guardian));
                    votes.push(Vote {
                        guardian: fact.by,
                        to,
                        at: fact.at,
                    });
                }
                What::CancelRecovery => votes.retain(|vote| vote.guardian != fact.by),
                _ => {}
            }
        }
        votes.retain(|vote| self.now < vote.at + PROPOSAL_OPEN_S);
        votes
    }

    fn is_open(&self, patient: usize) -> bool {
        let (at, ..) = self.recovery(patient);
        at != At::Voting { vetoed: false } || !self.votes(patient).is_empty()
    }

    pub fn vote(&self, patient: usize, by: usize, to: usize, proposes: bool) -> Expected {
        let (At::Voting { vetoed }, ..) = self.recovery(patient) else {
            return Expected::Refused;
        };
        let votes = self.votes(patient);
        let named = votes.iter().filter(|vote| vote.to == to);
        let again = votes.iter().any(|v| (v.guardian, v.to) == (by, to));
        let free = to != self.controller(patient) && !self.recovers(patient, to);
        let allowed = match proposes {
            true => free,
            false => named.clone().next().is_some(),
        };
        if !self.guards(patient, by, Power::Recover) || again || !allowed {
            return Expected::Refused;
        }
        let message = match proposes {
            true => What::ProposeRecovery(to),
            false => What::ApproveRecovery(to),
        };
        let mut facts = vec![message];
        let counting = self.recoverers(patient);
        let counts = |v: &&Vote| v.guardian != by && counting.contains(&v.guardian);
        if named.filter(counts).count() + 1 >= self.needed(patient, vetoed) {
            let first = votes.iter().filter(counts).map(|vote| vote.at).min();
            let of_vetoed = self.vetoed(patient).filter(|_| vetoed);
            facts.push(What::Decided {
                to,
                began: of_vetoed.or(first).unwrap_or(self.now),
                ready: self.now + self.delay(vetoed),
                after_veto: vetoed,
            });
        }
        Expected::Done(facts)
    }

    fn delay(&self, vetoed: bool) -> u64 {
        match vetoed {
            true => self.timing.override_delay_s,
            false => self.timing.recovery_delay_s,
        }
    }

    fn needed(&self, patient: usize, vetoed: bool) -> usize {
        let all = self.recoverers(patient).len();
        let quorum = self
            .quorum(patient, Power::Recover)
            .map_or(all, usize::from);
        match vetoed {
            true => quorum.max(all),
            false => quorum,
        }
    }

    /// When what was vetoed last had begun.
    fn vetoed(&self, patient: usize) -> Option<u64> {
        self.last(patient, |f| match f.what {
            What::Vetoed { began } => Some(began),
            _ => None,
        })
    }

    pub fn veto(&self, patient: usize, by: usize) -> Expected {
        let first = self.votes(patient).iter().map(|vote| vote.at).min();
        let began = match self.recovery(patient).0 {
            At::Voting { vetoed } => first.filter(|_| !vetoed),
            At::Agreed {
                began, after_veto, ..
            } => Some(began).filter(|_| !after_veto),
        };
        match began {
            Some(began) if self.controller(patient) == by => {
                Expected::Done(vec![What::Vetoed { began }])
            }
            _ => Expected::Refused,
        }
    }

    pub fn cancel_recovery(&self, patient: usize, by: usize) -> Expected {
        if !self.guards(patient, by, Power::Recover) {
            return Expected::Refused;
        }
        match self.recovery(patient).0 {
            At::Agreed { .. } => Expected::Refused,
            At::Voting { .. } => {
                let mine = self.votes(patient).iter().any(|vote| vote.guardian == by);
                // an old vote may still be there to be taken back
                match mine || !self.is_open(patient) {
                    true => Expected::when(mine, What::CancelRecovery),
                    false => Expected::Unsure(vec![What::CancelRecovery]),
                }
            }
        }
    }

    pub fn complete(&self, patient: usize) -> Expected {
        let At::Agreed { to, ready, .. } = self.recovery(patient).0 else {
            return Expected::Refused;
        };
        if self.now < ready {
            return Expected::Refused;
        }
        let raised = self.raised_if(patient, true);
        Expected::Done([What::Recovered { to }].into_iter().chain(raised).collect())
    }
}
