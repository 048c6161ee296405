//! Teams, and the messages about them.

use cosmwasm_std::Uint64;
use vitals_api::consent::ExecuteMsg;

use super::{attribute, Contract};

impl Contract {
    /// A team of these members; its number.
    pub fn team(&mut self, admin: &str, members: &[&str]) -> u64 {
        let events = self.act(admin, ExecuteMsg::CreateTeam {}).unwrap();
        let team = attribute(&events, "team_created", "team").parse().unwrap();
        for member in members {
            let invite = invite_msg(self, team, member);
            self.act(admin, invite).unwrap();
            self.act(member, join_msg(team)).unwrap();
        }
        team
    }
}

pub fn invite_msg(contract: &Contract, team: u64, account: &str) -> ExecuteMsg {
    ExecuteMsg::InviteMember {
        team: Uint64::new(team),
        account: contract.addr(account).into(),
    }
}

pub fn join_msg(team: u64) -> ExecuteMsg {
    ExecuteMsg::JoinTeam {
        team: Uint64::new(team),
    }
}

pub fn leave_msg(team: u64) -> ExecuteMsg {
    ExecuteMsg::LeaveTeam {
        team: Uint64::new(team),
    }
}

pub fn propose_msg(team: u64, admin: String) -> ExecuteMsg {
    ExecuteMsg::ProposeTeamAdmin {
        team: Uint64::new(team),
        admin,
    }
}
