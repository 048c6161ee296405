//! A gateway that can be killed and opened again, with one simulated device and two vaults.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::Arc;
use std::time::Duration;

use vitals_analysis::{Severity, Threshold};
use vitals_core::decision::GroundRef;
use vitals_core::key::{Ed25519Signer, Signer};
use vitals_core::keytree::GenerationSecret;
use vitals_core::measure::{Category, Measure};
use vitals_core::package::{KeyPackage, PackageEntry};
use vitals_core::payload::{self, Context};
use vitals_core::reading::Reading;
use vitals_core::rule::Comparison;
use vitals_core::time::{Epoch, Millis, Window};
use vitals_device_sim::{DeviceSim, Identity, Oxygen, Recording, Sample};
use vitals_gateway::{
    Blob, BlobError, BlobStore, ConditionRules, Config, Gateway, GatewayDevice, GatewayError,
    MemoryBlobs, Progress, Secrets,
};
use vitals_ledger::Deployment;

use super::chain::{Chain, DEPLOYMENT, PATIENT};

/// 2027-01-15 08:00 UTC, the first millisecond of an epoch.
pub const START: Millis = 1_800_000_000_000;
pub const EPOCH: Epoch = 500_000;
pub const DEVICE: u64 = 5;
pub const GATEWAY_DEVICE: u64 = 6;
const RECORDED: &str = include_str!("../../../../testdata/recording/rr-intervals.csv");

/// A vault that can be switched off, slow, or full, or has no ground for old hours.
#[derive(Clone)]
pub struct DownVault {
    pub blobs: MemoryBlobs,
    pub down: Arc<AtomicBool>,
    /// How long each put takes, milliseconds.
    pub slow_ms: Arc<AtomicU64>,
    /// So many are taken, and no more.
    pub room: Arc<AtomicU64>,
    /// Hours before are refused.
    pub granted_from: Arc<AtomicU32>,
}

impl DownVault {
    pub fn new(name: &str) -> Self {
        Self {
            blobs: MemoryBlobs::new(name),
            down: Arc::default(),
            slow_ms: Arc::default(),
            room: Arc::new(AtomicU64::new(u64::MAX)),
            granted_from: Arc::default(),
        }
    }

    fn has_room(&self) -> bool {
        let less = |room: u64| room.checked_sub(1);
        let order = Ordering::Relaxed;
        self.room.fetch_update(order, order, less).is_ok()
    }
}

impl BlobStore for DownVault {
    fn name(&self) -> &str {
        self.blobs.name()
    }

    fn put(&self, blob: &Blob<'_>) -> Result<(), BlobError> {
        let pause = Duration::from_millis(self.slow_ms.load(Ordering::Relaxed));
        std::thread::sleep(pause);
        if self.down.load(Ordering::Relaxed) {
            return Err(BlobError::Unavailable("vault/unreachable: off".into()));
        }
        if blob.epoch < self.granted_from.load(Ordering::Relaxed) {
            return Err(BlobError::Refused("consent/window_not_granted: old".into()));
        }
        match self.has_room() {
            true => self.blobs.put(blob),
            false => Err(BlobError::Unavailable("vault/full: no room is left".into())),
        }
    }
}

pub struct Bench {
    pub dir: tempfile::TempDir,
    pub chain: Chain,
    pub vaults: [DownVault; 2],
    /// Listed besides the two, where there is one.
    pub third: Option<DownVault>,
    pub conditions: ConditionRules,
    pub thresholds: Vec<Threshold>,
    pub patient_identity: age::x25519::Identity,
    pub gateway_identity: age::x25519::Identity,
    pub max_readings: u16,
    pub device: DeviceSim,
    pub gateway: Option<Gateway<Chain, DownVault>>,
}

pub fn device_key() -> Ed25519Signer {
    Ed25519Signer::from_seed(&[1; 32])
}

impl Bench {
    /// Generation 1 open, its keys loaded, the device registered, and `samples` to be measured.
    pub fn new(samples: Vec<Sample>) -> Self {
        let mut bench = Self {
            dir: tempfile::tempdir().unwrap(),
            chain: Chain::default(),
            vaults: ["a", "b"].map(DownVault::new),
            third: None,
            conditions: ConditionRules::default(),
            thresholds: vec![low_oxygen()],
            patient_identity: age::x25519::Identity::generate(),
            gateway_identity: age::x25519::Identity::generate(),
            max_readings: 60_000,
            device: device(samples),
            gateway: None,
        };
        bench.set_up_chain();
        bench.open();
        let package = bench.package(1);
        bench.gateway().load_keys(&package, START).unwrap();
        bench
    }

    fn set_up_chain(&self) {
        let mut state = self.chain.state();
        state.now_ms = START;
        state.generation = 1;
        state.recipient = Some(self.patient_identity.to_public().to_string());
        let categories = vec![Category::Cardiac, Category::Respiratory];
        let key = device_key().public_key();
        state.devices.insert(DEVICE, (key, categories.clone()));
        let key = Ed25519Signer::from_seed(&[2; 32]).public_key();
        state.devices.insert(GATEWAY_DEVICE, (key, categories));
    }

    pub fn gateway(&mut self) -> &mut Gateway<Chain, DownVault> {
        self.gateway.as_mut().unwrap()
    }

    pub fn store_path(&self) -> PathBuf {
        self.dir.path().join("gateway.db")
    }

    /// Opens the gateway on its store, after dropping the one that was open.
    pub fn open(&mut self) {
        self.gateway = None;
        let path = self.store_path();
        self.gateway = Some(self.opened(&path).unwrap());
    }

    pub fn opened(&self, store: &Path) -> Result<Gateway<Chain, DownVault>, GatewayError> {
        use age::secrecy::ExposeSecret;
        let secrets = Secrets {
            store_key: Secrets::store_key(&self.dir.path().join("store.key"))?,
            identity: self
                .gateway_identity
                .to_string()
                .expose_secret()
                .to_owned()
                .into(),
            device: Some(GatewayDevice {
                device: GATEWAY_DEVICE,
                signer: Ed25519Signer::from_seed(&[2; 32]),
            }),
        };
        let vaults = self.vaults.iter().chain(&self.third).cloned().collect();
        Gateway::open(self.config(), secrets, store, self.chain.clone(), vaults)
    }

    fn config(&self) -> Config {
        Config {
            deployment: Deployment {
                chain_id: "test-1".into(),
                consent: "consent".into(),
                device_registry: "registry".into(),
                vitals_anchor: "anchor".into(),
                care: "care".into(),
                claims: "claims".into(),
                deployment_id: hex::encode(DEPLOYMENT),
            },
            patient: PATIENT,
            ground: GroundRef::Grant { id: 1 },
            devices: vec![DEVICE],
            thresholds: self.thresholds.clone(),
            conditions: self.conditions.clone(),
            max_readings: self.max_readings,
            keep_epochs: 2,
            key_package: Some(self.dir.path().join("keys.age")),
            care_plan: Some(self.dir.path().join("plan.age")),
        }
    }

    /// A key package for the gateway: both categories, from START on.
    pub fn package(&self, generation: u32) -> Vec<u8> {
        self.package_of(generation, Window::new(EPOCH, EPOCH + 48).unwrap())
    }

    /// Both categories over a window.
    pub fn package_of(&self, generation: u32, window: Window) -> Vec<u8> {
        let entry = |category| PackageEntry {
            generation,
            category,
            cover: secret(generation).cover(PATIENT, generation, category, window),
        };
        let entries = [Category::Cardiac, Category::Respiratory].map(entry).into();
        let package = KeyPackage::new(PATIENT, entries).unwrap();
        package
            .seal(&self.gateway_identity.to_public().to_string())
            .unwrap()
    }

    /// Carries lines to and fro until both sides are silent.
    pub fn pump(&mut self, mut lines: Vec<String>, now_ms: Millis) {
        while !lines.is_empty() {
            let mut next = Vec::new();
            for line in lines {
                for answer in self.gateway().handle_line(&line, now_ms) {
                    next.extend(self.device.on_line(&answer).unwrap());
                }
            }
            lines = next;
        }
    }

    /// The device measures until now, and the gateway does what is due.
    pub fn step(&mut self, now_ms: Millis) -> Progress {
        let lines = self.device.play_until(now_ms).unwrap();
        self.pump(lines, now_ms);
        let progress = self.tick(now_ms).unwrap();
        let own = progress.to_devices.iter().filter(|l| l.device == DEVICE);
        for told in own.cloned().collect::<Vec<_>>() {
            let lines = self.device.on_line(&told.line).unwrap();
            self.pump(lines, now_ms);
        }
        progress
    }

    /// The gateway does what is due, by a node that is not behind.
    pub fn tick(&mut self, now_ms: Millis) -> Result<Progress, GatewayError> {
        let chain_ms = self.chain.state().now_ms.max(now_ms);
        self.chain.state().now_ms = chain_ms;
        self.gateway().tick(now_ms)
    }

    /// The device measures until now, closes everything, and its lines are taken; no tick.
    pub fn device_closes_frames(&mut self, now_ms: Millis) {
        self.chain.state().now_ms = now_ms;
        let lines = self.device.play_until(now_ms).unwrap();
        self.pump(lines, now_ms);
        for sequence in 1..=2 {
            let close = vitals_core::link::GatewayMessage::Close { sequence };
            let lines = self.device.on_line(&close.to_line()).unwrap();
            self.pump(lines, now_ms);
        }
    }

    /// A new link: the gateway greets, the device sends again what is unanswered.
    pub fn reconnect(&mut self, now_ms: Millis) {
        for line in self.gateway().greet(DEVICE, now_ms).unwrap() {
            let lines = self.device.on_line(&line).unwrap();
            self.pump(lines, now_ms);
        }
        let lines = self.device.resend().unwrap();
        self.pump(lines, now_ms);
    }

    /// What a reader with the secrets finds in the first vault that has it, batch after batch.
    pub fn readings(&self) -> Vec<(Epoch, Reading)> {
        let state = self.chain.state();
        let open = |batch: &vitals_core::measured::SealedBatch| {
            let (measured, generation) = (&batch.measured, batch.seal.generation);
            let mut vaults = self.vaults.iter().rev().chain(&self.third);
            let digest = &batch.seal.digest;
            let sealed = vaults.find_map(|vault| vault.blobs.get(digest)).unwrap();
            assert_eq!(payload::digest(&sealed), batch.seal.digest);
            let root = secret(generation).root(PATIENT, generation, measured.category);
            let context = Context {
                device: measured.device,
                sequence: measured.sequence,
                root: &measured.root,
                generation,
                measured: &measured.to_bytes(),
            };
            let key = root.epoch_key(measured.epoch);
            let (_, readings) = payload::open(&key, &context, &sealed).unwrap();
            let epoch = measured.epoch;
            readings
                .into_iter()
                .map(move |reading| (epoch, reading))
                .collect::<Vec<_>>()
        };
        state.anchored.iter().flat_map(open).collect()
    }

    /// Values and times that were anchored, by category and time.
    pub fn anchored_samples(&self) -> Vec<(Millis, i64)> {
        let mut all: Vec<_> = self
            .readings()
            .iter()
            .map(|(epoch, reading)| (reading.at_ms(*epoch), reading.value))
            .collect();
        all.sort_unstable();
        all
    }
}

pub fn secret(generation: u32) -> GenerationSecret {
    GenerationSecret::from_bytes([generation as u8; 32])
}

/// Half a minute of oxygen saturation, low for ten seconds of it.
pub fn oxygen_dips() -> Vec<Sample> {
    let oxygen = Oxygen {
        seed: 1,
        every_s: 1,
        duration_s: 30,
        dip_from_s: 10,
        dip_for_s: 10,
    };
    oxygen.samples(START, 1)
}

/// What those ten seconds cross.
pub fn low_oxygen() -> Threshold {
    Threshold {
        rule: 9,
        measure: Measure::OxygenSaturation,
        comparison: Comparison::AtMost,
        value: 899,
        for_readings: 3,
        for_ms: 0,
        hysteresis: 10,
        severity: Severity::Urgent,
        ladder: 1,
    }
}

fn device(samples: Vec<Sample>) -> DeviceSim {
    let identity = Identity {
        device: DEVICE,
        pairing: 1,
        deployment: DEPLOYMENT,
        next_sequence: 1,
    };
    let mut device = DeviceSim::new(device_key(), identity, 32).unwrap();
    device.load(samples);
    device
}

/// The whole recording from a time on.
pub fn heart_rates(start_ms: Millis, speed: u32) -> Vec<Sample> {
    Recording::parse(RECORDED)
        .unwrap()
        .heart_rates(start_ms, speed)
        .unwrap()
}

/// By time, as [`Bench::anchored_samples`] has them.
pub fn values(samples: &[Sample]) -> Vec<(Millis, i64)> {
    let mut all: Vec<_> = samples.iter().map(|s| (s.at_ms, s.value)).collect();
    all.sort_unstable();
    all
}
