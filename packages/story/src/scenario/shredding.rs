//! Step 19, first part: the patient shreds an hour.

use anyhow::{ensure, Context, Result};
use cosmwasm_std::{Binary, Uint64};
use vitals_api::anchor::{self, BatchInfo, VerifiedReadings};
use vitals_core::measure::Category;
use vitals_core::time::Window;

use super::doses::Doses;
use super::people::Patient;
use super::{number, Stage};
use crate::screen;

impl Stage<'_> {
    pub fn shredding(&mut self, patient: &Patient, doses: &Doses) -> Result<()> {
        screen::step(19, "What ends: an hour's data, a device");
        self.report.step("endings");
        let anchor = self.at.vitals_anchor.clone();
        let verify = anchor::QueryMsg::VerifyReading {
            id: doses.id.clone(),
            proof: doses.batch.prove(&[0]),
        };
        let shown: VerifiedReadings = self.ask(&anchor, &verify)?;
        ensure!(shown.readings.len() == 1, "one dose is proved");

        let shred = anchor::ExecuteMsg::Shred {
            patient: Uint64::new(patient.id),
            categories: vec![Category::Medication],
            window: Window::one(doses.id.epoch),
            start_after: None,
        };
        let done = self.act("patient", "shred", &anchor, &shred)?;
        let shredded = number(&done, &anchor, "shredded", "batches")?;
        ensure!(shredded == 1, "{shredded} batches were shredded, not one");
        self.report.care.shredded += 1;

        let left: BatchInfo = self.ask(
            &anchor,
            &anchor::QueryMsg::Batch {
                id: doses.id.clone(),
            },
        )?;
        let by = left.shredded.context("the record does not say so")?;
        ensure!(
            left.root == Binary::default() && left.digest == Binary::default(),
            "a pointer is left"
        );
        ensure!(by.by == self.address("patient")?, "somebody else did it");
        screen::say(&format!(
            "the patient shredded the hour of the doses: of {} there were, only that stays",
            left.count
        ));
        screen::say("  (destroying keys and ciphertext is for who holds them, and not told here)");
        self.refused_query(
            "a proof of a dose in the shredded hour",
            "anchor/shredded",
            &anchor,
            &verify,
        )
    }
}
