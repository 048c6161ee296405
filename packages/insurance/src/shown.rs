//! What a paid claim published, checked again by whoever reads it: each proof against the root that
//! the device signed, each reading against the terms of the policy.

use serde::{Deserialize, Serialize};
use vitals_api::anchor::BatchInfo;
use vitals_api::claims::EvidenceMsg;
use vitals_api::registry::PairingInfo;
use vitals_core::decision::Seconds;
use vitals_core::measure::Measure;
use vitals_core::proof::{Multiproof, ProvenReading};
use vitals_core::reading::{Quality, Reading};
use vitals_core::rule::{ClaimWindow, Evidence, Rule};

use crate::prepare::barred_by_batch;
use crate::InsuranceError;

/// One batch of a claim's evidence, with what the chain says of it.
#[derive(Debug, Clone, Deserialize)]
pub struct Exhibit {
    /// As it was sent.
    pub evidence: EvidenceMsg,
    pub batch: BatchInfo,
    /// That the batch names.
    pub pairing: PairingInfo,
    /// Of the device.
    pub model: u32,
}

/// The terms a policy was sold on, and when it was bound.
#[derive(Debug, Clone, Deserialize)]
pub struct Asked {
    pub rule: Rule,
    /// Device models that count; any where there is none.
    pub models: Vec<u32>,
    pub bound_at: Seconds,
}

/// A reading that everybody can read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShownReading {
    /// The batch's place in the evidence.
    pub exhibit: usize,
    /// The reading's place in the batch.
    pub index: u16,
    pub measure: Measure,
    /// Fixed point at the measure's scale.
    pub value: i64,
    pub at_ms: u64,
    pub simulated: bool,
    /// `good`, `questionable` or `poor`.
    pub quality: &'static str,
    /// The first term that it does not meet by itself, with its code; none where it counts.
    pub refused: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShownClaim {
    /// In order of time; those of batches whose proof fails are not among them.
    pub readings: Vec<ShownReading>,
    /// For each batch what is wrong with it or its proof; none where it leads to the signed root.
    pub failures: Vec<Option<String>>,
    /// The time that the readings use up, where they meet the rule together.
    pub window: Option<ClaimWindow>,
    /// The first term not met by all of them together.
    pub unmet: Option<String>,
}

impl Asked {
    /// Verifies what was published and holds it against the terms.
    pub fn judge(&self, exhibits: &[Exhibit]) -> ShownClaim {
        let opened: Vec<_> = exhibits.iter().map(Exhibit::open).collect();
        let mut found = Vec::new();
        for (place, (exhibit, proven)) in exhibits.iter().zip(&opened).enumerate() {
            for reading in proven.iter().flatten() {
                found.push((self.shown(place, exhibit, reading), exhibit.fact(reading)));
            }
        }
        found.sort_by_key(|(shown, _)| (shown.at_ms, shown.measure.code()));
        let (readings, facts): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        let failure = |proven: &Result<_, InsuranceError>| proven.as_ref().err().map(text);
        let failures: Vec<_> = opened.iter().map(failure).collect();
        let (window, unmet) = self.together(&readings, &facts);
        ShownClaim {
            readings,
            failures,
            window,
            unmet,
        }
    }

    fn shown(&self, place: usize, exhibit: &Exhibit, proven: &ProvenReading) -> ShownReading {
        let ProvenReading { index, reading } = *proven;
        ShownReading {
            exhibit: place,
            index,
            measure: reading.measure,
            value: reading.value,
            at_ms: reading.at_ms(exhibit.batch.id.epoch),
            simulated: reading.flags.simulated,
            quality: quality(reading.flags.quality),
            refused: self.refusal(exhibit, proven),
        }
    }

    fn refusal(&self, exhibit: &Exhibit, proven: &ProvenReading) -> Option<String> {
        if let Err(error) = self.rule.check_item(&exhibit.fact(proven)) {
            return Some(text(&error));
        }
        exhibit.bar(self, &proven.reading)
    }

    fn together(
        &self,
        readings: &[ShownReading],
        facts: &[Evidence],
    ) -> (Option<ClaimWindow>, Option<String>) {
        match self.rule.evaluate(facts) {
            Err(error) => (None, Some(text(&error))),
            Ok(window) => match readings.iter().find_map(|reading| reading.refused.clone()) {
                Some(refused) => (None, Some(refused)),
                None => (Some(window), None),
            },
        }
    }
}

impl Exhibit {
    fn open(&self) -> Result<Vec<ProvenReading>, InsuranceError> {
        if self.evidence.batch != self.batch.id {
            return Err(InsuranceError::AnotherBatch);
        }
        if self.batch.shredded.is_some() {
            return Err(InsuranceError::Shredded);
        }
        let root = self
            .batch
            .root
            .to_array()
            .map_err(|_| InsuranceError::AnotherBatch)?;
        let proof = Multiproof::from_bytes(&self.evidence.proof)?;
        Ok(proof.verify(&root, self.batch.count)?)
    }

    fn fact(&self, proven: &ProvenReading) -> Evidence {
        let batch = &self.batch;
        Evidence {
            reading: proven.reading,
            at_ms: proven.reading.at_ms(batch.id.epoch),
            anchored_at_ms: batch.anchored_at_ms,
            assurance: batch.assurance,
            paired_from_ms: self.pairing.from_ms,
            calibrated: batch.calibrated,
            simulated: batch.simulated,
        }
    }

    fn bar(&self, asked: &Asked, reading: &Reading) -> Option<String> {
        let (bound_at, pairing_to) = (asked.bound_at, self.pairing.to_ms);
        let listed = asked.models.is_empty() || asked.models.contains(&self.model);
        barred_by_batch(&self.batch, pairing_to, listed, bound_at, reading).map(|bar| text(&bar))
    }
}

fn quality(quality: Quality) -> &'static str {
    match quality {
        Quality::Good => "good",
        Quality::Questionable => "questionable",
        Quality::Poor => "poor",
    }
}

fn text(error: &impl ToString) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests;
