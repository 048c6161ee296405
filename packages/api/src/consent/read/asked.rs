//! One request, and the records it is decided over.

use std::cell::OnceCell;

use vitals_core::decision::{
    decide, roles_for, Denials, Ground, GroundRef, Refusal, Request, Role, Seconds, Standing,
};
use vitals_core::set::Set;

use super::Decided;
use crate::consent::record::{self, Grant, Membership, Patient};
use crate::consent::Party;
use crate::store::Source;
use crate::ApiError;

/// A request and the records it is decided over; what several grounds need is read once.
pub struct Asked<'a, S> {
    from: &'a S,
    request: &'a Request<'a>,
    now: Seconds,
    asker: Asker<'a, S>,
}

impl<'a, S: Source> Asked<'a, S> {
    /// `patient` is the record of the request's patient.
    pub fn new(from: &'a S, request: &'a Request<'a>, patient: &'a Patient, now: Seconds) -> Self {
        Self {
            from,
            request,
            now,
            asker: Asker::new(from, request.who, request.patient, patient),
        }
    }

    /// Decides by one ground.
    pub fn by(&self, ground: GroundRef) -> Result<Decided, ApiError> {
        match ground {
            GroundRef::Patient {} => {
                let controller = &self.asker.patient.controller;
                Ok(self.decide(&Ground::Patient { controller }, &Denials::default()))
            }
            GroundRef::Grant { id } => self.by_grant(id),
            GroundRef::Guardian {} => self.by_guardian(),
            GroundRef::Emergency { id } => self.by_emergency(id),
        }
    }

    /// Why the patient's denials refuse whoever asks, where they do; of a team's denial, which an
    /// emergency passes, only where there is none of the account.
    pub fn denied(&self) -> Result<Option<Refusal>, ApiError> {
        self.asker.denied()
    }

    fn decide(&self, ground: &Ground<'_>, denials: &Denials) -> Decided {
        decide(self.request, ground, denials, self.now)
    }

    fn by_grant(&self, id: u64) -> Result<Decided, ApiError> {
        let number = self.request.patient;
        let grant = super::grant(self.from, number, self.asker.patient, id)?;
        let standing = self.standing(&grant)?;
        let live_roles = match standing {
            Standing::Stranger => Set::EMPTY,
            Standing::Grantee | Standing::Member { .. } => self.live_roles()?,
        };
        let ground = Ground::Grant {
            id,
            terms: &grant.terms,
            standing,
            live_roles,
        };
        Ok(self.decide(&ground, &self.asker.denials()?))
    }

    /// A grant of guardians to a team counts for none of them, whenever they joined it: a guardian
    /// grants nothing to itself.
    fn standing(&self, grant: &Grant) -> Result<Standing, ApiError> {
        if grant.by.iter().any(|by| by == self.request.who) {
            return Ok(Standing::Stranger);
        }
        Ok(match &grant.grantee {
            Party::Account(account) if account == self.request.who => Standing::Grantee,
            Party::Team(team) if self.asker.is_member(team.u64())? => {
                Standing::Member { team: team.u64() }
            }
            Party::Account(_) | Party::Team(_) => Standing::Stranger,
        })
    }

    /// Of the roles the decision would ask for, those that hold now.
    fn live_roles(&self) -> Result<Set<Role>, ApiError> {
        let mut live = Set::EMPTY;
        for role in roles_for(self.request.purpose, self.request.action) {
            if super::has_role(self.from, self.request.who, *role, self.now)? {
                live = live.with(*role);
            }
        }
        Ok(live)
    }

    fn by_guardian(&self) -> Result<Decided, ApiError> {
        let who = self.request.who;
        let key = (self.request.patient, who);
        let guardian = record::GUARDIANS
            .may_load(self.from, &key)?
            // one that was dismissed is kept for a while, without powers
            .filter(|guardian| !guardian.powers.is_empty());
        let Some(guardian) = guardian else {
            return Ok(Err(Refusal::NotTheGuardian { who: who.into() }));
        };
        let ground = Ground::Guardian {
            account: who,
            powers: guardian.powers,
            until: guardian.until,
        };
        Ok(self.decide(&ground, &self.asker.denials()?))
    }

    fn by_emergency(&self, id: u64) -> Result<Decided, ApiError> {
        let emergency = record::EMERGENCIES.load(self.from, &(self.request.patient, id))?;
        let (who, role) = (self.request.who, Role::EmergencyResponder);
        let is_its = emergency.responder == who;
        let ground = Ground::Emergency {
            id,
            responder: &emergency.responder,
            window: emergency.window,
            until: emergency.over_at(),
            live: is_its && super::has_role(self.from, who, role, self.now)?,
        };
        // denials of teams do not touch it
        let denials = Denials {
            account: self.asker.is_denied()?,
            team: None,
        };
        Ok(self.decide(&ground, &denials))
    }
}

/// An account before one patient's denials and among its teams, each read once and only if needed.
pub(super) struct Asker<'a, S> {
    from: &'a S,
    who: &'a str,
    number: u64,
    patient: &'a Patient,
    membership: OnceCell<Membership>,
    denials: OnceCell<Denials>,
}

impl<'a, S: Source> Asker<'a, S> {
    pub(super) fn new(from: &'a S, who: &'a str, number: u64, patient: &'a Patient) -> Self {
        Self {
            from,
            who,
            number,
            patient,
            membership: OnceCell::new(),
            denials: OnceCell::new(),
        }
    }

    fn membership(&self) -> Result<&Membership, ApiError> {
        if let Some(known) = self.membership.get() {
            return Ok(known);
        }
        let read = record::MEMBERSHIPS.may_load(self.from, &self.who)?;
        Ok(self.membership.get_or_init(|| read.unwrap_or_default()))
    }

    fn is_member(&self, team: u64) -> Result<bool, ApiError> {
        Ok(self.membership()?.teams.contains(&team))
    }

    fn is_denied(&self) -> Result<bool, ApiError> {
        Ok(self.patient.denials > 0
            && record::DENIALS
                .may_load(self.from, &(self.number, self.who))?
                .is_some())
    }

    /// The first of its teams that the patient denies.
    fn denied_team(&self) -> Result<Option<u64>, ApiError> {
        for team in &self.membership()?.teams {
            let denial = record::TEAM_DENIALS.may_load(self.from, &(self.number, *team))?;
            if denial.is_some() {
                return Ok(Some(*team));
            }
        }
        Ok(None)
    }

    /// Where the patient denies nobody, nothing is read.
    fn denials(&self) -> Result<Denials, ApiError> {
        if let Some(known) = self.denials.get() {
            return Ok(*known);
        }
        let account = self.is_denied()?;
        let team = match self.patient.denials > 0 && !account {
            true => self.denied_team()?,
            false => None,
        };
        Ok(*self.denials.get_or_init(|| Denials { account, team }))
    }

    pub(super) fn denied(&self) -> Result<Option<Refusal>, ApiError> {
        Ok(match self.denials()? {
            Denials { account: true, .. } => Some(Refusal::AccountDenied {
                who: self.who.into(),
            }),
            Denials { team, .. } => team.map(|team| Refusal::TeamDenied { team }),
        })
    }
}
