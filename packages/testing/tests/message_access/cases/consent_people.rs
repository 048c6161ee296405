//! Messages of consent by which people become somebody.

use vitals_api::consent::ExecuteMsg;
use vitals_core::decision::Role;
use vitals_testing::access::{Actor, World};

use super::{Case, Sent};

pub const CASES: &[Case] = &[
    Case::new("enrol", |_, _| Sent::new(&ExecuteMsg::Enrol {})),
    Case::new("set_recipient", set_recipient),
    Case::new("admit_issuer", admit_issuer),
    Case::new("remove_issuer", remove_issuer),
    Case::new("issue_credential", issue_credential),
    Case::new("withdraw_credential", withdraw_credential),
];

fn set_recipient(_: &mut World, _: &Actor) -> Sent {
    let recipient = "age1fwyw88q777hp35330pg495ay40yx3c0g5kn2e3gpfqhz0eufjqjsy8gnsx".into();
    Sent::new(&ExecuteMsg::SetRecipient { recipient })
}

fn admit_issuer(world: &mut World, _: &Actor) -> Sent {
    Sent::new(&ExecuteMsg::AdmitIssuer {
        issuer: world.address("stranger").into(),
        roles: vec![Role::Clinician],
    })
}

fn remove_issuer(world: &mut World, _: &Actor) -> Sent {
    let issuer = world.address("issuer").into();
    Sent::new(&ExecuteMsg::RemoveIssuer { issuer })
}

fn issue_credential(world: &mut World, _: &Actor) -> Sent {
    Sent::new(&ExecuteMsg::IssueCredential {
        account: world.address("stranger").into(),
        role: Role::Clinician,
        until: world.suite.now_s() + 60,
    })
}

/// One that "former issuer" issued.
fn withdraw_credential(world: &mut World, _: &Actor) -> Sent {
    Sent::new(&ExecuteMsg::WithdrawCredential {
        account: world.address("stranger").into(),
        role: Role::VerifiedPerson,
    })
}
