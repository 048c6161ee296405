//! Whether whom a patient denies may hold keys to what is measured from now on.

use cosmwasm_std::{Addr, Storage};
use vitals_api::consent::record::{Member, Membership, Patient};
use vitals_api::consent::{Party, MAX_SEARCH, TEAM_ROLL_S};
use vitals_core::decision::Power;

use super::{generations, guardians, Call};
use crate::error::ContractError;
use crate::state;

/// Guardians that are looked through: more than there may be, but the first release had no limit.
const GUARDIANS: usize = 64;
/// Members and invitations of a denied team that are looked through.
const MEMBERS: usize = 64;

/// Over one patient's grants and guardians.
pub struct Reach<'a> {
    storage: &'a dyn Storage,
    call: &'a Call<'a>,
    number: u64,
    patient: &'a Patient,
}

impl<'a> Reach<'a> {
    pub fn new(
        storage: &'a dyn Storage,
        call: &'a Call<'a>,
        number: u64,
        patient: &'a Patient,
    ) -> Self {
        Self {
            storage,
            call,
            number,
            patient,
        }
    }

    /// Whether an account, or somebody in a team, may. Only the newest grants are looked through;
    /// where there are older ones it may, because a generation raised in vain costs new keys and
    /// one not raised costs the secret.
    pub fn may_hold_keys(&self, whom: &Party) -> Result<bool, ContractError> {
        if self.patient.grants > MAX_SEARCH {
            return Ok(true);
        }
        match whom {
            Party::Account(account) => self.account_may(account),
            Party::Team(team) => self.team_may(team.u64()),
        }
    }

    fn account_may(&self, account: &str) -> Result<bool, ContractError> {
        let account_addr = Addr::unchecked(account);
        if guardians::may_hold_keys(self.storage, self.number, &account_addr)?
            || self.may_hold_shares(&account_addr)?
        {
            return Ok(true);
        }
        let membership = state::membership(self.storage, account)?;
        let teams = Teams::of(&membership, self.call);
        self.any_grant(|grantee| {
            Ok(match grantee {
                Party::Account(named) => named == account,
                Party::Team(team) => teams.reach(team.u64()),
            })
        })
    }

    /// Custodians may have given their shares to a responder whose emergency nobody ended, and the
    /// shares open more than the emergency did.
    fn may_hold_shares(&self, account: &Addr) -> Result<bool, ContractError> {
        let Some(id) = state::last_emergency(self.storage, self.number, account)? else {
            return Ok(false);
        };
        let emergency = state::emergency(self.storage, self.number, id)?;
        if emergency.ended_at.is_some() {
            return Ok(false);
        }
        let custody = state::custody(self.storage, self.number)?;
        let now_ms = self.call.now_ms();
        Ok(custody.is_some_and(|custody| custody.opens_what_comes(self.patient, now_ms)))
    }

    /// A denial of a team shuts its members out whatever they were granted themselves or in other
    /// teams.
    fn team_may(&self, team: u64) -> Result<bool, ContractError> {
        let mut others = Vec::new();
        let granted = self.a_guardian_is_in(team)?
            || self.any_grant(|grantee| match grantee {
                Party::Account(account) => self.is_in(team, account),
                Party::Team(named) if named.u64() == team => Ok(true),
                Party::Team(named) => {
                    others.push(named.u64());
                    Ok(false)
                }
            })?;
        Ok(granted || (!others.is_empty() && self.a_member_reaches(team, &others)?))
    }

    /// Whether somebody in a team may hold keys of one of the others. As with grants, where there
    /// are more members than are looked through it may be.
    fn a_member_reaches(&self, team: u64, others: &[u64]) -> Result<bool, ContractError> {
        let members = state::members(self.storage, team, None, MEMBERS)?;
        if members.len() == MEMBERS {
            return Ok(true);
        }
        for (account, Member { joined }) in members {
            let membership = state::membership(self.storage, &account)?;
            let teams = Teams::of(&membership, self.call);
            if joined && others.iter().any(|other| teams.reach(*other)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// As with grants, where there are more than are looked through it may be.
    fn a_guardian_is_in(&self, team: u64) -> Result<bool, ContractError> {
        let guardians = state::guardians(self.storage, self.number, GUARDIANS)?;
        if guardians.len() == GUARDIANS {
            return Ok(true);
        }
        for (account, guardian) in guardians {
            if guardian.powers.contains(Power::Read) && self.is_in(team, &account)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn is_in(&self, team: u64, account: &str) -> Result<bool, ContractError> {
        let member = state::member(self.storage, team, account)?;
        Ok(member.is_some_and(|member| member.joined))
    }

    /// Whether a grant that opens what comes is to whom it is asked for.
    fn any_grant(
        &self,
        mut to: impl FnMut(&Party) -> Result<bool, ContractError>,
    ) -> Result<bool, ContractError> {
        for id in 1..=self.patient.grants {
            let grant = state::grant(self.storage, self.number, self.patient, id)?;
            if generations::opens_what_comes(&grant, self.call.now_ms()) && to(&grant.grantee)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The teams whose keys an account may hold: those it is in and, while the keys it had roll out,
/// any, since which one it left is not kept.
struct Teams<'a> {
    now: &'a [u64],
    any: bool,
}

impl<'a> Teams<'a> {
    fn of(membership: &'a Membership, call: &Call) -> Self {
        let left = membership.left_at;
        Self {
            now: &membership.teams,
            any: left > 0 && call.now() < left.saturating_add(TEAM_ROLL_S),
        }
    }

    fn reach(&self, team: u64) -> bool {
        self.any || self.now.contains(&team)
    }
}
