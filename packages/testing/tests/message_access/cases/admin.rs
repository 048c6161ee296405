//! Housekeeping, which all contracts share.

use serde::Serialize;
use vitals_api::admin::AdminMsg;
use vitals_testing::access::{Actor, World};

use super::{Case, Sent};

pub const CASES: &[Case] = &[
    Case::new("admin.propose_owner", propose_owner),
    Case::new("admin.accept_owner", |_, _| sent(AdminMsg::AcceptOwner {})),
    Case::new("admin.pause", |_, _| sent(AdminMsg::Pause {})),
    Case::new("admin.resume", |_, _| sent(AdminMsg::Resume {})),
];

/// Any contract's.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Msg {
    Admin(AdminMsg),
}

pub fn sent(msg: AdminMsg) -> Sent {
    Sent::new(&Msg::Admin(msg))
}

fn propose_owner(world: &mut World, _: &Actor) -> Sent {
    let owner = world.address("stranger").into();
    sent(AdminMsg::ProposeOwner { owner })
}
