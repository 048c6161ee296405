//! After the revocation: new keys, which the clinician does not get, and a batch under them.

use anyhow::{ensure, Context, Result};
use vitals_api::anchor;
use vitals_core::decision::GroundRef;
use vitals_core::measure::Measure;
use vitals_core::payload;
use vitals_core::time::Window;
use vitals_testing::device::TestBatch;
use vitals_testing::TestDevice;
use vitals_vault_client::Place;

use super::people::Patient;
use super::recording::Played;
use super::Stage;
use crate::screen;

/// 71.2 beats a minute.
const HEART_RATE: i64 = 712;

/// Who seals a batch, by what right and under which keys.
pub struct Sealer {
    pub who: &'static str,
    pub ground: GroundRef,
    pub generation: u32,
}

impl Stage<'_> {
    pub fn rotation(
        &mut self,
        patient: &Patient,
        played: &mut Played,
        device: &mut TestDevice,
    ) -> Result<()> {
        let consent = self.at.consent.clone();
        let sink = self.vault_as("patient", &played.vault)?;
        let chain = self.account("patient")?;
        let rotation = played
            .agent
            .rotate(&*chain, &consent, &sink)?
            .context("a revocation left no generation pending")?;
        ensure!(
            rotation.packaged.contains(&patient.sealing),
            "the gateway got no new keys: {rotation:?}"
        );
        screen::say(&format!(
            "the patient's key agent opened generation {}: new keys for grants {:?}, none for the clinician",
            rotation.generation, rotation.packaged
        ));
        self.anchor_one(patient, played, device, rotation.generation)
    }

    /// One sealed batch alone in a transaction, under the new generation.
    fn anchor_one(
        &mut self,
        patient: &Patient,
        played: &Played,
        device: &mut TestDevice,
        generation: u32,
    ) -> Result<()> {
        let at = self.now_ms()? + 1;
        self.backend.wait_past(at)?;
        let batch = device.measure(Measure::HeartRate, at, &[HEART_RATE]);
        let ground = GroundRef::Grant {
            id: patient.sealing,
        };
        let sealer = Sealer {
            who: "gateway",
            ground,
            generation,
        };
        self.seal_and_anchor(&sealer, "anchor", patient, played, batch)?;
        screen::say("a batch measured since is anchored under it");
        Ok(())
    }

    /// Seals a closed batch, stores the ciphertext and anchors the batch, alone in a transaction.
    pub fn seal_and_anchor(
        &mut self,
        sealer: &Sealer,
        kind: &str,
        patient: &Patient,
        played: &Played,
        mut batch: TestBatch,
    ) -> Result<()> {
        let sealed = seal(played, &batch, sealer.generation)?;
        let place = Place {
            patient: patient.id,
            category: batch.measured().category,
            epoch: batch.measured().epoch,
        };
        let digest =
            self.vault_as(sealer.who, &played.vault)?
                .put_blob(place, &sealer.ground, &sealed)?;
        batch.sealed.seal.generation = sealer.generation;
        batch.sealed.seal.digest = digest;
        batch.sealed.seal.length = u32::try_from(sealed.len())?;
        let anchor = self.at.vitals_anchor.clone();
        let msg = anchor::ExecuteMsg::Anchor {
            ground: sealer.ground,
            batches: vec![batch.to_binary()],
        };
        self.act(sealer.who, kind, &anchor, &msg)?;
        Ok(())
    }
}

fn seal(played: &Played, batch: &TestBatch, generation: u32) -> Result<Vec<u8>> {
    let measured = batch.measured();
    let cover = played.agent.keys().cover_for(
        generation,
        measured.category,
        Window::one(measured.epoch),
    )?;
    let key = cover
        .epoch_key(measured.epoch)
        .context("the cover does not open its own epoch")?;
    let context = payload::Context {
        device: measured.device,
        sequence: measured.sequence,
        root: &measured.root,
        generation,
        measured: &measured.to_bytes(),
    };
    // one payload under this key: any nonce is a fresh one
    Ok(payload::seal(
        &key,
        &context,
        &batch.seed,
        &batch.readings,
        &[0; payload::NONCE_BYTES],
    )?)
}
