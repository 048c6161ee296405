//! Batches of one patient become pointers, all or none.

use cosmwasm_std::{Api, Binary, Event, QuerierWrapper, Storage, Timestamp};
use vitals_api::anchor::record::{Batch, BatchKey};
use vitals_api::anchor::MAX_BATCHES;
use vitals_api::consent::read::authorize;
use vitals_api::consent::record::Patient;
use vitals_api::parse;
use vitals_api::registry::record::{Device, Pairing};
use vitals_api::store::Remote;
use vitals_api::verify::ChainVerifier;
use vitals_core::decision::{Action, GroundRef, Purpose, Request};
use vitals_core::measured::{Measured, SealedBatch, BATCH_SIMULATED};
use vitals_core::time::{Millis, Window};

use super::cached::Cached;
use super::checks;
use super::devices::{self, Devices, OpenDevice};
use crate::error::ContractError;
use crate::record::Config;
use crate::state;
use vitals_api::block::millis;

/// Who sends, and what that rests on.
#[derive(Clone, Copy)]
pub struct Sender<'a> {
    pub account: &'a str,
    pub ground: GroundRef,
}

pub fn anchor(
    storage: &mut dyn Storage,
    api: &dyn Api,
    querier: QuerierWrapper<'_>,
    now: Timestamp,
    sender: Sender<'_>,
    batches: &[Binary],
) -> Result<Vec<Event>, ContractError> {
    parse::length("batches", batches.len(), 1, MAX_BATCHES)?;
    let config = state::config(storage)?;
    let mut message = Message::new(&config, api, querier, now, sender);
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
    config: &'a Config,
    verifier: ChainVerifier<'a>,
    consent: Cached<'a>,
    registry: Cached<'a>,
    now: Timestamp,
    sender: Sender<'a>,
    /// Of the first batch; the others must be of the same.
    patient: Option<u64>,
}

impl<'a> Message<'a> {
    fn new(
        config: &'a Config,
        api: &'a dyn Api,
        querier: QuerierWrapper<'a>,
        now: Timestamp,
        sender: Sender<'a>,
    ) -> Self {
        let remote = |contract| Cached::new(Remote { querier, contract });
        Self {
            config,
            verifier: ChainVerifier(api),
            consent: remote(&config.consent),
            registry: remote(&config.registry),
            now,
            sender,
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
        let measured = &sealed.measured;
        self.ensure_signed(record, sealed)?;
        checks::sequence(head, measured.device, measured.sequence)?;
        let pairing = devices::pairing(&self.registry, measured.device, record, measured.pairing)?;
        self.ensure_same_patient(pairing.patient)?;
        let patient = self.authorize(pairing.patient, measured)?;

        let now_ms = millis(self.now);
        checks::device(record, &pairing, measured)?;
        checks::times(head, measured, now_ms)?;
        checks::seal(&patient, &sealed.seal, measured.last_at())?;
        let batch = record_of(sealed, record, &pairing, now_ms);
        Ok((key_of(measured, pairing.patient), batch))
    }

    fn ensure_signed(&self, device: &Device, sealed: &SealedBatch) -> Result<(), ContractError> {
        let digest = sealed.measured.digest(&self.config.deployment);
        checks::signature(
            &self.verifier,
            sealed.measured.device,
            &device.key,
            &digest,
            &sealed.signature,
        )
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

    fn authorize(&self, patient: u64, measured: &Measured) -> Result<Patient, ContractError> {
        let request = Request {
            patient,
            who: self.sender.account,
            purpose: Purpose::Treatment,
            category: measured.category,
            action: Action::Seal,
            window: Window::one(measured.epoch),
        };
        let (_, patient) = authorize(
            &self.consent,
            &request,
            self.sender.ground,
            self.now.seconds(),
        )?;
        Ok(patient)
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

fn record_of(sealed: &SealedBatch, device: &Device, pairing: &Pairing, now_ms: Millis) -> Batch {
    let SealedBatch { measured, seal, .. } = sealed;
    Batch {
        pairing: measured.pairing,
        root: measured.root,
        private_root: measured.private_root,
        digest: seal.digest,
        length: seal.length,
        count: measured.count,
        first_ms: measured.first_ms,
        last_ms: measured.last_ms,
        generation: seal.generation,
        assurance: device.assurance,
        calibrated: device.was_calibrated_at(measured.last_at()),
        simulated: measured.flags & BATCH_SIMULATED != 0,
        paired_from_ms: pairing.from_ms,
        anchored_at_ms: now_ms,
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
