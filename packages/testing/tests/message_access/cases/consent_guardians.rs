//! Messages of consent about guardians, what they do together, and recovery.

use cosmwasm_std::Uint64;
use vitals_api::access::{Paused, Who};
use vitals_api::consent::recovery::Timing;
use vitals_api::consent::{ExecuteMsg, QueryMsg};
use vitals_core::decision::{Action, Power, Purpose};
use vitals_testing::access::{Actor, World};
use vitals_testing::suite::number;

use super::{Case, Sent};

const A_GRANT: &str = "a proposed grant";
const A_REVOCATION: &str = "a proposed revocation";
const PATIENT: Who = Who::Patient;
const GRANTS: Who = Who::Guardian(Power::Grant);
const REVOKES: Who = Who::Guardian(Power::Revoke);

pub const CASES: &[Case] = &[
    Case::new("appoint_guardian", appoint_guardian),
    Case::new("dismiss_guardian", dismiss_guardian),
    Case::new("set_quorum", set_quorum),
    Case::new("approve", approve_grant)
        .of(A_GRANT, &[GRANTS])
        .proposed(Paused::Stops),
    Case::new("approve", approve_revocation)
        .of(A_REVOCATION, &[REVOKES])
        .proposed(Paused::GoesOn),
    Case::new("cancel", cancel_grant).of("a grant that the guardian proposed", &[PATIENT, GRANTS]),
    Case::new("cancel", cancel_revocation).of(
        "a revocation that the guardian proposed",
        &[PATIENT, REVOKES],
    ),
    Case::new("cancel", |world, _| {
        let proposal = grant_proposed(world, SECOND);
        cancel(world, proposal)
    })
    .of("a grant that another guardian proposed", &[PATIENT]),
    Case::new("propose_recovery", propose_recovery),
    Case::new("approve_recovery", approve_recovery),
    Case::new("veto_recovery", veto_recovery),
    Case::new("cancel_recovery", cancel_recovery),
    Case::new("cancel_recovery", cancel_anothers_recovery)
        .of("a recovery that only another guardian voted for", &[]),
    Case::new("complete_recovery", complete_recovery),
];

/// Of `World::ask_for_two`.
const SECOND: &str = "second guardian";

fn appoint_guardian(world: &mut World, _: &Actor) -> Sent {
    Sent::new(&ExecuteMsg::AppointGuardian {
        patient: Uint64::new(world.patient),
        guardian: world.address("expired guardian").into(),
        powers: vec![Power::Read],
        until: world.suite.now_s() + 60,
    })
}

fn dismiss_guardian(world: &mut World, _: &Actor) -> Sent {
    Sent::new(&ExecuteMsg::DismissGuardian {
        patient: Uint64::new(world.patient),
        guardian: world.address("expired guardian").into(),
    })
}

fn set_quorum(world: &mut World, _: &Actor) -> Sent {
    Sent::new(&ExecuteMsg::SetQuorum {
        patient: Uint64::new(world.patient),
        power: Power::Grant,
        of: 1,
    })
}

fn grant_msg(world: &World) -> ExecuteMsg {
    let grantee = world.account("stranger");
    ExecuteMsg::Grant {
        patient: Uint64::new(world.patient),
        grant: world.grant_msg(grantee, Purpose::Family, Action::Read),
    }
}

fn revoke_msg(world: &World) -> ExecuteMsg {
    ExecuteMsg::Revoke {
        patient: Uint64::new(world.patient),
        grant: Uint64::new(world.grants["clinician"]),
    }
}

/// The number of what somebody proposes by sending it.
fn proposed(world: &mut World, by: &str, msg: &ExecuteMsg) -> Uint64 {
    let proposed = world.consent(by, msg);
    Uint64::new(number(&proposed.events, "proposed", "proposal"))
}

fn grant_proposed(world: &mut World, by: &str) -> Uint64 {
    world.ask_for_two(&[Power::Read, Power::Grant], Power::Grant);
    let msg = grant_msg(world);
    proposed(world, by, &msg)
}

fn revocation_proposed(world: &mut World, by: &str) -> Uint64 {
    world.ask_for_two(&[Power::Revoke], Power::Revoke);
    let msg = revoke_msg(world);
    proposed(world, by, &msg)
}

fn approve(world: &World, proposal: Uint64) -> Sent {
    let patient = Uint64::new(world.patient);
    Sent::new(&ExecuteMsg::Approve { patient, proposal })
}

fn cancel(world: &World, proposal: Uint64) -> Sent {
    let patient = Uint64::new(world.patient);
    Sent::new(&ExecuteMsg::Cancel { patient, proposal })
}

fn approve_grant(world: &mut World, _: &Actor) -> Sent {
    let proposal = grant_proposed(world, SECOND);
    approve(world, proposal)
}

fn approve_revocation(world: &mut World, _: &Actor) -> Sent {
    let proposal = revocation_proposed(world, SECOND);
    approve(world, proposal)
}

fn cancel_grant(world: &mut World, _: &Actor) -> Sent {
    let proposal = grant_proposed(world, "guardian to grant");
    cancel(world, proposal)
}

fn cancel_revocation(world: &mut World, _: &Actor) -> Sent {
    let proposal = revocation_proposed(world, "guardian to revoke");
    cancel(world, proposal)
}

fn recovery_to(world: &World, account: &str) -> ExecuteMsg {
    ExecuteMsg::ProposeRecovery {
        patient: Uint64::new(world.patient),
        account: world.address(account).into(),
    }
}

fn approval_of(world: &World, account: &str) -> ExecuteMsg {
    ExecuteMsg::ApproveRecovery {
        patient: Uint64::new(world.patient),
        account: world.address(account).into(),
    }
}

fn propose_recovery(world: &mut World, _: &Actor) -> Sent {
    Sent::new(&recovery_to(world, "stranger"))
}

/// Of the two guardians who can, the one that is not to be tried; a denial does not touch it.
fn another_recoverer(actor: &Actor) -> &'static str {
    match actor.name {
        "guardian to recover" => "denied guardian",
        _ => "guardian to recover",
    }
}

fn approve_recovery(world: &mut World, actor: &Actor) -> Sent {
    let propose = recovery_to(world, "stranger");
    world.consent(another_recoverer(actor), &propose);
    Sent::new(&approval_of(world, "stranger"))
}

fn veto_recovery(world: &mut World, _: &Actor) -> Sent {
    let propose = recovery_to(world, "stranger");
    world.consent("guardian to recover", &propose);
    let patient = Uint64::new(world.patient);
    Sent::new(&ExecuteMsg::VetoRecovery { patient })
}

/// Whoever is tried has voted, if it could.
fn cancel_recovery(world: &mut World, actor: &Actor) -> Sent {
    let propose = recovery_to(world, "stranger");
    let by = match actor.name {
        "denied guardian" => "denied guardian",
        _ => "guardian to recover",
    };
    world.consent(by, &propose);
    let patient = Uint64::new(world.patient);
    Sent::new(&ExecuteMsg::CancelRecovery { patient })
}

fn cancel_anothers_recovery(world: &mut World, actor: &Actor) -> Sent {
    let propose = recovery_to(world, "stranger");
    world.consent(another_recoverer(actor), &propose);
    let patient = Uint64::new(world.patient);
    Sent::new(&ExecuteMsg::CancelRecovery { patient })
}

fn complete_recovery(world: &mut World, _: &Actor) -> Sent {
    let propose = recovery_to(world, "stranger");
    world.consent("guardian to recover", &propose);
    let approve = approval_of(world, "stranger");
    world.consent("denied guardian", &approve);
    let timing: Timing = world
        .suite
        .query(&world.suite.at.consent, &QueryMsg::Timing {})
        .expect("consent says its delays");
    world.suite.advance(timing.recovery_delay_s);
    let patient = Uint64::new(world.patient);
    Sent::new(&ExecuteMsg::CompleteRecovery { patient })
}
