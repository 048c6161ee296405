//! Messages of vitals-anchor.

use cosmwasm_std::{Binary, Uint64};
use vitals_api::anchor::ExecuteMsg;
use vitals_core::key::Signer;
use vitals_core::measure::{Category, Measure};
use vitals_core::measured::{GapNotice, GapReason};
use vitals_core::time::Window;
use vitals_testing::access::{Actor, World};

use super::{Case, Sent};

pub const CASES: &[Case] = &[
    Case::new("anchor", anchor),
    Case::new("note_gap", note_gap),
    Case::new("shred", shred),
];

fn anchor(world: &mut World, actor: &Actor) -> Sent {
    let mut device = world.device(world.devices.paired);
    let from = world.suite.now_ms() - 10_000;
    let mut batch = device.measure(Measure::HeartRate, from, &[800; 3]);
    batch.sealed.seal.generation = world.generation;
    Sent::new(&ExecuteMsg::Anchor {
        ground: world.ground(actor),
        batches: vec![batch.to_binary()],
    })
}

fn note_gap(world: &mut World, _: &Actor) -> Sent {
    let device = world.device(world.devices.paired);
    let notice = GapNotice {
        device: device.device,
        pairing: device.pairing,
        from: device.sequence + 1,
        next: device.sequence + 3,
        last_at: world.suite.now_ms() - 1_000,
        reason: GapReason::PowerLost,
    };
    let signature = device.signer.sign(&notice.digest(&device.deployment));
    Sent::new(&ExecuteMsg::NoteGap {
        notice: Binary::new(notice.to_bytes()),
        signature: Binary::new(signature.to_vec()),
    })
}

fn shred(world: &mut World, _: &Actor) -> Sent {
    let epoch = world.episode.measured().epoch;
    Sent::new(&ExecuteMsg::Shred {
        patient: Uint64::new(world.patient),
        categories: vec![Category::Cardiac],
        window: Window::one(epoch),
        start_after: None,
    })
}
