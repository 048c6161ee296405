//! Step 20: what must not work, each for its own reason.

use anyhow::{ensure, Context, Result};
use cosmwasm_std::{Binary, Uint64};
use vitals_api::{anchor, claims, consent};
use vitals_core::decision::{GroundRef, Purpose};
use vitals_core::frame::SignedFrame;
use vitals_core::link::{DeviceMessage, GatewayMessage, Refusal};
use vitals_core::measure::{Category, Measure};
use vitals_core::rule::Rule;
use vitals_ledger::Call;
use vitals_testing::device::TestBatch;
use vitals_testing::TestDevice;

use super::claim::{altered, Opened};
use super::claimant::claim_msg;
use super::insurance::Insurance;
use super::people::{Devices, Patient};
use super::recording::Played;
use super::sharing::{elsewhere, Reading};
use super::Stage;
use crate::edge::VaultAt;
use crate::screen;

impl Stage<'_> {
    /// A frame with one bit of its signature changed.
    pub fn refused_frame(&mut self, played: &mut Played, devices: &Devices) -> Result<()> {
        let DeviceMessage::Frame(frame) = DeviceMessage::from_line(&played.a_frame)? else {
            anyhow::bail!("the longest line was no frame");
        };
        let device = frame.unverified().head().device;
        ensure!(device == devices.heart.device, "a frame of another device");
        let mut bytes = frame.encode()?;
        let last = bytes.last_mut().context("a frame has bytes")?;
        *last ^= 1;
        let forged = DeviceMessage::Frame(SignedFrame::decode(&bytes)?).to_line()?;
        played.edge.send(device, &forged)?;
        let reason = self.refusal_of(played, device)?;
        self.refused(
            "a frame with a wrong signature",
            "Signature",
            format!("{reason:?}"),
            format!("{reason:?}: what the gateway answers the device; the frame is kept apart"),
        )
    }

    fn refusal_of(&self, played: &mut Played, device: u64) -> Result<Refusal> {
        for _ in 0..100 {
            for (to, line) in played.edge.answers()? {
                match GatewayMessage::from_line(&line)? {
                    GatewayMessage::Refused { reason, .. } if to == device => return Ok(reason),
                    _ => {}
                }
            }
            self.backend.wait_past(self.now_ms()? + 100)?;
        }
        anyhow::bail!("the gateway did not answer the forged frame")
    }

    /// Claims that must not be paid. `good` is one that would be, before it was.
    pub fn refused_claims(
        &mut self,
        insurance: &Insurance,
        opened: &Opened,
        paid: &claims::ExecuteMsg,
    ) -> Result<()> {
        let claims = self.at.claims.clone();
        self.refused_tx(
            "a claim whose reading was altered",
            "proof/root",
            "patient",
            &claims,
            &altered(paid),
        )?;
        self.refused_tx(
            "a claim sent twice",
            "claims/time_used_up",
            "patient",
            &claims,
            paid,
        )?;
        let below = |rule: &Rule, value| !rule.conditions[0].holds(value);
        let low = opened.evidence(&insurance.rule, below)?;
        self.refused_tx(
            "a reading below the rule",
            "claims/below_threshold",
            "patient",
            &claims,
            &claim_msg(insurance.episodes.policy, low),
        )?;
        self.check_books()
    }

    /// Batches the chain must not take. The device goes on where the gateway left it.
    pub fn refused_batches(&mut self, device: &mut TestDevice) -> Result<()> {
        let head: anchor::DeviceHead = self.ask(
            &self.at.vitals_anchor,
            &anchor::QueryMsg::Device {
                device: Uint64::new(device.device),
            },
        )?;
        let last = head.sequence.u64();
        let now = self.now_ms()?;

        device.sequence = last - 1;
        let replayed = device.measure(Measure::HeartRate, now, &[700]);
        self.refused_batch("a replayed batch", "anchor/sequence_replayed", &replayed)?;

        device.sequence = last + 1;
        let skipped = device.measure(Measure::HeartRate, now, &[700]);
        self.refused_batch(
            "a skipped sequence number",
            "anchor/sequence_skipped",
            &skipped,
        )?;

        device.sequence = last;
        let ours = std::mem::replace(&mut device.deployment, [9; 32]);
        let foreign = device.measure(Measure::HeartRate, now, &[700]);
        device.deployment = ours;
        self.refused_batch(
            "a batch signed for another deployment",
            "anchor/signature",
            &foreign,
        )?;
        device.sequence = last;
        Ok(())
    }

    pub fn refused_batch(&mut self, attempt: &str, code: &str, batch: &TestBatch) -> Result<()> {
        let anchor = self.at.vitals_anchor.clone();
        let msg = anchor_as_patient(batch);
        self.refused_tx(attempt, code, "patient", &anchor, &msg)
    }

    /// What the vault must not release.
    pub fn refused_reads(
        &mut self,
        patient: &Patient,
        reading: &Reading,
        vault: &VaultAt,
    ) -> Result<()> {
        let batches = self.batches(patient, Category::Cardiac)?;
        let info = batches.first().context("no cardiac batch is anchored")?;
        let digest: [u8; 32] = info.digest.as_slice().try_into()?;
        let ground = GroundRef::Grant { id: reading.grant };

        let insurer = self.vault_as("insurer", vault)?;
        let asked = insurer.read_batch(&info.id, &digest, Purpose::Payment, &ground);
        self.refused_read(
            "the insurer asking the vault for data it has no grant for",
            "consent/not_the_grantee",
            asked,
        )?;

        let clinician = self.vault_as("clinician", vault)?;
        let oxygen = elsewhere(info, Category::Respiratory, info.id.epoch);
        let asked = clinician.read_batch(&oxygen, &digest, Purpose::Treatment, &ground);
        self.refused_read(
            "the clinician asking for a category outside the grant",
            "consent/category_not_granted",
            asked,
        )?;

        let before = elsewhere(info, Category::Cardiac, patient.epoch - 1);
        let asked = clinician.read_batch(&before, &digest, Purpose::Treatment, &ground);
        self.refused_read(
            "the clinician asking for epochs outside the grant",
            "consent/window_not_granted",
            asked,
        )
    }

    /// The patient takes the consent back: the vault stops at once, and the chain insists on new
    /// keys for what is measured from now on.
    pub fn revocation(
        &mut self,
        patient: &Patient,
        reading: &Reading,
        vault: &VaultAt,
        device: &mut TestDevice,
    ) -> Result<()> {
        let consent = self.at.consent.clone();
        let revoke = consent::ExecuteMsg::Revoke {
            patient: Uint64::new(patient.id),
            grant: Uint64::new(reading.grant),
        };
        self.act("patient", "revoke", &consent, &revoke)?;
        screen::say("the patient revoked the clinician's grant; what was opened cannot be unread");

        let batches = self.batches(patient, Category::Cardiac)?;
        let info = batches.first().context("no cardiac batch is anchored")?;
        let digest: [u8; 32] = info.digest.as_slice().try_into()?;
        let asked = self.vault_as("clinician", vault)?.read_batch(
            &info.id,
            &digest,
            Purpose::Treatment,
            &GroundRef::Grant { id: reading.grant },
        );
        self.refused_read(
            "after revocation, the clinician asking again",
            "consent/grant_revoked",
            asked,
        )?;

        let after = self.now_ms()? + 1;
        self.backend.wait_past(after)?;
        let batch = device.measure(Measure::HeartRate, after, &[700]);
        self.refused_batch(
            "a batch measured after revocation, sealed under the old generation",
            "anchor/generation_stale",
            &batch,
        )?;
        device.sequence -= 1;
        Ok(())
    }

    /// Bad input: nothing is lost, nothing changes.
    pub fn refused_input(&mut self, patient: &Patient) -> Result<()> {
        let consent = self.at.consent.clone();
        let enrol = Call::new(&consent, &consent::ExecuteMsg::Enrol {})?
            .with_funds(self.backend.denom(), 5);
        let tried = self.account("stranger")?.execute(&[enrol]);
        let error = tried.err().context("stray coins were taken")?;
        self.refused(
            "coins sent along by mistake",
            "input/funds",
            error.code().to_string(),
            error.to_string(),
        )?;
        let deny = consent::ExecuteMsg::Deny {
            patient: Uint64::new(patient.id),
            whom: consent::Party::Account(self.address("insurer")?.to_uppercase()),
        };
        self.refused_tx(
            "an address in upper case",
            "input/address",
            "patient",
            &consent,
            &deny,
        )?;
        let anchor = self.at.vitals_anchor.clone();
        let short = anchor::ExecuteMsg::Anchor {
            ground: GroundRef::Patient {},
            batches: vec![Binary::new(vec![1, 2, 3])],
        };
        self.refused_tx(
            "a batch of three bytes",
            "format/length",
            "patient",
            &anchor,
            &short,
        )
    }
}

fn anchor_as_patient(batch: &TestBatch) -> anchor::ExecuteMsg {
    anchor::ExecuteMsg::Anchor {
        ground: GroundRef::Patient {},
        batches: vec![batch.to_binary()],
    }
}
