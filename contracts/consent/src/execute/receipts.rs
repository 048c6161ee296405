//! Receipts: vaults anchor the heads of their logs, which only grow.

use cosmwasm_std::{Event, Storage};
use vitals_api::consent::event::EmergencyEvent;
use vitals_api::consent::receipt::{LogMsg, MAX_ANCHORED};
use vitals_api::consent::record::Anchored;
use vitals_api::parse;
use vitals_core::receipt::proof::{Consistency, Head, MAX_PROOF_BYTES};

use super::{Call, Outcome};
use crate::error::ContractError;
use crate::state;

const NOTHING: Head = Head {
    count: 0,
    root: [0; 32],
};

pub fn anchor(storage: &mut dyn Storage, call: &Call, entries: &[LogMsg]) -> Outcome {
    parse::length("entries", entries.len(), 1, MAX_ANCHORED)?;
    entries
        .iter()
        .map(|entry| anchor_one(storage, call, entry))
        .collect()
}

fn anchor_one(
    storage: &mut dyn Storage,
    call: &Call,
    entry: &LogMsg,
) -> Result<Event, ContractError> {
    let patient = entry.patient.u64();
    let root = parse::bytes("root", &entry.root)?;
    parse::length("proof", entry.proof.len(), 1, MAX_PROOF_BYTES)?;
    let proof = Consistency::from_bytes(&entry.proof)?;
    state::patient(storage, patient)?;
    let last = state::anchored(storage, patient, call.sender)?;
    let head = Head {
        count: entry.count,
        root,
    };
    proof.verify(&last.map_or(NOTHING, |anchored| anchored.head), &head)?;
    let anchored = Anchored {
        head,
        at: call.now(),
    };
    state::save_anchored(storage, patient, call.sender, &anchored)?;
    let event = EmergencyEvent::ReceiptsAnchored {
        patient,
        vault: call.sender.as_str(),
        count: entry.count,
        root,
    };
    Ok(event.into())
}
