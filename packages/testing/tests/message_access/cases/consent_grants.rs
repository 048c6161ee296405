//! Messages of consent about grants, denials and generations.

use cosmwasm_std::{Binary, Uint64};
use vitals_api::consent::{ExecuteMsg, PackageMsg, PackageRef};
use vitals_core::decision::{Action, Purpose};
use vitals_testing::access::{Actor, World};

use super::{Case, Sent};

pub const CASES: &[Case] = &[
    Case::new("grant", grant),
    Case::new("put_packages", put_packages),
    Case::new("revoke", revoke),
    Case::new("deny", deny),
    Case::new("allow", allow),
    Case::new("open_generation", open_generation),
];

fn grant(world: &mut World, _: &Actor) -> Sent {
    let grantee = world.account("stranger");
    Sent::new(&ExecuteMsg::Grant {
        patient: Uint64::new(world.patient),
        grant: world.grant_msg(grantee, Purpose::Family, Action::Read),
    })
}

fn put_packages(world: &mut World, _: &Actor) -> Sent {
    let package = PackageRef {
        digest: Binary::new(vec![1; 32]),
        recipient_hash: Binary::new(vec![2; 32]),
    };
    Sent::new(&ExecuteMsg::PutPackages {
        patient: Uint64::new(world.patient),
        packages: vec![PackageMsg {
            grant: Uint64::new(world.grants["clinician"]),
            package,
        }],
    })
}

fn revoke(world: &mut World, _: &Actor) -> Sent {
    Sent::new(&ExecuteMsg::Revoke {
        patient: Uint64::new(world.patient),
        grant: Uint64::new(world.grants["clinician"]),
    })
}

fn deny(world: &mut World, _: &Actor) -> Sent {
    Sent::new(&ExecuteMsg::Deny {
        patient: Uint64::new(world.patient),
        whom: world.account("stranger"),
    })
}

fn allow(world: &mut World, _: &Actor) -> Sent {
    Sent::new(&ExecuteMsg::Allow {
        patient: Uint64::new(world.patient),
        whom: world.account("denied sealer"),
    })
}

/// The one that a revocation left pending.
fn open_generation(world: &mut World, _: &Actor) -> Sent {
    world.revoke("clinician");
    Sent::new(&ExecuteMsg::OpenGeneration {
        patient: Uint64::new(world.patient),
        generation: world.generation + 1,
        commitment: Binary::new(vec![9; 32]),
    })
}
