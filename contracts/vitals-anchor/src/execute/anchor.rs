//! Batches of one patient become pointers, all or none.

use cosmwasm_std::{Binary, Event, Storage};
use vitals_api::anchor::record::{Batch, BatchKey, Content, Pointer};
use vitals_api::anchor::MAX_BATCHES;
use vitals_api::parse;
use vitals_api::registry::read::{key_for, pairing_of};
use vitals_api::registry::record::Device;
use vitals_api::store::Remote;
use vitals_core::measured::{Measured, SealedBatch, BATCH_SIMULATED};
use vitals_core::time::Millis;

use super::cached::Cached;
use super::devices::{self, Devices, OpenDevice};
use super::{checks, Call};
use crate::access::{self, Sealer};
use crate::error::ContractError;
use crate::state;

// not inlined: wasmvm allows no function of more than 100 locals
#[inline(never)]
pub fn anchor(
    storage: &mut dyn Storage,
    call: &Call<'_>,
    sealer: Sealer<'_>,
    batches: &[Binary],
) -> Result<Vec<Event>, ContractError> {
    parse::length("batches", batches.len(), 1, MAX_BATCHES)?;
    let mut message = Message::new(call, sealer);
    let mut devices = Devices::default();
    let mut events = Vec::with_capacity(batches.len());
    for bytes in batches {
        let sealed = SealedBatch::from_bytes(bytes)?;
        let device = devices.open(storage, &message.registry, sealed.measured.device)?;
        let (key, batch) = message.admit(device, &sealed)?;
        device.head.advance(&sealed.measured);
        state::save_batch(storage, &key, &batch)?;
        events.push(anchored(&sealed));
    }
    devices.save_heads(storage)?;
    Ok(events)
}

/// One message, with what was read for it.
struct Message<'a> {
    call: &'a Call<'a>,
    sealer: Sealer<'a>,
    consent: Cached<'a>,
    registry: Cached<'a>,
    /// Of the first batch; the others must be of the same.
    patient: Option<u64>,
}

impl<'a> Message<'a> {
    fn new(call: &'a Call<'a>, sealer: Sealer<'a>) -> Self {
        let querier = call.querier;
        let remote = |contract| Cached::new(Remote { querier, contract });
        Self {
            call,
            sealer,
            consent: remote(&call.config.consent),
            registry: remote(&call.config.registry),
            patient: None,
        }
    }

    /// The signature comes first: what it does not cover is not worth an answer. Whose the batch
    /// is comes from the pairing, never from the sender's word.
    fn admit(
        &mut self,
        device: &OpenDevice,
        sealed: &SealedBatch,
    ) -> Result<(BatchKey, Batch), ContractError> {
        let OpenDevice { record, head } = device;
        let SealedBatch { measured, seal, .. } = sealed;
        self.ensure_signed(record, sealed)?;
        checks::sequence(head, measured.device, measured.sequence)?;
        let pairing = pairing_of(&self.registry, measured.device, record, measured.pairing)?;
        self.ensure_same_patient(pairing.patient)?;
        let now = self.call.now.seconds();
        let patient = access::seal(&self.consent, self.sealer, pairing.patient, measured, now)?;

        let now_ms = self.call.now_ms();
        checks::category(record, measured)?;
        checks::usable(record, &pairing, measured)?;
        devices::ensure_not_after_last(&self.registry, record, measured.device, measured.sequence)?;
        checks::times(head, measured, now_ms)?;
        checks::seal(&patient, seal, measured.last_at())?;
        Ok((
            key_of(measured, pairing.patient),
            record_of(sealed, record, now_ms),
        ))
    }

    fn ensure_signed(&self, device: &Device, sealed: &SealedBatch) -> Result<(), ContractError> {
        let measured = &sealed.measured;
        let key = key_for(&self.registry, measured.device, device, measured.sequence)?;
        let digest = measured.digest(&self.call.config.deployment);
        let verifier = self.call.verifier();
        checks::signature(&verifier, measured.device, &key, &digest, &sealed.signature)
    }

    fn ensure_same_patient(&mut self, patient: u64) -> Result<(), ContractError> {
        let first = *self.patient.get_or_insert(patient);
        if first == patient {
            return Ok(());
        }
        Err(ContractError::TwoPatients {
            first,
            other: patient,
        })
    }
}

fn key_of(measured: &Measured, patient: u64) -> BatchKey {
    BatchKey {
        patient,
        category: measured.category,
        epoch: measured.epoch,
        device: measured.device,
        sequence: measured.sequence,
    }
}

fn record_of(sealed: &SealedBatch, device: &Device, now_ms: Millis) -> Batch {
    let SealedBatch { measured, seal, .. } = sealed;
    Batch {
        pairing: measured.pairing,
        measures: device.measures,
        count: measured.count,
        first_ms: measured.first_ms,
        last_ms: measured.last_ms,
        generation: seal.generation,
        assurance: device.assurance,
        // a calibration is one stretch of time: what holds at both ends holds between
        calibrated: device.was_calibrated_at(measured.first_at())
            && device.was_calibrated_at(measured.last_at()),
        simulated: measured.flags & BATCH_SIMULATED != 0,
        anchored_at_ms: now_ms,
        content: Content::Kept(Pointer {
            root: measured.root,
            private_root: measured.private_root,
            digest: seal.digest,
            length: seal.length,
        }),
    }
}

/// The digest is in base64, as in answers.
fn anchored(sealed: &SealedBatch) -> Event {
    Event::new("anchored")
        .add_attribute("device", sealed.measured.device.to_string())
        .add_attribute("sequence", sealed.measured.sequence.to_string())
        .add_attribute(
            "digest",
            Binary::new(sealed.seal.digest.to_vec()).to_base64(),
        )
}
