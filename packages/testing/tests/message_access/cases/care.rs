//! Messages of care.

use cosmwasm_std::{Binary, Uint64};
use vitals_api::access::Who;
use vitals_api::care::{AdherenceMsg, ExecuteMsg};
use vitals_api::consent::hook::ConsentHookMsg;
use vitals_core::time::Window;
use vitals_testing::access::{Actor, World, WITHIN_S};

use super::{Case, Sent};

pub const CASES: &[Case] = &[
    Case::new("set_ladder", |world, _| Sent::new(&world.ladder_msg())),
    Case::new("raise_alert", raise_alert),
    Case::new("acknowledge", acknowledge),
    Case::new("resolve", resolve),
    Case::new("resolve", resolve_without_ground).of(
        "an alert whose acknowledger the patient took the grant from",
        &[Who::Patient],
    ),
    Case::new("escalate", escalate),
    Case::new("consent_hook", consent_hook),
    Case::new("write_plan", write_plan),
    Case::new("acknowledge_plan", acknowledge_plan),
    Case::new("withdraw_plan", |world, _| withdraw_plan(world, 2)),
    Case::new("withdraw_plan", |world, _| withdraw_plan(world, 1))
        .of("a plan whose author the patient denies", &[Who::Patient]),
    Case::new("record_adherence", record_adherence),
];

fn raise_alert(world: &mut World, actor: &Actor) -> Sent {
    Sent::new(&world.alert_msg(world.ground(actor)))
}

fn acknowledge(world: &mut World, actor: &Actor) -> Sent {
    let alert = Uint64::new(world.raise_alert());
    let ground = world.ground(actor);
    Sent::new(&ExecuteMsg::Acknowledge { alert, ground })
}

fn resolve(world: &mut World, _: &Actor) -> Sent {
    let alert = Uint64::new(world.acknowledged_alert("acknowledger"));
    Sent::new(&ExecuteMsg::Resolve { alert })
}

fn resolve_without_ground(world: &mut World, actor: &Actor) -> Sent {
    let sent = resolve(world, actor);
    world.revoke("acknowledger");
    sent
}

fn escalate(world: &mut World, _: &Actor) -> Sent {
    let alert = Uint64::new(world.raise_alert());
    world.suite.advance(WITHIN_S.into());
    Sent::new(&ExecuteMsg::Escalate { alert })
}

fn consent_hook(world: &mut World, _: &Actor) -> Sent {
    let told = ConsentHookMsg::EmergencyOpened {
        patient: Uint64::new(world.patient),
        emergency: Uint64::new(world.emergency),
        responder: world.address("responder in an emergency").into(),
        until: world.suite.now_s() + 60,
    };
    Sent::new(&ExecuteMsg::ConsentHook(told))
}

fn write_plan(world: &mut World, actor: &Actor) -> Sent {
    Sent::new(&world.plan_msg(world.ground(actor), 2))
}

fn acknowledge_plan(world: &mut World, _: &Actor) -> Sent {
    let version = world.write_plan("plan writer", 2);
    let patient = Uint64::new(world.patient);
    Sent::new(&ExecuteMsg::AcknowledgePlan { patient, version })
}

/// Version 1 is of "denied author", 2 of "plan author".
fn withdraw_plan(world: &World, version: u32) -> Sent {
    let patient = Uint64::new(world.patient);
    Sent::new(&ExecuteMsg::WithdrawPlan { patient, version })
}

fn record_adherence(world: &mut World, actor: &Actor) -> Sent {
    let last = world.suite.epoch() - 1;
    Sent::new(&ExecuteMsg::RecordAdherence {
        patient: Uint64::new(world.patient),
        ground: world.ground(actor),
        report: AdherenceMsg {
            plan: 2,
            period: Window::one(last),
            digest: Binary::new(vec![3; 32]),
        },
    })
}
