//! Guardians' powers, their quorums, and their proposals.

use vitals_api::consent::PROPOSAL_OPEN_S;
use vitals_core::decision::Power;

use super::{Fact, Log, To, What, NAMES};

/// What a guardian has, until when, and when it was last given anything.
struct Held<'a> {
    powers: &'a [Power],
    until: u64,
    given_at: u64,
}

impl Log {
    /// What a guardian was given last, and until when; also where that is over.
    pub fn powers(&self, patient: usize, who: usize) -> Option<(&[Power], u64)> {
        self.held(patient, who)
            .map(|held| (held.powers, held.until))
    }

    /// A recovery ends what was given within notice before it began, or since.
    fn held(&self, patient: usize, who: usize) -> Option<Held<'_>> {
        let notice = self.timing.notice_s();
        let mut held: Option<Held<'_>> = None;
        let mut recovery_began = 0;
        for fact in self.of(patient) {
            held = match &fact.what {
                What::Appoint {
                    who: w,
                    powers,
                    for_s,
                } if *w == who => Some(appointed(held, powers, fact.at, fact.at + for_s)),
                What::Dismiss(w) if *w == who => None,
                What::Decided { began, .. } => {
                    recovery_began = *began;
                    held
                }
                What::Recovered { to } => {
                    let old = |held: &Held<'_>| held.given_at + notice <= recovery_began;
                    held.filter(|held| *to != who && old(held))
                }
                _ => held,
            };
        }
        held
    }

    /// Whether an account may act as a guardian with a power: a denial takes all but that to recover.
    pub fn guards(&self, patient: usize, who: usize, power: Power) -> bool {
        if self.controller(patient) == who {
            return false;
        }
        match power {
            Power::Recover => self.recovers(patient, who),
            _ => self.has(patient, who, power) && !self.is_shut_out(patient, who),
        }
    }

    pub fn has(&self, patient: usize, who: usize, power: Power) -> bool {
        self.powers(patient, who)
            .is_some_and(|(powers, until)| self.now < until && powers.contains(&power))
    }

    pub fn recovers(&self, patient: usize, who: usize) -> bool {
        let span = self.recovery_span(patient, who);
        span.is_some_and(|(from, until)| from <= self.now && self.now < until)
    }

    /// Seconds in which a guardian's power to recover counts: from notice after it was given on, and
    /// once it counts until notice after it was taken, or its date.
    pub fn recovery_span(&self, patient: usize, who: usize) -> Option<(u64, u64)> {
        self.span_after(self.of(patient), who)
    }

    /// Whether a guardian's power to recover counted at a time, after so many facts.
    pub fn recovered(&self, patient: usize, who: usize, facts: usize, at: u64) -> bool {
        let span = self.span_after(self.of(patient).take(facts), who);
        span.is_some_and(|(from, until)| from <= at && at < until)
    }

    fn span_after<'a>(
        &self,
        facts: impl Iterator<Item = &'a Fact>,
        who: usize,
    ) -> Option<(u64, u64)> {
        let notice = self.timing.notice_s();
        let mut span: Option<(u64, u64)> = None;
        let mut recovery_began = 0;
        for fact in facts {
            let gives = match &fact.what {
                What::Appoint {
                    who: w,
                    powers,
                    for_s,
                } if *w == who => powers.contains(&Power::Recover).then_some(fact.at + for_s),
                What::Dismiss(w) if *w == who => None,
                What::Decided { began, .. } => {
                    recovery_began = *began;
                    continue;
                }
                What::Recovered { to } => {
                    let counted = |(from, _): &(u64, u64)| *to != who && *from <= recovery_began;
                    span = span.filter(counted);
                    continue;
                }
                _ => continue,
            };
            let counts = span.filter(|(from, until)| *from <= fact.at && fact.at < *until);
            let waits = span.filter(|(from, _)| fact.at < *from);
            span = match (counts, waits, gives) {
                (Some((from, until)), _, gives) => {
                    Some((from, until.min(fact.at + notice).max(gives.unwrap_or(0))))
                }
                (None, Some((from, until)), Some(given)) if fact.at < until => Some((from, given)),
                (None, _, gives) => gives.map(|until| (fact.at + notice, until)),
            };
        }
        span
    }

    /// Guardians whose power to recover counts now.
    pub fn recoverers(&self, patient: usize) -> Vec<usize> {
        let all = 0..NAMES.len();
        all.filter(|who| self.recovers(patient, *who)).collect()
    }

    /// Guardians on the list: those with powers, expired or not, or with some of their notice left.
    pub fn listed(&self, patient: usize) -> usize {
        let is_left = |who: &usize| {
            let span = self.recovery_span(patient, *who);
            self.powers(patient, *who).is_some() || span.is_some_and(|(_, until)| self.now < until)
        };
        (0..NAMES.len()).filter(is_left).count()
    }

    /// How many guardians a quorum for this power could take.
    pub fn holders(&self, patient: usize, power: Power) -> usize {
        let counts = |who: &usize| match power {
            Power::Recover => {
                let span = self.recovery_span(patient, *who);
                span.is_some_and(|(_, until)| self.now < until)
            }
            _ => self.has(patient, *who, power),
        };
        (0..NAMES.len()).filter(counts).count()
    }

    /// How many act together, where the patient said so: the last it said, and of recovering the last
    /// whose notice was over before it said another, or is by now, unless it was recovered since.
    pub fn quorum(&self, patient: usize, power: Power) -> Option<u8> {
        let forgotten = match power {
            Power::Recover => self
                .of(patient)
                .enumerate()
                .filter(|(_, f)| matches!(f.what, What::Recovered { .. }))
                .last()
                .map_or(0, |(i, _)| i + 1),
            _ => 0,
        };
        let said: Vec<(u64, u8)> = self
            .of(patient)
            .skip(forgotten)
            .filter_map(|f| match f.what {
                What::Quorum { power: p, of } if p == power => Some((f.at, of)),
                _ => None,
            })
            .collect();
        let notice = match power {
            Power::Recover => self.timing.notice_s(),
            _ => 0,
        };
        let ends = said.iter().skip(1).map(|(at, _)| *at).chain([self.now]);
        let held = said.iter().zip(ends);
        held.filter(|((at, _), end)| at + notice <= *end)
            .map(|((_, of), _)| *of)
            .last()
    }

    /// A proposal that was neither executed nor cancelled: when it was made, its power and message.
    pub fn proposal(&self, patient: usize, id: u64) -> Option<(u64, Power, &What)> {
        let over = |what: &What| matches!(what, What::Executed(n) | What::Cancel(n) if *n == id);
        if self.done(patient, over) {
            return None;
        }
        let proposed = |what: &What| matches!(what, What::Proposed { .. });
        let (_, fact) = self.numbered(patient, proposed).find(|(n, _)| *n == id)?;
        match &fact.what {
            What::Proposed { power, what } => Some((fact.at, *power, what)),
            _ => None,
        }
    }

    /// Whether another was made after it was over, which cleared it away.
    pub fn is_cleared(&self, patient: usize, made_at: u64) -> bool {
        let later = |f: &super::Fact| {
            matches!(f.what, What::Proposed { .. }) && f.at >= made_at + PROPOSAL_OPEN_S
        };
        self.of(patient).any(later)
    }

    /// Who approved it, the proposer first.
    pub fn approvals(&self, patient: usize, id: u64) -> Vec<usize> {
        let approved = self.last(patient, |f| match &f.what {
            What::Approved { id: n, by } if *n == id => Some(by.clone()),
            _ => None,
        });
        approved.unwrap_or_default()
    }

    /// Numbers of the proposals that can be approved.
    pub fn open_proposals(&self, patient: usize) -> Vec<u64> {
        let made = |what: &What| matches!(what, What::Proposed { .. });
        let ids = self.numbered(patient, made).map(|(id, _)| id);
        let open = |id: &u64| {
            let waits = self.proposal(patient, *id);
            waits.is_some_and(|(at, _, _)| self.now < at + PROPOSAL_OPEN_S)
        };
        ids.filter(open).collect()
    }

    /// That a guardian hands on no more than it has itself, and nothing to itself.
    pub fn may_give(&self, patient: usize, by: usize, given: &super::Given, until: u64) -> bool {
        use vitals_core::decision::Action;
        let to_itself = given.to == To::Account(by);
        let never = [Action::Seal, Action::WritePlan];
        let discloses = given.actions.contains(&Action::Disclose);
        let alerts = given.actions.contains(&Action::ReceiveAlerts);
        let ends = self.powers(patient, by).map_or(0, |(_, until)| until);
        !to_itself
            && !never.iter().any(|action| given.actions.contains(action))
            && self.has(patient, by, Power::Read)
            && (!discloses || self.has(patient, by, Power::Claim))
            && (!alerts || self.has(patient, by, Power::Acknowledge))
            && until <= ends
    }
}

/// What is no more and no longer than it was before was given before.
fn appointed<'a>(before: Option<Held<'a>>, powers: &'a [Power], at: u64, until: u64) -> Held<'a> {
    let had_all = before.filter(|held| {
        at < held.until && until <= held.until && powers.iter().all(|p| held.powers.contains(p))
    });
    Held {
        powers,
        until,
        given_at: had_all.map_or(at, |held| held.given_at),
    }
}
