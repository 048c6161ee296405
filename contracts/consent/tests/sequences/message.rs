//! A step as the message that is sent.

use cosmwasm_std::{Binary, Uint64};
use vitals_api::consent::emergency::EmergencyPackageMsg;
use vitals_api::consent::{ExecuteMsg, GrantMsg, PackageMsg, Party};
use vitals_core::time::Window;

use super::facts::{Given, Log, To, What, NAMES};
use super::grounds::epoch;
use crate::common::{commitment, package, Contract};

pub struct Written<'a> {
    pub contract: &'a Contract,
    pub log: &'a Log,
    pub patient: usize,
    pub number: Uint64,
}

impl Written<'_> {
    pub fn message(&self, what: &What) -> ExecuteMsg {
        use ExecuteMsg as Msg;
        let patient = self.number;
        match what.clone() {
            What::Grant(given) => Msg::Grant {
                patient,
                grant: self.grant(&given),
            },
            What::Revoke(id) => Msg::Revoke {
                patient,
                grant: Uint64::new(id),
            },
            What::PutPackages(ids) => Msg::PutPackages {
                patient,
                packages: ids.into_iter().map(package_of).collect(),
            },
            What::Deny(whom) => Msg::Deny {
                patient,
                whom: self.party(whom),
            },
            What::Allow(whom) => Msg::Allow {
                patient,
                whom: self.party(whom),
            },
            What::OpenGeneration(off) => {
                let generation = self.log.generation(self.patient) + 1 + off;
                Msg::OpenGeneration {
                    patient,
                    generation,
                    commitment: commitment(generation),
                }
            }
            What::Appoint { who, powers, for_s } => Msg::AppointGuardian {
                patient,
                guardian: self.account(who),
                powers,
                until: self.log.now + for_s,
            },
            What::Dismiss(who) => Msg::DismissGuardian {
                patient,
                guardian: self.account(who),
            },
            What::Quorum { power, of } => Msg::SetQuorum { patient, power, of },
            What::Approve(id) => Msg::Approve {
                patient,
                proposal: Uint64::new(id),
            },
            What::Cancel(id) => Msg::Cancel {
                patient,
                proposal: Uint64::new(id),
            },
            other => self.of_recovery_or_teams(other),
        }
    }

    fn of_recovery_or_teams(&self, what: What) -> ExecuteMsg {
        use ExecuteMsg as Msg;
        let (patient, account) = (self.number, |who| self.account(who));
        match what {
            What::ProposeRecovery(to) => Msg::ProposeRecovery {
                patient,
                account: account(to),
            },
            What::ApproveRecovery(to) => Msg::ApproveRecovery {
                patient,
                account: account(to),
            },
            What::Veto => Msg::VetoRecovery { patient },
            What::CancelRecovery => Msg::CancelRecovery { patient },
            What::Complete => Msg::CompleteRecovery { patient },
            What::Invite { team, who } => Msg::InviteMember {
                team: Uint64::new(team),
                account: account(who),
            },
            What::Join { team } => Msg::JoinTeam {
                team: Uint64::new(team),
            },
            What::Leave { team } => Msg::LeaveTeam {
                team: Uint64::new(team),
            },
            What::Remove { team, who } => Msg::RemoveMember {
                team: Uint64::new(team),
                account: account(who),
            },
            What::Issue { who, role, for_s } => Msg::IssueCredential {
                account: account(who),
                role,
                until: self.log.now + for_s,
            },
            What::Withdraw { who, role } => Msg::WithdrawCredential {
                account: account(who),
                role,
            },
            other => self.in_emergency(other),
        }
    }

    fn in_emergency(&self, what: What) -> ExecuteMsg {
        use ExecuteMsg as Msg;
        let (patient, account) = (self.number, |who| self.account(who));
        match what {
            What::Custodians { who, threshold } => Msg::SetCustodians {
                patient,
                custodians: who.into_iter().map(account).collect(),
                threshold,
            },
            What::EmergencyPackages { hours } => Msg::PutEmergencyPackages {
                patient,
                window: Window {
                    from: epoch(self.log.now) - 1,
                    to: epoch(self.log.now) + hours,
                },
                packages: self.shares(),
            },
            What::OpenEmergency { hours_back, for_s } => Msg::OpenEmergency {
                patient,
                reason: Binary::new(vec![1; 32]),
                hours_back,
                for_s,
            },
            What::End(id) => Msg::EndEmergency {
                patient,
                emergency: Uint64::new(id),
            },
            What::Review { id, upheld } => Msg::ReviewEmergency {
                patient,
                emergency: Uint64::new(id),
                upheld,
            },
            What::Reinstate(who) => Msg::Reinstate {
                responder: account(who),
            },
            followed => panic!("no message: {followed:?}"),
        }
    }

    fn account(&self, who: usize) -> String {
        self.contract.addr(NAMES[who]).into()
    }

    fn party(&self, whom: To) -> Party {
        match whom {
            To::Account(who) => self.contract.party(NAMES[who]),
            To::Team(team) => Party::Team(Uint64::new(team)),
        }
    }

    fn grant(&self, given: &Given) -> GrantMsg {
        let now = self.log.now;
        GrantMsg {
            grantee: self.party(given.to),
            purposes: vec![given.purpose],
            categories: vec![given.category],
            actions: given.actions.clone(),
            window: given.window(now),
            valid_from: Some(now + given.from_s),
            valid_until: now + given.valid_s,
            package: given.package.then(|| package(1)),
        }
    }

    /// One for each custodian.
    fn shares(&self) -> Vec<EmergencyPackageMsg> {
        let custodians = self.log.custodians(self.patient).into_iter();
        let share = |who| EmergencyPackageMsg {
            custodian: self.account(who),
            digest: Binary::new(vec![2; 32]),
        };
        custodians.map(share).collect()
    }
}

fn package_of(grant: u64) -> PackageMsg {
    PackageMsg {
        grant: Uint64::new(grant),
        package: package(2),
    }
}
