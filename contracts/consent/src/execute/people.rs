//! Patients and the recipients accounts publish.

use cosmwasm_std::{Env, Storage};
use sha2::{Digest, Sha256};
use vitals_api::consent::event::ConsentEvent;
use vitals_api::consent::record::Patient;
use vitals_core::recipient::check_recipient;

use super::{Call, Outcome};
use crate::error::ContractError;
use crate::state;

/// Open from enrolment; only what is measured under later ones needs a commitment.
const FIRST_GENERATION: u32 = 1;
const DRAW_DOMAIN: &[u8] = b"cw-vitals/v1/consent/patient-number";

pub fn enrol(storage: &mut dyn Storage, call: &Call) -> Outcome {
    let number = free_number(storage, call)?;
    let patient = Patient {
        controller: call.sender.into(),
        generation: FIRST_GENERATION,
        pending: false,
        raised_at_ms: 0,
        denials: 0,
        grants: 0,
        recovered_through: 0,
    };
    state::save_patient(storage, number, &patient)?;
    state::add_controlled(storage, call.sender, number)?;
    Ok(vec![ConsentEvent::Enrolled { patient: number }.into()])
}

/// Draws until a number is free; that a draw is taken has a chance of patients in 2^64.
fn free_number(storage: &mut dyn Storage, call: &Call) -> Result<u64, ContractError> {
    loop {
        let draw = state::next_draw(storage)?;
        let number = drawn_number(call.env, call.sender.as_str(), draw);
        if number != 0 && !state::is_patient(storage, number)? {
            return Ok(number);
        }
    }
}

/// A number that tells no order of enrolment. It is a name, not a secret: whoever enrols can
/// foresee it.
fn drawn_number(env: &Env, sender: &str, draw: u64) -> u64 {
    let index = env.transaction.as_ref().map_or(0, |tx| tx.index);
    let digest: [u8; 32] = Sha256::new()
        .chain_update(DRAW_DOMAIN)
        .chain_update(env.block.height.to_be_bytes())
        .chain_update(env.block.time.nanos().to_be_bytes())
        .chain_update(index.to_be_bytes())
        .chain_update(draw.to_be_bytes())
        // the only part without a fixed length comes last
        .chain_update(sender)
        .finalize()
        .into();
    let [a, b, c, d, e, f, g, h, ..] = digest;
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

pub fn set_recipient(storage: &mut dyn Storage, call: &Call, recipient: &str) -> Outcome {
    check_recipient(recipient)?;
    state::save_recipient(storage, call.sender, recipient)?;
    let account = call.sender.as_str();
    Ok(vec![ConsentEvent::RecipientSet { account }.into()])
}
