//! Step 13: doses from a simulated dispenser, held against the plan's schedule.

use anyhow::{ensure, Context, Result};
use cosmwasm_std::Uint64;
use vitals_analysis::{Medication, Plan};
use vitals_api::anchor::{BatchId, BatchInfo};
use vitals_core::adherence::{assess, Dose, Period, Report};
use vitals_core::decision::GroundRef;
use vitals_core::device::{BatchHead, OpenBatch};
use vitals_core::key::Signer;
use vitals_core::measure::{Category, Measure};
use vitals_core::measured::{Seal, SealedBatch};
use vitals_core::reading::{Reading, ReadingFlags};
use vitals_core::time::{epoch_of, epoch_start, Millis};
use vitals_testing::device::TestBatch;
use vitals_testing::TestDevice;

use super::people::Patient;
use super::recording::Played;
use super::rotation::Sealer;
use super::Stage;
use crate::report::Adherence;
use crate::screen;

/// The batch of doses: where it is, and what its proofs need.
pub struct Doses {
    pub id: BatchId,
    pub batch: TestBatch,
}

impl Stage<'_> {
    pub fn doses(
        &mut self,
        patient: &Patient,
        played: &Played,
        dispenser: &mut TestDevice,
        plan: &Plan,
    ) -> Result<Doses> {
        screen::step(13, "Doses against the plan");
        self.report.step("doses");
        let medication = plan.medication.first().context("the plan has no doses")?;
        let batch = dispense(dispenser, &taken(medication))?;
        self.anchor_own(patient, played, &batch)?;
        let info = self.only_batch(patient)?;
        let report = self.assess(patient, played, medication, &info)?;
        let per_mille = report.taken_per_mille().context("no dose was due")?;
        screen::say(&format!(
            "{} doses due: {} on time, {} late, {} missed; {:.1} % taken (simulated, and marked so)",
            report.due(),
            report.on_time,
            report.late,
            report.missed,
            f64::from(per_mille) / 10.0
        ));
        self.report.care.adherence = Adherence {
            due: report.due(),
            on_time: report.on_time,
            late: report.late,
            missed: report.missed,
            taken_per_mille: per_mille,
        };
        Ok(Doses { id: info.id, batch })
    }

    /// The patient seals and anchors what the dispenser signed, without a gateway.
    pub fn anchor_own(
        &mut self,
        patient: &Patient,
        played: &Played,
        batch: &TestBatch,
    ) -> Result<()> {
        let sealer = Sealer {
            who: "patient",
            ground: GroundRef::Patient {},
            generation: played.agent.keys().latest(),
        };
        self.seal_and_anchor(&sealer, "anchor_own", patient, played, batch.clone())
    }

    fn only_batch(&self, patient: &Patient) -> Result<BatchInfo> {
        let mut batches = self.batches(patient, Category::Medication)?;
        ensure!(batches.len() == 1, "{} batches of doses", batches.len());
        let info = batches.remove(0);
        ensure!(info.simulated, "the chain does not say they are simulated");
        Ok(info)
    }

    /// From what the patient reads back, as anybody with a grant to it would.
    fn assess(
        &self,
        patient: &Patient,
        played: &Played,
        medication: &Medication,
        info: &BatchInfo,
    ) -> Result<Report> {
        let window = patient.window(24);
        let package = played
            .agent
            .keys()
            .package(&[Category::Medication], window)?;
        let ground = GroundRef::Patient {};
        let opened = self.read(&played.vault, "patient", ground, &package, info)?;
        let doses: Vec<Dose> = opened
            .readings
            .iter()
            .map(|reading| Dose {
                at_ms: reading.at_ms(info.id.epoch),
            })
            .collect();
        let (from_ms, to_ms) = (medication.first_at_ms, medication.at(medication.doses));
        let schedule = medication.schedule(from_ms, to_ms);
        let period = Period { from_ms, to_ms };
        Ok(assess(&schedule, &doses, period, self.now_ms()?)?)
    }
}

/// Where the chain has it.
pub fn batch_id(patient: &Patient, batch: &TestBatch) -> BatchId {
    let measured = batch.measured();
    BatchId {
        patient: Uint64::new(patient.id),
        category: measured.category,
        epoch: measured.epoch,
        device: Uint64::new(measured.device),
        sequence: Uint64::new(measured.sequence),
    }
}

/// The first and the last on time, the second late, the third never.
fn taken(medication: &Medication) -> [Millis; 3] {
    [
        medication.at(0),
        medication.at(1) + u64::from(medication.late_ms),
        medication.at(3),
    ]
}

/// A batch of single doses at these times, closed and signed under the next sequence number.
pub fn dispense(device: &mut TestDevice, times: &[Millis]) -> Result<TestBatch> {
    device.sequence += 1;
    let first = times.first().context("no dose was taken")?;
    let epoch = epoch_of(*first).context("no such time")?;
    let head = BatchHead {
        device: device.device,
        pairing: device.pairing,
        sequence: device.sequence,
        category: Category::Medication,
        epoch,
    };
    let mut seed = [0; 32];
    getrandom::fill(&mut seed)?;
    let mut open = OpenBatch::open(head, seed)?;
    let mut readings = Vec::new();
    for at in times {
        let reading = Reading {
            measure: Measure::DoseTaken,
            value: 1,
            offset_ms: u32::try_from(at - epoch_start(epoch))?,
            flags: ReadingFlags::SIMULATED_GOOD,
        };
        open.push(&reading)?;
        readings.push(reading);
    }
    let measured = open.close(None, 0)?;
    let signature = device.signer.sign(&measured.digest(&device.deployment));
    Ok(TestBatch {
        sealed: SealedBatch {
            measured,
            signature,
            // of what is never anchored; whoever seals puts its own
            seal: Seal {
                generation: 1,
                digest: [9; 32],
                length: 4_096,
            },
        },
        readings,
        seed,
    })
}
