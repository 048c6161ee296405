//! Step 17: an emergency. The patient's programs do nothing while it lasts, one of three custodians
//! is away, and the responder reads within a minute; afterwards nothing newer opens.

use std::time::{Duration, Instant};

use anyhow::{bail, ensure, Context, Result};
use cosmwasm_std::{Binary, Uint64};
use vitals_api::anchor::{self, BatchInfo};
use vitals_api::care::{self, AlertInfo};
use vitals_api::consent::emergency::EmergencyInfo;
use vitals_api::consent::{self, Decision, ExecuteMsg};
use vitals_core::decision::{GroundRef, Purpose};
use vitals_core::measure::{Category, Measure};
use vitals_core::package::KeyPackage;
use vitals_core::time::{epoch_of, Window};
use vitals_keys::Custody;
use vitals_testing::TestDevice;
use vitals_vault_client::{digest, gather, Expected, SharesMissing};

use super::people::{Patient, CATEGORIES};
use super::recording::Played;
use super::rotation::Sealer;
use super::team::Asked;
use super::vault::Identity;
use super::{number, Stage};
use crate::edge::VaultAt;
use crate::screen;

const REASON: &[u8] = b"found unconscious on the stairs, no one to ask";
/// Seconds it is opened for.
const FOR_S: u64 = 600;
/// From the decision to open to readings on the screen.
const IN_TIME: Duration = Duration::from_secs(60);
/// 128.4 beats a minute.
const HEART_RATE: i64 = 1_284;

/// What the responder holds once it read.
struct Opened {
    emergency: u64,
    alert: u64,
    identity: Identity,
    package: KeyPackage,
    batch: BatchInfo,
}

impl Stage<'_> {
    pub fn emergency(
        &mut self,
        patient: &Patient,
        played: &mut Played,
        device: &mut TestDevice,
    ) -> Result<()> {
        screen::step(17, "An emergency");
        self.report.step("emergency");
        let servers = self.custodians(patient, played)?;
        self.beat(patient, played, device)?;
        let consent = self.at.consent.clone();
        self.refused_tx(
            "a stranger opening an emergency",
            "consent/not_a_holder",
            "stranger",
            &consent,
            &open_emergency(patient),
        )?;
        self.backend.stop_custodian(&servers[2])?;
        screen::say("the patient does not answer; one of the three custodians is away");
        let opened = self.read_in_time(patient, played, &servers)?;
        self.one_custodian_alone(patient, &opened, &servers)?;
        self.take_on(opened.alert)?;
        self.end_emergency(patient, opened.emergency)?;
        self.nothing_newer(patient, played, device, &opened, &servers)?;
        self.review(patient, opened.emergency)?;
        self.count_alerts(patient)
    }

    /// A batch of the heart monitor, sealed and anchored by the patient.
    fn beat(&mut self, patient: &Patient, played: &Played, device: &mut TestDevice) -> Result<()> {
        let head: anchor::DeviceHead = self.ask(
            &self.at.vitals_anchor,
            &anchor::QueryMsg::Device {
                device: Uint64::new(device.device),
            },
        )?;
        device.sequence = head.sequence.u64();
        let at = self.now_ms()? + 1;
        self.backend.wait_past(at)?;
        let batch = device.measure(Measure::HeartRate, at, &[HEART_RATE]);
        let sealer = Sealer {
            who: "patient",
            ground: GroundRef::Patient {},
            generation: played.agent.keys().latest(),
        };
        self.seal_and_anchor(&sealer, "anchor_own", patient, played, batch)
    }

    /// Opened, shares from two custodians, the package, a batch decrypted and verified.
    fn read_in_time(
        &mut self,
        patient: &Patient,
        played: &Played,
        servers: &[VaultAt],
    ) -> Result<Opened> {
        let begun = Instant::now();
        let identity = Identity::generate();
        let consent = self.at.consent.clone();
        let set = ExecuteMsg::SetRecipient {
            recipient: identity.recipient.clone(),
        };
        self.act("responder", "set_recipient", &consent, &set)?;
        let (emergency, alert) = self.open(patient, &open_emergency(patient))?;
        let package = self.emergency_package(patient, emergency, &identity, servers)?;
        let batches = self.batches(patient, Category::Cardiac)?;
        let batch = batches.last().context("no cardiac batch is anchored")?;
        let ground = GroundRef::Emergency { id: emergency };
        let verified = self.read(&played.vault, "responder", ground, &package, batch)?;
        let took = begun.elapsed();
        ensure!(verified.readings[0].value == HEART_RATE, "another reading");
        ensure!(took < IN_TIME, "reading took {} s", took.as_secs());
        self.report.care.emergency_read_s = took.as_secs_f64();
        screen::say(&format!(
            "the responder reads {}.{} beats a minute, {:.1} s after it began (not the patient's own: made for the story)",
            HEART_RATE / 10,
            HEART_RATE % 10,
            took.as_secs_f64()
        ));
        Ok(Opened {
            emergency,
            alert,
            identity,
            package,
            batch: batch.clone(),
        })
    }

    fn emergency_package(
        &self,
        patient: &Patient,
        emergency: u64,
        identity: &Identity,
        servers: &[VaultAt],
    ) -> Result<KeyPackage> {
        let vaults = self.as_responder(servers)?;
        let expected = self.expected(patient)?;
        let key = gather(&vaults, &expected, emergency, &identity.secret)?;
        let file = self.from_any(&vaults, |vault| {
            vault.emergency_package(patient.id, emergency, &key.package)
        })?;
        Ok(KeyPackage::open(&file, &key.identity)?)
    }

    fn expected(&self, patient: &Patient) -> Result<Expected> {
        let custody = self.custody_of(patient)?;
        let packages = custody.packages.context("nobody keeps shares")?;
        Ok(Expected {
            patient: patient.id,
            generation: packages.generation,
            window: packages.window,
            threshold: custody.threshold,
        })
    }

    /// Fewer than the threshold open nothing.
    fn one_custodian_alone(
        &mut self,
        patient: &Patient,
        opened: &Opened,
        servers: &[VaultAt],
    ) -> Result<()> {
        let alone = self.as_responder(&servers[..1])?;
        let expected = self.expected(patient)?;
        let tried = gather(&alone, &expected, opened.emergency, &opened.identity.secret);
        self.missing_shares("one custodian's share alone", tried.err())
    }

    fn missing_shares(&mut self, attempt: &str, refused: Option<SharesMissing>) -> Result<()> {
        let error = refused
            .context("too few shares opened the package")?
            .to_string();
        let code = error.split(':').next().unwrap_or_default().to_string();
        self.refused(attempt, "emergency/shares_missing", code, error)
    }

    fn take_on(&mut self, alert: u64) -> Result<()> {
        let acknowledge = care::ExecuteMsg::Acknowledge {
            alert: Uint64::new(alert),
            ground: GroundRef::Guardian {},
        };
        let care = self.at.care.clone();
        self.act("guardian", "acknowledge_as_guardian", &care, &acknowledge)?;
        screen::say(&format!("alert {alert}: the guardian took it on"));
        Ok(())
    }

    /// One transaction: consent opens it, care hears of it and raises an alert.
    fn open(&mut self, patient: &Patient, open: &ExecuteMsg) -> Result<(u64, u64)> {
        let (consent, care) = (self.at.consent.clone(), self.at.care.clone());
        let opened = self.act("responder", "open_emergency", &consent, open)?;
        let emergency = number(&opened, &consent, "emergency_opened", "emergency")?;
        let alert = number(&opened, &care, "alert_raised", "alert")?;
        let told: AlertInfo = self.ask(
            &care,
            &care::QueryMsg::EmergencyAlert {
                patient: Uint64::new(patient.id),
                emergency: Uint64::new(emergency),
            },
        )?;
        ensure!(told.alert.u64() == alert, "care keeps another alert of it");
        screen::say(&format!(
            "emergency {emergency}: opened by the responder for {FOR_S} s, with the digest of its reason"
        ));
        screen::say(&format!(
            "alert {alert}: raised by care in the same transaction (event alert_raised, emergency {emergency})"
        ));
        Ok((emergency, alert))
    }

    fn end_emergency(&mut self, patient: &Patient, emergency: u64) -> Result<()> {
        let consent = self.at.consent.clone();
        let end = ExecuteMsg::EndEmergency {
            patient: Uint64::new(patient.id),
            emergency: Uint64::new(emergency),
        };
        self.act("responder", "end_emergency", &consent, &end)?;
        screen::say("the responder ended it");
        Ok(())
    }

    /// Vault and custodians refuse at once. The shares reached further than the emergency, so the
    /// chain has raised the generation: the patient's key agent makes new keys and another package,
    /// and what is measured from then on the responder's keys do not open.
    fn nothing_newer(
        &mut self,
        patient: &Patient,
        played: &mut Played,
        device: &mut TestDevice,
        opened: &Opened,
        servers: &[VaultAt],
    ) -> Result<()> {
        let ground = GroundRef::Emergency {
            id: opened.emergency,
        };
        let asked = Asked {
            purpose: Purpose::Emergency,
            window: Window::one(epoch_of(self.now_ms()?).context("no such time")?),
            ground,
        };
        self.refused_decision(patient, &asked)?;
        let digest: [u8; 32] = opened.batch.digest.as_slice().try_into()?;
        let vault = self.vault_as("responder", &played.vault)?;
        self.refused_read(
            "the responder reading once more",
            "consent/emergency_over",
            vault.read_batch(&opened.batch.id, &digest, Purpose::Emergency, &ground),
        )?;
        let custodian = self.vault_as("responder", &servers[0])?;
        self.refused_read(
            "the responder asking a custodian once more",
            "consent/emergency_over",
            custodian.emergency_share(patient.id, opened.emergency),
        )?;
        self.new_keys(patient, played, servers)?;
        self.beat(patient, played, device)?;
        let batches = self.batches(patient, Category::Cardiac)?;
        let newer = batches.last().context("no cardiac batch is anchored")?;
        let key = opened
            .package
            .epoch_key(newer.generation, newer.id.category, newer.id.epoch);
        ensure!(key.is_none(), "the responder's keys open what came later");
        screen::say("what was measured since opens with none of the responder's keys");
        Ok(())
    }

    /// The patient's agent is back, and does by itself what is due; one custodian is away still.
    fn new_keys(
        &mut self,
        patient: &Patient,
        played: &mut Played,
        servers: &[VaultAt],
    ) -> Result<()> {
        let consent = self.at.consent.clone();
        let sink = self.every_vault(played, servers)?;
        let chain = self.account("patient")?;
        let tended = played.agent.tend(&*chain, &consent, &sink)?;
        let rotation = tended.rotation.context("the end raised no generation")?;
        ensure!(
            matches!(tended.custody?, Custody::Kept { renewed: true, .. }),
            "the emergency package was not made anew"
        );
        screen::say(&format!(
            "the patient's key agent opened generation {} and made another emergency package; {} vault waits for its share",
            rotation.generation,
            tended.unreached.len()
        ));
        ensure!(tended.unreached.len() == 1, "{:?}", tended.unreached);
        let now = epoch_of(self.now_ms()?).context("no such time")?;
        let own = Window::new(patient.epoch, now + 2)?;
        played.own_package = played.agent.keys().package(&CATEGORIES, own)?;
        Ok(())
    }

    fn refused_decision(&mut self, patient: &Patient, asked: &Asked) -> Result<()> {
        match self.decide("responder", patient, asked)? {
            Decision::Permit { .. } => bail!("an emergency that ended still permits"),
            Decision::Refuse { code, reason } => self.refused(
                "the responder reading after the end of the emergency",
                "consent/emergency_over",
                code,
                reason,
            ),
        }
    }

    fn review(&mut self, patient: &Patient, emergency: u64) -> Result<()> {
        let consent = self.at.consent.clone();
        let review = ExecuteMsg::ReviewEmergency {
            patient: Uint64::new(patient.id),
            emergency: Uint64::new(emergency),
            upheld: true,
        };
        self.act("patient", "review_emergency", &consent, &review)?;
        let info: EmergencyInfo = self.ask(
            &consent,
            &consent::QueryMsg::Emergency {
                patient: Uint64::new(patient.id),
                emergency: Uint64::new(emergency),
            },
        )?;
        ensure!(
            info.review.is_some_and(|review| review.upheld),
            "the review is not kept"
        );
        self.report.care.emergencies += 1;
        screen::say("the patient reviewed it, and it was right");
        Ok(())
    }
}

fn open_emergency(patient: &Patient) -> ExecuteMsg {
    ExecuteMsg::OpenEmergency {
        patient: Uint64::new(patient.id),
        reason: Binary::new(digest(REASON).to_vec()),
        hours_back: 1,
        for_s: FOR_S,
    }
}
