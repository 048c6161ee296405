//! Step 5: a person's recorded heartbeats, signed by a device, through the gateway.

use std::collections::BTreeMap;

use anyhow::{ensure, Context, Result};
use vitals_analysis::{Severity, Threshold};
use vitals_api::anchor::BatchInfo;
use vitals_api::consent;
use vitals_core::key::Ed25519Signer;
use vitals_core::measure::Measure;
use vitals_core::package::KeyPackage;
use vitals_core::rule::Comparison;
use vitals_core::time::epoch_start;
use vitals_device_sim::{DeviceSim, Identity as DeviceIdentity, Oxygen, Recording, Sample};
use vitals_keys::{Agent, Lock};
use vitals_reader::VerifiedBatch;
use vitals_testing::TestDevice;

use super::people::{
    Devices, Patient, CATEGORIES, GATEWAY_SEED, HEART_SEED, LADDER, OXIMETER_SEED,
};
use super::Stage;
use crate::edge::{Edge, EdgeSetup, VaultAt};
use crate::screen;

/// MIT-BIH Normal Sinus Rhythm Database by way of pyhrv; see its README.
const RECORDING: &str = include_str!("../../../../testdata/recording/rr-intervals.csv");
const NAME: &str = "testdata/recording/rr-intervals.csv";
const FRAME_READINGS: usize = 16;
/// Alerts' opaque rule numbers.
pub const FAST_HEART: u16 = 1;
pub const LOW_OXYGEN: u16 = 2;
/// After how many steps a person is told how far it is.
const SAY_STEPS: u32 = 40;
/// After how many steps a device sends again what was not answered.
const RESEND_STEPS: u32 = 20;
/// After how many idle steps the gateway is asked again to close what is open.
const CLOSE_STEPS: u32 = 40;
/// Cheap to unlock: the story opens the file often, and its keys guard nothing.
const WORK_FACTOR: u8 = 10;

/// The recording once it is anchored, and the patient's keys.
pub struct Played {
    pub agent: Agent,
    pub own_package: KeyPackage,
    pub vault: VaultAt,
    /// What each device measured, by time.
    truth: BTreeMap<u64, BTreeMap<u64, Sample>>,
    pub edge: Box<dyn Edge>,
    /// Frames of the heart-rate monitor: one is forged later.
    pub a_frame: String,
}

impl Stage<'_> {
    pub fn recording(&mut self, patient: &Patient, devices: &Devices) -> Result<Played> {
        screen::step(5, "A recorded heartbeat, through the gateway");
        self.report.step("recording");
        let vault = self.backend.start_vault(&self.at)?;
        screen::say(&format!("vault {} at {}", vault.name, vault.url));
        let agent = self.keys(patient)?;
        let edge = self.gateway(patient, devices, &agent, &vault)?;
        let window = patient.window(24);
        let own_package = agent.keys().package(&CATEGORIES, window)?;
        let mut played = Played {
            agent,
            own_package,
            vault,
            truth: BTreeMap::new(),
            edge,
            a_frame: String::new(),
        };
        let mut sims = self.simulators(devices, &mut played)?;
        self.play(&mut sims, &mut played)?;
        self.count(patient, &played)?;
        Ok(played)
    }

    /// The patient's key agent makes the first generation's secret and publishes a recipient.
    fn keys(&mut self, patient: &Patient) -> Result<Agent> {
        let consent = self.at.consent.clone();
        let path = self.backend.home().join("patient.keys");
        let agent = Agent::create(&path, lock(), patient.id, 1)?;
        let set = consent::ExecuteMsg::SetRecipient {
            recipient: agent.keys().recipient().into(),
        };
        self.act("patient", "set_recipient", &consent, &set)?;
        Ok(agent)
    }

    /// The gateway gets a package for a rolling window from now, and starts.
    fn gateway(
        &mut self,
        patient: &Patient,
        devices: &Devices,
        agent: &Agent,
        vault: &VaultAt,
    ) -> Result<Box<dyn Edge>> {
        let consent = self.at.consent.clone();
        let identity = self.identity("gateway")?;
        let sink = self.vault_as("patient", vault)?;
        agent.issue(&*self.account("patient")?, &consent, &sink, patient.sealing)?;
        let setup = EdgeSetup {
            deployment: self.at.clone(),
            account: self.service("gateway")?,
            patient: patient.id,
            sealing: patient.sealing,
            devices: vec![devices.heart.device, devices.oximeter.device],
            thresholds: thresholds(),
            own_device: devices.gateway.device,
            own_seed: [GATEWAY_SEED; 32],
            identity: identity.secret,
            vault: vault.clone(),
        };
        self.backend.start_edge(setup)
    }

    /// Both devices, loaded with what they will measure from a moment after now on.
    fn simulators(
        &mut self,
        devices: &Devices,
        played: &mut Played,
    ) -> Result<BTreeMap<u64, DeviceSim>> {
        let recording = Recording::parse(RECORDING)?;
        let speed = self.backend.speed();
        let start = self.backend.recording_start(self.now_ms()?);
        let hearts = recording.heart_rates(start, speed)?;
        let oxygen = Oxygen {
            seed: 7,
            every_s: 4,
            duration_s: u32::try_from(recording.duration_ms() / 1_000)?,
            dip_from_s: 1_800,
            dip_for_s: 180,
        }
        .samples(start, speed);
        self.report.recording.name = NAME.into();
        self.report.recording.speed = speed;
        self.report.recording.simulated = u64::try_from(oxygen.len())?;
        screen::say(&format!(
            "{} heart rates of a person, recorded over {} minutes, played {speed} x as fast",
            hearts.len(),
            recording.duration_ms() / 60_000
        ));
        screen::say(&format!(
            "{} oxygen saturations, simulated and flagged as simulated",
            oxygen.len()
        ));
        let mut sims = BTreeMap::new();
        for (device, seed, samples) in [
            (&devices.heart, HEART_SEED, hearts),
            (&devices.oximeter, OXIMETER_SEED, oxygen),
        ] {
            self.report.readings.sent += u64::try_from(samples.len())?;
            let by_time = samples.iter().map(|s| (s.at_ms, *s)).collect();
            played.truth.insert(device.device, by_time);
            sims.insert(device.device, simulator(device, seed, samples)?);
        }
        Ok(sims)
    }

    /// Lines go back and forth until every batch is anchored.
    fn play(&mut self, sims: &mut BTreeMap<u64, DeviceSim>, played: &mut Played) -> Result<()> {
        let step = self.backend.play_step_ms();
        let mut closing = false;
        let mut idle = 0u32;
        let mut steps = 0u32;
        while sims.values().any(|sim| !sim.is_done()) {
            let next = sims.values().filter_map(DeviceSim::next_at_ms).min();
            let until = next.map_or(self.now_ms()?, |at| at + step);
            self.backend.pace(until)?;
            for (device, sim) in sims.iter_mut() {
                for line in sim.play_until(until)? {
                    played.send(*device, &line)?;
                }
            }
            played.exchange(sims)?;
            steps += 1;
            if steps.is_multiple_of(SAY_STEPS) && next.is_some() {
                played.say_measured(until);
            }
            if steps.is_multiple_of(RESEND_STEPS) {
                played.resend(sims)?;
            }
            match next {
                Some(_) => {}
                None if !closing => {
                    screen::say("the recording is over; the gateway closes the last batches");
                    played.edge.close_all()?;
                    closing = true;
                }
                None => {
                    idle += 1;
                    // What was announced after it was asked to close is asked now.
                    if idle.is_multiple_of(CLOSE_STEPS) {
                        played.edge.close_all()?;
                    }
                    ensure!(idle < 600, "the last batches were not anchored in time");
                    self.backend.wait_past(self.now_ms()? + step)?;
                }
            }
        }
        Ok(())
    }

    fn count(&mut self, patient: &Patient, played: &Played) -> Result<()> {
        let (mut batches, mut bytes, mut anchored) = (0u32, 0u32, 0u32);
        for category in CATEGORIES {
            for info in self.batches(patient, category)? {
                batches += 1;
                bytes += info.length;
                anchored += u32::from(info.count);
            }
        }
        let readings = &mut self.report.readings;
        readings.anchored = anchored.into();
        readings.lost = readings.sent.saturating_sub(readings.anchored);
        self.report.batches = batches.into();
        self.report.ciphertext_bytes_per_reading = f64::from(bytes) / f64::from(anchored);
        screen::say(&format!(
            "{} readings sent, {anchored} anchored in {batches} batches, {} lost; {:.2} bytes of ciphertext a reading",
            readings.sent,
            readings.lost,
            self.report.ciphertext_bytes_per_reading
        ));
        ensure!(played.truth.len() == 2, "a device measured nothing");
        Ok(())
    }
}

impl Played {
    fn say_measured(&self, until: u64) {
        let all = self.truth.values().map(BTreeMap::len).sum::<usize>();
        let so_far = self.truth.values().map(|s| s.range(..=until).count());
        screen::say(&format!(
            "  {} of {all} readings measured",
            so_far.sum::<usize>()
        ));
    }

    /// A device whose message was not answered sends it again.
    fn resend(&mut self, sims: &mut BTreeMap<u64, DeviceSim>) -> Result<()> {
        for (device, sim) in sims.iter_mut() {
            for line in sim.resend()? {
                self.send(*device, &line)?;
            }
        }
        self.exchange(sims)
    }

    fn send(&mut self, device: u64, line: &str) -> Result<()> {
        // the longest line of the heart-rate monitor so far is a frame
        if self.a_frame.len() < line.len() {
            self.a_frame = line.to_string();
        }
        self.edge.send(device, line)
    }

    /// Passes answers to devices and their answers back, until nobody says anything.
    fn exchange(&mut self, sims: &mut BTreeMap<u64, DeviceSim>) -> Result<()> {
        loop {
            let answers = self.edge.answers()?;
            if answers.is_empty() {
                return Ok(());
            }
            for (device, line) in answers {
                let sim = sims
                    .get_mut(&device)
                    .with_context(|| format!("there is no device {device}"))?;
                for reply in sim.on_line(&line)? {
                    self.send(device, &reply)?;
                }
            }
        }
    }

    /// Compares an opened batch with what the device measured; how many readings it has.
    pub fn check(&self, info: &BatchInfo, opened: &VerifiedBatch) -> Result<u64> {
        let measured = self
            .truth
            .get(&info.id.device.u64())
            .context("a batch of a device that measured nothing")?;
        for reading in &opened.readings {
            let at = epoch_start(info.id.epoch) + u64::from(reading.offset_ms);
            let sample = measured
                .get(&at)
                .with_context(|| format!("nothing was measured at {at}"))?;
            ensure!(
                (sample.measure, sample.value, sample.flags)
                    == (reading.measure, reading.value, reading.flags),
                "the reading at {at} is not what the device measured"
            );
        }
        Ok(u64::try_from(opened.readings.len())?)
    }
}

/// Of the files in which patients of the story keep their keys.
pub fn lock() -> Lock {
    Lock::Passphrase {
        passphrase: "the story's own".to_string().into(),
        work_factor: Some(WORK_FACTOR),
    }
}

fn simulator(device: &TestDevice, seed: u8, samples: Vec<Sample>) -> Result<DeviceSim> {
    let identity = DeviceIdentity {
        device: device.device,
        pairing: device.pairing,
        deployment: device.deployment,
        next_sequence: 1,
    };
    let mut sim = DeviceSim::new(
        Ed25519Signer::from_seed(&[seed; 32]),
        identity,
        FRAME_READINGS,
    )?;
    sim.load(samples);
    Ok(sim)
}

/// What this person's readings should not do. Personal, so told to the gateway, not to the chain.
pub fn thresholds() -> Vec<Threshold> {
    let threshold = |rule, measure, comparison, value, severity| Threshold {
        rule,
        measure,
        comparison,
        value,
        for_readings: 3,
        for_ms: 0,
        hysteresis: 50,
        severity,
        ladder: LADDER,
    };
    vec![
        threshold(
            FAST_HEART,
            Measure::HeartRate,
            Comparison::AtLeast,
            1_000,
            Severity::Urgent,
        ),
        threshold(
            LOW_OXYGEN,
            Measure::OxygenSaturation,
            Comparison::AtMost,
            899,
            Severity::Emergency,
        ),
    ]
}
