//! From batches that were opened to a claim's message, and to what it publishes.

use std::collections::BTreeMap;

use cosmwasm_std::Uint64;
use vitals_api::anchor::BatchInfo;
use vitals_api::claims::{EvidenceMsg, ExecuteMsg};
use vitals_api::registry::record::{Device, Pairing};
use vitals_core::decision::{GroundRef, Seconds};
use vitals_core::insurance::{to_ms, Claimable, MAX_EVIDENCE};
use vitals_core::measure::Measure;
use vitals_core::reading::Reading;
use vitals_core::rule::{Bar, Candidate, ClaimWindow, Evidence};
use vitals_reader::VerifiedBatch;

use crate::InsuranceError;

/// A batch that was opened, with what the chain knows of its device.
#[derive(Debug, Clone)]
pub struct Holding {
    pub info: BatchInfo,
    pub opened: VerifiedBatch,
    pub device: Device,
    pub pairing: Pairing,
    /// Since when the device's firmware is recalled, whether or not the device was marked for it.
    pub recalled_from_ms: Option<u64>,
}

/// All that was opened, and the terms by which some of it does not count.
#[derive(Debug, Clone)]
pub struct Holdings {
    pub batches: Vec<Holding>,
    /// Device models that count; any where there is none.
    pub models: Vec<u32>,
    pub bound_at: Seconds,
}

/// A claim that waits to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Prepared {
    pub msg: ExecuteMsg,
    pub published: Vec<Disclosed>,
    /// Of a claim on readings: the time it uses up.
    pub window: Option<ClaimWindow>,
    /// Of a claim for a reward: the days it shows.
    pub days: Vec<u16>,
}

/// A reading that a claim makes public for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disclosed {
    pub measure: Measure,
    /// Fixed point at the measure's scale.
    pub value: i64,
    pub at_ms: u64,
    pub device: u64,
    pub model: u32,
}

/// Why the chain would not take a reading, as far as its batch and its device tell.
pub fn barred(
    holding: &Holding,
    models: &[u32],
    bound_at: Seconds,
    reading: &Reading,
) -> Option<Bar> {
    let Holding { info, device, .. } = holding;
    let listed = models.is_empty() || models.contains(&device.model);
    barred_by_batch(info, holding.pairing.to_ms, listed, bound_at, reading).or_else(|| {
        let unusable = holding.is_unusable_at(reading.at_ms(info.id.epoch));
        unusable.then_some(Bar::Unusable)
    })
}

/// Why the chain would not take a reading, as far as its batch and the end of its pairing tell.
/// `listed` is whether the device's model counts.
pub(crate) fn barred_by_batch(
    info: &BatchInfo,
    pairing_to_ms: Option<u64>,
    listed: bool,
    bound_at: Seconds,
    reading: &Reading,
) -> Option<Bar> {
    let at_ms = reading.at_ms(info.id.epoch);
    let signed = info.measures.contains(&reading.measure)
        && reading.measure.category() == info.id.category
        && (info.first_at_ms..=info.last_at_ms).contains(&at_ms);
    let unpaired = pairing_to_ms.is_some_and(|to_ms| at_ms >= to_ms);
    [
        (info.anchored_at_ms <= to_ms(bound_at), Bar::AnchoredBefore),
        (!listed, Bar::Model),
        (!signed, Bar::Unsigned),
        (unpaired, Bar::Unpaired),
    ]
    .into_iter()
    .find_map(|(stands, bar)| stands.then_some(bar))
}

impl Holding {
    fn is_unusable_at(&self, at_ms: u64) -> bool {
        let recalled = self
            .recalled_from_ms
            .is_some_and(|from_ms| at_ms >= from_ms);
        recalled
            || self
                .device
                .unusable_in(&self.pairing, at_ms, at_ms)
                .is_some()
    }
}

impl Holdings {
    /// The readings of some measures, as the search takes them.
    pub fn candidates(&self, wanted: impl Fn(Measure) -> bool) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        for (holding, batch) in self.batches.iter().zip(0u32..) {
            for (reading, index) in holding.opened.readings.iter().zip(0u16..) {
                if wanted(reading.measure) {
                    candidates.push(self.candidate(holding, batch, reading, index));
                }
            }
        }
        candidates
    }

    fn candidate(&self, holding: &Holding, batch: u32, reading: &Reading, index: u16) -> Candidate {
        let info = &holding.info;
        let at_ms = reading.at_ms(info.id.epoch);
        Candidate {
            evidence: Evidence {
                reading: *reading,
                at_ms,
                anchored_at_ms: info.anchored_at_ms,
                assurance: info.assurance,
                paired_from_ms: holding.pairing.from_ms,
                calibrated: info.calibrated,
                simulated: info.simulated,
            },
            batch,
            index,
            bar: barred(holding, &self.models, self.bound_at, reading),
        }
    }

    /// The claim on the readings that meet the rule, or the terms that are nearest to being met.
    pub fn claim(
        &self,
        policy: u64,
        ground: GroundRef,
        claimable: &Claimable,
    ) -> Result<Prepared, InsuranceError> {
        let conditions = &claimable.rule.conditions;
        let candidates = self.candidates(|m| conditions.iter().any(|c| c.measure == m));
        if candidates.is_empty() {
            return Err(InsuranceError::NoReadings);
        }
        let found = claimable
            .find(&candidates)
            .ok_or_else(|| not_met(claimable, &candidates))?;
        let msg = ExecuteMsg::Claim {
            policy: Uint64::new(policy),
            ground,
            evidence: self.evidence(&candidates, &found.chosen)?,
        };
        Ok(Prepared {
            msg,
            published: self.published(&candidates, &found.chosen),
            window: Some(found.window),
            days: Vec::new(),
        })
    }

    /// One proof for each batch.
    pub(crate) fn evidence(
        &self,
        candidates: &[Candidate],
        chosen: &[usize],
    ) -> Result<Vec<EvidenceMsg>, InsuranceError> {
        let mut batches: BTreeMap<u32, Vec<u16>> = BTreeMap::new();
        for candidate in chosen.iter().map(|&place| &candidates[place]) {
            batches
                .entry(candidate.batch)
                .or_default()
                .push(candidate.index);
        }
        if batches.len() > MAX_EVIDENCE {
            return Err(InsuranceError::TooManyBatches {
                got: batches.len(),
                most: MAX_EVIDENCE,
            });
        }
        batches
            .into_iter()
            .map(|(batch, mut indices)| {
                let holding = &self.batches[batch as usize];
                indices.sort_unstable();
                Ok(EvidenceMsg {
                    batch: holding.info.id.clone(),
                    proof: holding.opened.prove(&indices)?.into(),
                })
            })
            .collect()
    }

    /// In order of time.
    pub(crate) fn published(&self, candidates: &[Candidate], chosen: &[usize]) -> Vec<Disclosed> {
        let mut published: Vec<Disclosed> = chosen
            .iter()
            .map(|&place| {
                let candidate = &candidates[place];
                let holding = &self.batches[candidate.batch as usize];
                Disclosed {
                    measure: candidate.evidence.reading.measure,
                    value: candidate.evidence.reading.value,
                    at_ms: candidate.evidence.at_ms,
                    device: holding.info.id.device.u64(),
                    model: holding.device.model,
                }
            })
            .collect();
        published.sort_by_key(|reading| (reading.at_ms, reading.measure.code()));
        published
    }
}

/// The nearest terms in words; where no one term is all that is wrong, what the readings fail on.
fn not_met(claimable: &Claimable, candidates: &[Candidate]) -> InsuranceError {
    let nearest = claimable.nearest(candidates);
    let reasons = match nearest.as_slice() {
        [] => format!(
            "more than one term is not met; {}",
            tally(claimable, candidates)
        ),
        terms => terms
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("; or "),
    };
    InsuranceError::NotMet { reasons }
}

/// How many readings there are, and how many each term refuses by itself.
fn tally(claimable: &Claimable, candidates: &[Candidate]) -> String {
    let mut refused: BTreeMap<String, usize> = BTreeMap::new();
    for candidate in candidates {
        if let Some(why) = refusal(claimable, candidate) {
            *refused.entry(why).or_default() += 1;
        }
    }
    let refused: Vec<String> = refused
        .into_iter()
        .map(|(why, count)| format!("{count} by {why}"))
        .collect();
    format!(
        "of {} readings these do not count: {}",
        candidates.len(),
        refused.join(", ")
    )
}

/// By the code that the contract would refuse it with, or the bar.
fn refusal(claimable: &Claimable, candidate: &Candidate) -> Option<String> {
    if let Err(error) = claimable.rule.check_item(&candidate.evidence) {
        let text = error.to_string();
        return text.split(':').next().map(str::to_string);
    }
    candidate.bar.map(|bar| bar.to_string())
}

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;
