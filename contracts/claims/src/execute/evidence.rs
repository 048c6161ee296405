//! Evidence: from batches and proofs to readings that the chain knows were measured. Claims and
//! rewards are shown the same way.

use std::collections::btree_map::{BTreeMap, Entry};

use cosmwasm_std::{Addr, Binary, Deps};
use vitals_api::anchor::record::{Batch, BatchKey, BATCHES};
use vitals_api::claims::{EvidenceMsg, MAX_EVIDENCE, MAX_PROOF_BYTES};
use vitals_api::consent::read::decide_for;
use vitals_api::consent::record::PATIENTS;
use vitals_api::registry::read::{pairing_of, recall_of};
use vitals_api::registry::record::{Device, Pairing, DEVICES};
use vitals_api::registry::Unusable;
use vitals_api::store::{Key, Remote};
use vitals_api::{parse, ApiError};
use vitals_core::decision::{Action, GroundRef, Purpose, Request, Seconds};
use vitals_core::insurance::to_ms;
use vitals_core::measure::Category;
use vitals_core::proof::{Multiproof, ProvenReading};
use vitals_core::rule::Evidence;
use vitals_core::time::{Millis, Window};

use crate::error::ContractError;
use crate::state;

/// Who wants to show something of a patient, and on what ground.
pub(super) struct Claimant<'a> {
    pub account: &'a Addr,
    pub patient: u64,
    pub ground: GroundRef,
}

impl Claimant<'_> {
    /// Claiming takes a ground for each category, over all its epochs at once.
    pub fn ensure_may_disclose(
        &self,
        consent: &Remote<'_>,
        parts: &[(Category, Window)],
        now: Seconds,
    ) -> Result<(), ContractError> {
        let patient = PATIENTS.load(consent, &self.patient)?;
        for &(category, window) in parts {
            let request = Request {
                patient: self.patient,
                who: self.account.as_str(),
                purpose: Purpose::Payment,
                category,
                action: Action::Disclose,
                window,
            };
            decide_for(consent, &request, &patient, self.ground, now)?;
        }
        Ok(())
    }
}

/// What evidence must be, whatever it is to show.
pub(super) struct Wanted<'a> {
    pub bound_at: Seconds,
    /// Device models that count; any where there is none.
    pub models: &'a [u32],
    /// Readings at the most.
    pub most: usize,
}

/// Every reading shown, with what the chain knows of its batch.
pub(super) fn show(
    deps: Deps<'_>,
    claimant: &Claimant<'_>,
    wanted: &Wanted<'_>,
    evidence: &[EvidenceMsg],
    now: Seconds,
) -> Result<Vec<Evidence>, ContractError> {
    let exhibits = parse_all(evidence, claimant.patient)?;
    let config = state::config(deps.storage)?;
    claimant.ensure_may_disclose(&config.consent(deps.querier), &disclosed(&exhibits), now)?;
    let mut records = Records {
        anchor: config.anchor(deps.querier),
        registry: config.registry(deps.querier),
        devices: BTreeMap::new(),
    };
    let mut shown = Vec::new();
    for exhibit in &exhibits {
        records.open(exhibit, wanted, &mut shown)?;
    }
    Ok(shown)
}

/// One batch and the proof of some of its readings.
struct Exhibit<'a> {
    batch: BatchKey,
    proof: &'a Binary,
}

/// One or more, of this patient, no batch twice.
fn parse_all(evidence: &[EvidenceMsg], holder: u64) -> Result<Vec<Exhibit<'_>>, ContractError> {
    parse::length("evidence", evidence.len(), 1, MAX_EVIDENCE)?;
    let mut exhibits: Vec<Exhibit<'_>> = Vec::with_capacity(evidence.len());
    for item in evidence {
        let exhibit = Exhibit::parse(item, holder)?;
        if exhibits.iter().any(|other| other.batch == exhibit.batch) {
            return Err(ContractError::Api(ApiError::Duplicate {
                field: "evidence",
                value: exhibit.batch.shown(),
            }));
        }
        exhibits.push(exhibit);
    }
    Ok(exhibits)
}

impl<'a> Exhibit<'a> {
    fn parse(item: &'a EvidenceMsg, holder: u64) -> Result<Self, ContractError> {
        let batch = BatchKey::from(&item.batch);
        if batch.patient != holder {
            return Err(ContractError::AnotherPatientsBatch {
                got: batch.patient,
                holder,
            });
        }
        parse::length("proof", item.proof.len(), 1, MAX_PROOF_BYTES)?;
        Ok(Self {
            batch,
            proof: &item.proof,
        })
    }

    fn readings(&self, anchored: &Batch) -> Result<Vec<ProvenReading>, ContractError> {
        let pointer = anchored.pointer()?;
        let proof = Multiproof::from_bytes(self.proof)?;
        Ok(proof.verify(&pointer.root, anchored.count)?)
    }
}

/// Per category, from the first to the last epoch shown.
fn disclosed(exhibits: &[Exhibit<'_>]) -> Vec<(Category, Window)> {
    Category::ALL
        .into_iter()
        .filter_map(|category| Some((category, epochs_of(exhibits, category)?)))
        .collect()
}

fn epochs_of(exhibits: &[Exhibit<'_>], category: Category) -> Option<Window> {
    let epochs = || {
        exhibits
            .iter()
            .filter(|e| e.batch.category == category)
            .map(|e| e.batch.epoch)
    };
    Some(Window {
        from: epochs().min()?,
        to: Window::one(epochs().max()?).to,
    })
}

/// Where batches and devices are looked up; a device that measured several batches once.
struct Records<'a> {
    anchor: Remote<'a>,
    registry: Remote<'a>,
    devices: BTreeMap<u64, Known>,
}

struct Known {
    device: Device,
    /// Since when its firmware is recalled, whether or not the device was marked for it.
    recalled_from_ms: Option<Millis>,
}

impl Records<'_> {
    /// Adds an exhibit's readings, under the root its device signed, to those shown.
    fn open(
        &mut self,
        exhibit: &Exhibit<'_>,
        wanted: &Wanted<'_>,
        shown: &mut Vec<Evidence>,
    ) -> Result<(), ContractError> {
        let anchored = BATCHES.load(&self.anchor, &exhibit.batch)?;
        ensure_anchored_since(&anchored, wanted.bound_at)?;
        let number = exhibit.batch.device;
        let registry = self.registry;
        let known = self.device(number)?;
        ensure_listed(number, known.device.model, wanted.models)?;
        // it may have ended after the batch was anchored, for the same reason
        let pairing = pairing_of(&registry, number, &known.device, anchored.pairing)?;
        let readings = exhibit.readings(&anchored)?;
        let got = readings.len().saturating_add(shown.len());
        if got > wanted.most {
            let most = wanted.most;
            return Err(ContractError::TooManyReadings { most, got });
        }
        for proven in &readings {
            let at_ms = proven.reading.at_ms(exhibit.batch.epoch);
            anchored.ensure_covers(exhibit.batch.category, &proven.reading)?;
            ensure_usable(number, known, &pairing, at_ms)?;
            ensure_paired(number, pairing.to_ms, at_ms)?;
            shown.push(evidence_of(proven, at_ms, &anchored, &pairing));
        }
        Ok(())
    }

    fn device(&mut self, number: u64) -> Result<&Known, ContractError> {
        let slot = match self.devices.entry(number) {
            Entry::Occupied(known) => return Ok(known.into_mut()),
            Entry::Vacant(slot) => slot,
        };
        let device = DEVICES.load(&self.registry, &number)?;
        let recall = recall_of(&self.registry, &device)?;
        Ok(slot.insert(Known {
            recalled_from_ms: recall.map(|recall| recall.at_ms),
            device,
        }))
    }
}

fn evidence_of(
    proven: &ProvenReading,
    at_ms: Millis,
    anchored: &Batch,
    pairing: &Pairing,
) -> Evidence {
    Evidence {
        reading: proven.reading,
        at_ms,
        anchored_at_ms: anchored.anchored_at_ms,
        assurance: anchored.assurance,
        paired_from_ms: pairing.from_ms,
        calibrated: anchored.calibrated,
        simulated: anchored.simulated,
    }
}

/// A device's clock may run ahead, so that what was on the chain before a policy was bound, in its
/// block even, could be dated after it: whoever bound it knew.
fn ensure_anchored_since(anchored: &Batch, bound_at: Seconds) -> Result<(), ContractError> {
    let bound_at_ms = to_ms(bound_at);
    if anchored.anchored_at_ms > bound_at_ms {
        return Ok(());
    }
    Err(ContractError::AnchoredBeforePolicy {
        anchored_at_ms: anchored.anchored_at_ms,
        bound_at_ms,
    })
}

fn ensure_listed(device: u64, model: u32, models: &[u32]) -> Result<(), ContractError> {
    if models.is_empty() || models.contains(&model) {
        return Ok(());
    }
    Err(ContractError::ModelNotListed { device, model })
}

fn ensure_paired(
    device: u64,
    unpaired_ms: Option<Millis>,
    at_ms: Millis,
) -> Result<(), ContractError> {
    match unpaired_ms {
        Some(unpaired_ms) if at_ms >= unpaired_ms => Err(ContractError::Unpaired {
            device,
            unpaired_ms,
            at_ms,
        }),
        _ => Ok(()),
    }
}

/// What was reported or recalled since the batch was anchored counts too.
fn ensure_usable(
    device: u64,
    known: &Known,
    pairing: &Pairing,
    at_ms: Millis,
) -> Result<(), ContractError> {
    let recalled = known.recalled_from_ms.filter(|from_ms| at_ms >= *from_ms);
    let unusable = known.device.unusable_in(pairing, at_ms, at_ms);
    match unusable.or(recalled.map(|from_ms| Unusable::Recalled { from_ms })) {
        None => Ok(()),
        Some(Unusable::Lost { from_ms }) => Err(ContractError::DeviceLost {
            device,
            lost_from_ms: from_ms,
            at_ms,
        }),
        Some(why) => Err(ContractError::DeviceUnusable { device, at_ms, why }),
    }
}
