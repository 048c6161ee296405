//! Messages of consent about teams.

use cosmwasm_std::Uint64;
use vitals_api::consent::ExecuteMsg;
use vitals_testing::access::{Actor, World};

use super::{Case, Sent};

pub const CASES: &[Case] = &[
    Case::new("create_team", |_, _| Sent::new(&ExecuteMsg::CreateTeam {})),
    Case::new("invite_member", invite_member),
    Case::new("join_team", |world, _| {
        let team = Uint64::new(world.team);
        Sent::new(&ExecuteMsg::JoinTeam { team })
    }),
    Case::new("leave_team", |world, _| {
        let team = Uint64::new(world.team);
        Sent::new(&ExecuteMsg::LeaveTeam { team })
    }),
    Case::new("remove_member", remove_member),
    Case::new("propose_team_admin", propose_team_admin),
    Case::new("accept_team_admin", |world, _| {
        let team = Uint64::new(world.team);
        Sent::new(&ExecuteMsg::AcceptTeamAdmin { team })
    }),
];

fn invite_member(world: &mut World, _: &Actor) -> Sent {
    Sent::new(&ExecuteMsg::InviteMember {
        team: Uint64::new(world.team),
        account: world.address("stranger").into(),
    })
}

fn remove_member(world: &mut World, _: &Actor) -> Sent {
    Sent::new(&ExecuteMsg::RemoveMember {
        team: Uint64::new(world.team),
        account: world.address("member").into(),
    })
}

fn propose_team_admin(world: &mut World, _: &Actor) -> Sent {
    Sent::new(&ExecuteMsg::ProposeTeamAdmin {
        team: Uint64::new(world.team),
        admin: world.address("stranger").into(),
    })
}
