//! Whether a caller is whom a message's row names.

use cosmwasm_std::{Addr, Api, Storage};
use vitals_api::access::{Paused, Who};
use vitals_api::consent::{read, ExecuteMsg};
use vitals_api::{admin, parse};
use vitals_core::decision::{Power, Refusal, Role, Seconds};

use super::row;
use crate::error::ContractError;
use crate::state;

/// Whoever sends a message, and over what it is checked.
pub struct Caller<'a> {
    pub storage: &'a dyn Storage,
    pub api: &'a dyn Api,
    pub sender: &'a Addr,
    pub now: Seconds,
}

/// What a message is about: what "the patient" or "the team's admin" of its row refers to.
#[derive(Clone, Copy)]
enum About<'a> {
    Nothing,
    Role(Role),
    Credential { account: &'a str, role: Role },
    Patient(u64),
    Emergency { patient: u64, id: u64 },
    Team(u64),
}

impl<'a> About<'a> {
    fn of(msg: &'a ExecuteMsg) -> Self {
        use ExecuteMsg::*;
        match msg {
            Admin(_)
            | Enrol {}
            | SetRecipient { .. }
            | AdmitIssuer { .. }
            | RemoveIssuer { .. }
            | CreateTeam {}
            | AddHook { .. }
            | RemoveHook { .. }
            | AnchorReceipts { .. } => Self::Nothing,
            IssueCredential { role, .. } => Self::Role(*role),
            WithdrawCredential { account, role } => Self::Credential {
                account,
                role: *role,
            },
            Reinstate { responder } => Self::Credential {
                account: responder,
                role: Role::EmergencyResponder,
            },
            EndEmergency { patient, emergency } => Self::Emergency {
                patient: patient.u64(),
                id: emergency.u64(),
            },
            AppointGuardian { patient, .. }
            | DismissGuardian { patient, .. }
            | SetQuorum { patient, .. }
            | Approve { patient, .. }
            | Cancel { patient, .. }
            | ProposeRecovery { patient, .. }
            | ApproveRecovery { patient, .. }
            | VetoRecovery { patient }
            | CancelRecovery { patient }
            | CompleteRecovery { patient }
            | SetCustodians { patient, .. }
            | PutEmergencyPackages { patient, .. }
            | OpenEmergency { patient, .. }
            | ReviewEmergency { patient, .. }
            | Grant { patient, .. }
            | PutPackages { patient, .. }
            | Revoke { patient, .. }
            | Deny { patient, .. }
            | Allow { patient, .. }
            | OpenGeneration { patient, .. } => Self::Patient(patient.u64()),
            InviteMember { team, .. }
            | JoinTeam { team }
            | LeaveTeam { team }
            | RemoveMember { team, .. }
            | ProposeTeamAdmin { team, .. }
            | AcceptTeamAdmin { team } => Self::Team(team.u64()),
        }
    }
}

/// As whom the sender may send it: the first of its row that lets it. Refuses what a pause stops,
/// and a sender whom the row does not name, with the reason of the last one it names.
pub fn check(caller: &Caller<'_>, msg: &ExecuteMsg) -> Result<Who, ContractError> {
    let Some(row) = row(msg) else {
        return Ok(Who::Anybody);
    };
    if row.paused == Paused::Stops {
        admin::ensure_running(caller.storage)?;
    }
    let mut told = caller.nobody();
    for who in row.who {
        match caller.ensure(*who, About::of(msg)) {
            Ok(()) => return Ok(*who),
            Err(refused) => told = refused,
        }
    }
    Err(told)
}

impl Caller<'_> {
    fn ensure(&self, who: Who, about: About<'_>) -> Result<(), ContractError> {
        match (who, about) {
            // the handler has the emergency, and so its end
            (Who::Anybody | Who::AnybodyOnceOver, _) => Ok(()),
            (Who::Owner, _) => Ok(admin::ensure_owner(self.storage, self.sender)?),
            (Who::Issuer, About::Role(role)) => self.ensure_admitted(role),
            (Who::CredentialIssuer, About::Credential { account, role }) => {
                self.ensure_issued(account, role)
            }
            (
                Who::Patient,
                About::Patient(number)
                | About::Emergency {
                    patient: number, ..
                },
            ) => self.ensure_controls(number),
            (
                Who::Guardian(power),
                About::Patient(number)
                | About::Emergency {
                    patient: number, ..
                },
            ) => self.ensure_guards(number, power),
            (Who::Holder(role), _) => self.ensure_holds(role),
            (Who::EmergencyResponder, About::Emergency { patient, id }) => {
                self.ensure_responds(patient, id)
            }
            (Who::TeamAdmin, About::Team(team)) => self.ensure_team_admin(team),
            (Who::ProposedTeamAdmin, About::Team(team)) => self.ensure_proposed(team),
            (Who::Invited, About::Team(team)) => self.ensure_in_team(team, false),
            (Who::Member, About::Team(team)) => self.ensure_in_team(team, true),
            _ => Err(self.nobody()),
        }
    }

    fn nobody(&self) -> ContractError {
        Refusal::NoGround { who: self.who() }.into()
    }

    fn who(&self) -> String {
        self.sender.to_string()
    }

    fn ensure_admitted(&self, role: Role) -> Result<(), ContractError> {
        if state::issuer(self.storage, self.sender)?.contains(role) {
            return Ok(());
        }
        Err(ContractError::NotAdmitted {
            sender: self.who(),
            role,
        })
    }

    fn ensure_issued(&self, account: &str, role: Role) -> Result<(), ContractError> {
        let account = parse::address(self.api, account)?;
        if state::attested(self.storage, &account, role)?.issuer == self.sender.as_str() {
            return Ok(());
        }
        Err(ContractError::NotTheIssuer {
            sender: self.who(),
            account: account.into(),
        })
    }

    fn ensure_controls(&self, number: u64) -> Result<(), ContractError> {
        if state::patient(self.storage, number)?.controller == self.sender.as_str() {
            return Ok(());
        }
        Err(Refusal::NotThePatient {
            who: self.who(),
            patient: number,
        }
        .into())
    }

    /// Alone or not: where a quorum is set, what it sends is a proposal.
    fn ensure_guards(&self, number: u64, power: Power) -> Result<(), ContractError> {
        let who = self.sender.as_str();
        let patient = read::ensure_has_power(&self.storage, who, number, power, self.now)?;
        if patient.controller != who {
            return Ok(());
        }
        Err(Refusal::NotTheGuardian { who: who.into() }.into())
    }

    fn ensure_holds(&self, role: Role) -> Result<(), ContractError> {
        if read::has_role(&self.storage, self.sender.as_str(), role, self.now)? {
            return Ok(());
        }
        Err(ContractError::NotAHolder {
            account: self.who(),
            role,
        })
    }

    fn ensure_responds(&self, patient: u64, id: u64) -> Result<(), ContractError> {
        if state::emergency(self.storage, patient, id)?.responder == self.sender.as_str() {
            return Ok(());
        }
        Err(Refusal::NotTheResponder {
            id,
            who: self.who(),
        }
        .into())
    }

    fn ensure_team_admin(&self, number: u64) -> Result<(), ContractError> {
        if state::team(self.storage, number)?.admin == self.sender.as_str() {
            return Ok(());
        }
        Err(ContractError::NotTheTeamAdmin {
            sender: self.who(),
            team: number,
        })
    }

    fn ensure_proposed(&self, number: u64) -> Result<(), ContractError> {
        let team = state::team(self.storage, number)?;
        if team.proposed.as_deref() == Some(self.sender.as_str()) {
            return Ok(());
        }
        Err(ContractError::NotTheProposedAdmin {
            sender: self.who(),
            team: number,
        })
    }

    fn ensure_in_team(&self, number: u64, joined: bool) -> Result<(), ContractError> {
        let member = state::member(self.storage, number, self.sender.as_str())?;
        if member.is_some_and(|member| member.joined == joined) {
            return Ok(());
        }
        state::team(self.storage, number)?;
        let (sender, team) = (self.who(), number);
        Err(match joined {
            true => ContractError::NotAMember { sender, team },
            false => ContractError::NotInvited { sender, team },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cosmwasm_std::testing::{MockApi, MockStorage};

    /// No row of the table asks for any of these; one that did would let nobody through.
    #[test]
    fn who_is_asked_for_over_what_a_message_is_not_about_is_nobody() {
        let sender = MockApi::default().addr_make("sender");
        let caller = Caller {
            storage: &MockStorage::new(),
            api: &MockApi::default(),
            sender: &sender,
            now: 1,
        };
        for (who, about) in [
            (Who::Issuer, About::Nothing),
            (Who::CredentialIssuer, About::Role(Role::Clinician)),
            (Who::Patient, About::Team(1)),
            (Who::Guardian(Power::Revoke), About::Nothing),
            (Who::EmergencyResponder, About::Patient(1)),
            (Who::TeamAdmin, About::Patient(1)),
            (Who::ProposedTeamAdmin, About::Nothing),
            (Who::Invited, About::Patient(1)),
            (Who::Member, About::Nothing),
        ] {
            let nobody = Refusal::NoGround {
                who: sender.to_string(),
            };
            assert_eq!(caller.ensure(who, about), Err(nobody.into()), "{who:?}");
        }
    }
}
