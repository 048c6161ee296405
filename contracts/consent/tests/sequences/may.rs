//! Which messages are accepted, and what is true then, by the log.

use vitals_api::consent::emergency::MAX_UNREVIEWED;
use vitals_api::consent::{MAX_GUARDIANS, MAX_OPEN_PROPOSALS, MAX_PROPOSALS_EACH, PROPOSAL_OPEN_S};
use vitals_core::decision::Power;

use super::facts::{Given, Log, To, What, ADMIN, BOARD, COLLEGE, OWNER};

mod emergencies;

#[derive(Debug)]
pub enum Expected {
    Refused,
    /// Accepted, and this is what happens.
    Done(Vec<What>),
    /// Where it is accepted, this is what happens.
    Unsure(Vec<What>),
}

impl Expected {
    pub fn when(accepted: bool, what: What) -> Self {
        match accepted {
            true => Self::Done(vec![what]),
            false => Self::Refused,
        }
    }

    fn of(facts: Option<Vec<What>>) -> Self {
        facts.map_or(Self::Refused, Self::Done)
    }
}

impl Log {
    pub fn expect(&self, patient: usize, by: usize, what: &What) -> Expected {
        let is_patient = self.controller(patient) == by;
        let when = |accepted| Expected::when(accepted, what.clone());
        match what {
            What::Grant(_) => self.joint(patient, by, Power::Grant, what),
            What::Revoke(_) | What::Deny(_) | What::Review { .. } => {
                self.joint(patient, by, Power::Revoke, what)
            }
            What::PutPackages(ids) => when(is_patient && self.may_put(patient, ids)),
            What::Allow(whom) => when(is_patient && self.is_denied(patient, *whom)),
            What::OpenGeneration(off) => {
                when(is_patient && *off == 0 && self.pending_since(patient).is_some())
            }
            What::Appoint { who, for_s, .. } => {
                let known = self.powers(patient, *who).is_some() || self.serves(patient, *who);
                let room = known || self.listed(patient) < MAX_GUARDIANS;
                Expected::of(
                    (is_patient && *who != by && *for_s > 0 && room)
                        .then(|| self.appointed(patient, what)),
                )
            }
            What::Dismiss(who) => {
                let known = is_patient && self.powers(patient, *who).is_some();
                Expected::of(known.then(|| self.appointed(patient, what)))
            }
            What::Quorum { power, of } => {
                let holders = self.holders(patient, *power);
                when(is_patient && (1..=holders).contains(&usize::from(*of)))
            }
            What::Approve(id) => self.approve(patient, by, *id),
            What::Cancel(id) => when(self.may_cancel(patient, by, *id)),
            What::ProposeRecovery(to) => self.vote(patient, by, *to, true),
            What::ApproveRecovery(to) => self.vote(patient, by, *to, false),
            What::Veto => self.veto(patient, by),
            What::CancelRecovery => self.cancel_recovery(patient, by),
            What::Complete => self.complete(patient),
            _ => self.expect_of_all(patient, by, what),
        }
    }

    fn expect_of_all(&self, patient: usize, by: usize, what: &What) -> Expected {
        let when = |accepted| Expected::when(accepted, what.clone());
        match what {
            What::Invite { team, who } => {
                let known = self.exists(To::Team(*team));
                when(known && by == ADMIN && self.place(*team, *who).is_none())
            }
            What::Join { team } => when(self.place(*team, by) == Some(false)),
            What::Leave { team } => when(self.place(*team, by).is_some()),
            What::Remove { team, who } => when(by == ADMIN && self.place(*team, *who).is_some()),
            What::Issue { who, role, for_s } => {
                let held = self.credential(*who, *role);
                let other = held.is_some_and(|(until, of)| self.now < until && of != by);
                when([BOARD, COLLEGE].contains(&by) && *for_s > 0 && !other)
            }
            What::Withdraw { who, role } => {
                let held = self.credential(*who, *role);
                when(held.is_some_and(|(_, issuer)| by == issuer || by == OWNER))
            }
            _ => self.expect_in_emergency(patient, by, what),
        }
    }

    fn serves(&self, patient: usize, who: usize) -> bool {
        let span = self.recovery_span(patient, who);
        span.is_some_and(|(_, until)| self.now < until)
    }

    /// Raised, unless it was already and waits.
    pub fn raised_if(&self, patient: usize, loses: bool) -> Option<What> {
        (loses && self.pending_since(patient).is_none()).then_some(What::Raised)
    }

    fn appointed(&self, patient: usize, what: &What) -> Vec<What> {
        let (who, reads) = match what {
            What::Appoint { who, powers, .. } => (*who, powers.contains(&Power::Read)),
            What::Dismiss(who) => (*who, false),
            _ => return Vec::new(),
        };
        let before = self.powers(patient, who);
        let could_read = before.is_some_and(|(powers, _)| powers.contains(&Power::Read));
        let raised = self.raised_if(patient, could_read && !reads);
        [what.clone()].into_iter().chain(raised).collect()
    }

    fn may_put(&self, patient: usize, ids: &[u64]) -> bool {
        let is_live = |id: &u64| {
            let grants = self.grants(patient);
            let grant = grants.iter().find(|(n, ..)| n == id);
            let lasts = grant.is_some_and(|(_, f, given)| self.now < f.said + given.valid_s);
            lasts && !self.is_revoked(patient, *id)
        };
        self.pending_since(patient).is_none() && ids.iter().all(is_live)
    }

    /// What guardians send alone or together, and the patient alone.
    fn joint(&self, patient: usize, by: usize, power: Power, what: &What) -> Expected {
        let alone = self.quorum(patient, power).is_none_or(|of| of < 2);
        if self.controller(patient) == by {
            return Expected::of(self.effect(patient, by, self.now, what));
        }
        if !self.guards(patient, by, power) {
            return Expected::Refused;
        }
        if alone {
            return Expected::of(self.effect(patient, by, self.now, what));
        }
        let open = self.open_proposals(patient);
        let own = open
            .iter()
            .filter(|id| self.approvals(patient, **id).first() == Some(&by));
        let room = own.count() < MAX_PROPOSALS_EACH;
        if !room || !self.may_agree(patient, by, power, self.now, what) {
            return Expected::Refused;
        }
        let made = |what: &What| matches!(what, What::Proposed { .. });
        let id = 1 + self.numbered(patient, made).count() as u64;
        let what = Box::new(what.clone());
        let approved = What::Approved { id, by: vec![by] };
        let oldest = open.first().filter(|_| open.len() >= MAX_OPEN_PROPOSALS);
        let pushed_out = oldest.map(|id| What::Cancel(*id));
        let proposed = [What::Proposed { power, what }, approved];
        Expected::Done(pushed_out.into_iter().chain(proposed).collect())
    }

    /// Whether a guardian could send a message but for the quorum.
    fn may_agree(&self, patient: usize, by: usize, power: Power, said: u64, what: &What) -> bool {
        let fits = match what {
            What::Grant(given) => {
                let in_it = matches!(given.to, To::Team(team) if self.is_in(team, by));
                !in_it
                    && self.is_a_grant(given, said)
                    && self.may_give(patient, by, given, said + given.valid_s)
            }
            What::Review { id, .. } => {
                let opened = self.emergencies(patient);
                opened.iter().any(|(n, fact)| n == id && fact.by != by)
            }
            _ => true,
        };
        fits && self.guards(patient, by, power)
    }

    fn is_a_grant(&self, given: &Given, said: u64) -> bool {
        self.exists(given.to) && said + given.valid_s > self.now.max(said + given.from_s)
    }

    fn approve(&self, patient: usize, by: usize, id: u64) -> Expected {
        let Some((at, power, what)) = self.proposal(patient, id) else {
            return Expected::Refused;
        };
        let before = self.approvals(patient, id);
        let agrees = |who: usize| self.may_agree(patient, who, power, at, what);
        if self.now >= at + PROPOSAL_OPEN_S || before.contains(&by) || !agrees(by) {
            return Expected::Refused;
        }
        let by_all: Vec<usize> = before
            .into_iter()
            .filter(|who| agrees(*who))
            .chain([by])
            .collect();
        let of = self.quorum(patient, power).unwrap_or(1);
        if by_all.len() < usize::from(of) {
            return Expected::Done(vec![What::Approved { id, by: by_all }]);
        }
        let effect = self.effect(patient, by, at, what);
        let executed = [What::Approved { id, by: by_all }, What::Executed(id)];
        Expected::of(effect.map(|done| executed.into_iter().chain(done).collect()))
    }

    fn may_cancel(&self, patient: usize, by: usize, id: u64) -> bool {
        let Some((at, ..)) = self.proposal(patient, id) else {
            return false;
        };
        let has_power = [Power::Grant, Power::Revoke].map(|power| self.guards(patient, by, power));
        let its = self.approvals(patient, id).first() == Some(&by) && has_power.contains(&true);
        !self.is_cleared(patient, at) && (its || self.controller(patient) == by)
    }

    /// What a message that nothing else stands in the way of does, or nothing where it is wrong.
    fn effect(&self, patient: usize, by: usize, said: u64, what: &What) -> Option<Vec<What>> {
        let is_patient = self.controller(patient) == by;
        let (right, loses) = match what {
            What::Grant(given) => {
                let until = said + given.valid_s;
                let keys = !given.package || self.pending_since(patient).is_none();
                let may = is_patient || self.may_give(patient, by, given, until);
                (self.is_a_grant(given, said) && keys && may, false)
            }
            What::Revoke(id) => {
                let grant = self.grants(patient).into_iter().find(|(n, ..)| n == id)?;
                (!self.is_revoked(patient, *id), self.opens(patient, grant))
            }
            What::Deny(whom) => {
                let other = *whom != To::Account(self.controller(patient));
                let right = other && self.exists(*whom) && !self.is_denied(patient, *whom);
                (right, self.may_hold_keys(patient, *whom))
            }
            What::Review { id, upheld } => {
                let (_, opened) = self
                    .emergencies(patient)
                    .into_iter()
                    .find(|(n, _)| n == id)?;
                let again = self.done(
                    patient,
                    |what| matches!(what, What::Review { id: n, .. } if n == id),
                );
                let ends = !upheld && self.ended_at(patient, *id).is_none();
                (
                    !again && (is_patient || opened.by != by),
                    ends && self.shares_open(patient) && !self.raised_since(patient, opened),
                )
            }
            _ => return None,
        };
        let raised = self.raised_if(patient, loses);
        right.then(|| [what.clone()].into_iter().chain(raised).collect())
    }
}
