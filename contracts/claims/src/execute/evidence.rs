//! Evidence: from batches and proofs to readings that the chain knows were measured.

use cosmwasm_std::{Addr, Binary};
use vitals_api::anchor::record::{Batch, BatchKey, BATCHES};
use vitals_api::claims::{EvidenceMsg, MAX_EVIDENCE, MAX_PROOF_BYTES};
use vitals_api::consent::read::decide_for;
use vitals_api::consent::record::PATIENTS;
use vitals_api::registry::read::pairing_of;
use vitals_api::registry::record::{Device, Pairing, DEVICES};
use vitals_api::store::{Key, Remote};
use vitals_api::{parse, ApiError};
use vitals_core::decision::{Action, GroundRef, Purpose, Request, Seconds};
use vitals_core::measure::Category;
use vitals_core::proof::{Multiproof, ProvenReading};
use vitals_core::rule::{Evidence, Rule, MAX_READINGS};
use vitals_core::time::{Millis, Window};

use crate::error::ContractError;

/// One batch and the proof of some of its readings.
pub struct Exhibit<'a> {
    pub batch: BatchKey,
    pub proof: &'a Binary,
}

impl<'a> Exhibit<'a> {
    /// One or more, of this patient, no batch twice.
    pub fn parse_all(evidence: &'a [EvidenceMsg], holder: u64) -> Result<Vec<Self>, ContractError> {
        parse::length("evidence", evidence.len(), 1, MAX_EVIDENCE)?;
        let mut exhibits: Vec<Self> = Vec::with_capacity(evidence.len());
        for item in evidence {
            let exhibit = Self::parse(item, holder)?;
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

/// Publishing readings takes a ground for each category, over all its epochs at once.
pub fn ensure_may_disclose(
    consent: &Remote<'_>,
    exhibits: &[Exhibit<'_>],
    claimant: &Addr,
    ground: GroundRef,
    now: Seconds,
) -> Result<(), ContractError> {
    let Some(first) = exhibits.first() else {
        return Ok(());
    };
    let patient = PATIENTS.load(consent, &first.batch.patient)?;
    for (category, window) in disclosed(exhibits) {
        let request = Request {
            patient: first.batch.patient,
            who: claimant.as_str(),
            purpose: Purpose::Payment,
            category,
            action: Action::Disclose,
            window,
        };
        decide_for(consent, &request, &patient, ground, now)?;
    }
    Ok(())
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

/// Every reading shown, under the root its device signed, with what the chain knows of its batch.
pub fn open_all(
    anchor: &Remote<'_>,
    registry: &Remote<'_>,
    exhibits: &[Exhibit<'_>],
    rule: &Rule,
    bound_at: Seconds,
) -> Result<Vec<Evidence>, ContractError> {
    let most = rule
        .conditions
        .len()
        .saturating_mul(usize::from(MAX_READINGS));
    let mut shown = Vec::new();
    for exhibit in exhibits {
        let anchored = BATCHES.load(anchor, &exhibit.batch)?;
        ensure_anchored_since(&anchored, bound_at)?;
        let device = DEVICES.load(registry, &exhibit.batch.device)?;
        // it may have ended after the batch was anchored, for the same reason
        let pairing = pairing_of(registry, exhibit.batch.device, &device, anchored.pairing)?;
        let readings = exhibit.readings(&anchored)?;
        let got = readings.len().saturating_add(shown.len());
        if got > most {
            return Err(ContractError::TooManyReadings { most, got });
        }
        for proven in &readings {
            let at_ms = proven.reading.at_ms(exhibit.batch.epoch);
            anchored.ensure_covers(exhibit.batch.category, &proven.reading)?;
            ensure_not_lost(&device, exhibit.batch.device, at_ms)?;
            ensure_paired(exhibit.batch.device, pairing.to_ms, at_ms)?;
            shown.push(evidence_of(proven, at_ms, &anchored, &pairing));
        }
    }
    Ok(shown)
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

/// A device's clock may run ahead, so that what was on the chain before a policy was bound could be
/// dated after it: whoever bound it knew.
fn ensure_anchored_since(anchored: &Batch, bound_at: Seconds) -> Result<(), ContractError> {
    let bound_at_ms = bound_at.saturating_mul(1_000);
    if anchored.anchored_at_ms >= bound_at_ms {
        return Ok(());
    }
    Err(ContractError::AnchoredBeforePolicy {
        anchored_at_ms: anchored.anchored_at_ms,
        bound_at_ms,
    })
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

fn ensure_not_lost(device: &Device, number: u64, at_ms: Millis) -> Result<(), ContractError> {
    match device.lost_from_ms {
        Some(lost_from_ms) if device.was_lost_at(at_ms) => Err(ContractError::DeviceLost {
            device: number,
            lost_from_ms,
            at_ms,
        }),
        _ => Ok(()),
    }
}
