//! Messages of consent about emergencies, who is told of them, and receipts.

use cosmwasm_std::{Binary, Uint64};
use vitals_api::access::Who;
use vitals_api::consent::emergency::EmergencyPackageMsg;
use vitals_api::consent::receipt::LogMsg;
use vitals_api::consent::ExecuteMsg;
use vitals_core::decision::Power;
use vitals_core::receipt::proof::{Consistency, Head};
use vitals_core::time::Window;
use vitals_testing::access::{Actor, World};

use super::{Case, Sent};

pub const CASES: &[Case] = &[
    Case::new("set_custodians", |world, _| Sent::new(&custodians(world))),
    Case::new("put_emergency_packages", put_packages),
    Case::new("open_emergency", open),
    Case::new("open_emergency", open_denied).of("a patient who denies the responder", &[]),
    Case::new("end_emergency", |world, _| Sent::new(&end_msg(world))).of(
        "one that lasts",
        &[
            Who::EmergencyResponder,
            Who::Patient,
            Who::Guardian(Power::Revoke),
        ],
    ),
    Case::new("end_emergency", end_once_over).of("one that is over", &[Who::AnybodyOnceOver]),
    Case::new("review_emergency", review),
    Case::new("reinstate", reinstate),
    Case::new("add_hook", |world, _| Sent::new(&add_hook(world))),
    Case::new("remove_hook", remove_hook),
    Case::new("anchor_receipts", anchor_receipts),
];

fn custodians(world: &World) -> ExecuteMsg {
    ExecuteMsg::SetCustodians {
        patient: Uint64::new(world.patient),
        custodians: vec![world.address("custodian").into()],
        threshold: 1,
    }
}

fn put_packages(world: &mut World, _: &Actor) -> Sent {
    let set = custodians(world);
    world.consent("patient", &set);
    Sent::new(&ExecuteMsg::PutEmergencyPackages {
        patient: Uint64::new(world.patient),
        window: Window::one(world.suite.epoch()),
        packages: vec![EmergencyPackageMsg {
            custodian: world.address("custodian").into(),
            digest: Binary::new(vec![1; 32]),
        }],
    })
}

/// None lasts any more: it would keep its responder from opening another.
fn open(world: &mut World, _: &Actor) -> Sent {
    let end = end_msg(world);
    world.consent("patient", &end);
    Sent::new(&ExecuteMsg::OpenEmergency {
        patient: Uint64::new(world.patient),
        reason: Binary::new(vec![2; 32]),
        hours_back: 1,
        for_s: 60,
    })
}

fn open_denied(world: &mut World, actor: &Actor) -> Sent {
    for responder in ["responder", "responder in an emergency"] {
        let deny = ExecuteMsg::Deny {
            patient: Uint64::new(world.patient),
            whom: world.account(responder),
        };
        world.consent("patient", &deny);
    }
    open(world, actor)
}

fn end_msg(world: &World) -> ExecuteMsg {
    ExecuteMsg::EndEmergency {
        patient: Uint64::new(world.patient),
        emergency: Uint64::new(world.emergency),
    }
}

fn end_once_over(world: &mut World, _: &Actor) -> Sent {
    world.suite.advance(86_400);
    Sent::new(&end_msg(world))
}

fn review(world: &mut World, _: &Actor) -> Sent {
    Sent::new(&ExecuteMsg::ReviewEmergency {
        patient: Uint64::new(world.patient),
        emergency: Uint64::new(world.emergency),
        upheld: true,
    })
}

/// "former issuer" issued its credential.
fn reinstate(world: &mut World, _: &Actor) -> Sent {
    let responder = world.address("rejected responder").into();
    Sent::new(&ExecuteMsg::Reinstate { responder })
}

fn add_hook(world: &World) -> ExecuteMsg {
    let contract = world.suite.at.care.to_string();
    ExecuteMsg::AddHook { contract }
}

fn remove_hook(world: &mut World, _: &Actor) -> Sent {
    let add = add_hook(world);
    world.consent("owner", &add);
    let contract = world.suite.at.care.to_string();
    Sent::new(&ExecuteMsg::RemoveHook { contract })
}

fn anchor_receipts(world: &mut World, _: &Actor) -> Sent {
    let leaves = [[1; 32], [2; 32]];
    let head = Head::of(&leaves).expect("a log of two has a head");
    let proof = Consistency::build(&leaves, 0).expect("a log follows from nothing");
    Sent::new(&ExecuteMsg::AnchorReceipts {
        entries: vec![LogMsg {
            patient: Uint64::new(world.patient),
            count: head.count,
            root: Binary::new(head.root.to_vec()),
            proof: Binary::new(proof.to_bytes()),
        }],
    })
}
