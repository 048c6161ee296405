//! Everything that can go wrong around a gateway, in any order: afterwards every reading is on the
//! chain once, and opens.

mod support;

use std::path::PathBuf;
use std::sync::atomic::Ordering;

use support::bench::{heart_rates, values, DownVault, START};
use support::Bench;
use vitals_device_sim::Sample;
use vitals_gateway::{back_up, restore, BackupKey, BackupSources};

const HOUR: u64 = 3_600_000;
const SEEDS: u64 = 6;

fn samples() -> Vec<Sample> {
    heart_rates(START, 5).into_iter().take(300).collect()
}

/// Knuth's MMIX generator: enough to choose what breaks next.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn one_in(&mut self, sides: u64) -> bool {
        self.roll(sides) == 0
    }
}

struct Trial {
    bench: Bench,
    dice: Dice,
    elsewhere: tempfile::TempDir,
    backup: Option<PathBuf>,
    made: u32,
    operator: age::x25519::Identity,
}

impl Trial {
    fn new(seed: u64) -> Self {
        let mut bench = Bench::new(samples());
        bench.third = Some(DownVault::new("c"));
        bench.max_readings = 30;
        bench.open();
        Self {
            bench,
            dice: Dice(seed),
            elsewhere: tempfile::tempdir().unwrap(),
            backup: None,
            made: 0,
            operator: age::x25519::Identity::generate(),
        }
    }

    fn vaults(&self) -> Vec<DownVault> {
        let vaults = self.bench.vaults.iter().chain(&self.bench.third);
        vaults.cloned().collect()
    }

    fn back_up(&mut self) {
        self.made += 1;
        let path = self.elsewhere.path().join(format!("{}.backup", self.made));
        let sources = BackupSources {
            databases: vec![self.bench.store_path()],
            files: vec![self.bench.dir.path().join("store.key")],
        };
        let recipient = self.operator.to_public().to_string();
        back_up(&sources, BackupKey::Age(&recipient), &path).unwrap();
        self.backup = Some(path);
    }

    fn restore(&mut self) {
        use age::secrecy::ExposeSecret;
        let Some(backup) = &self.backup else { return };
        self.bench.gateway = None;
        let dir = tempfile::tempdir().unwrap();
        let identity = self.operator.to_string();
        let key = BackupKey::Age(identity.expose_secret());
        restore(backup, key, dir.path()).unwrap();
        self.bench.dir = dir;
        self.bench.open();
    }

    fn break_something(&mut self) {
        let which = usize::try_from(self.dice.roll(3)).unwrap();
        let vault = self.vaults()[which].clone();
        match self.dice.roll(10) {
            0 | 1 => self.bench.open(),
            2 => vault.down.store(true, Ordering::Relaxed),
            3 => vault.room.store(self.dice.roll(3), Ordering::Relaxed),
            4 => self.bench.chain.state().unreachable = true,
            5 => self.bench.chain.state().lose_answer = true,
            6 => {
                let busy = "chain/refused: mempool is full".into();
                self.bench.chain.state().reject = Some(busy);
            }
            7 => self.bench.chain.state().most_batches = Some(1),
            8 => self.back_up(),
            _ => self.restore(),
        }
    }

    fn heal(&mut self) {
        for vault in self.vaults() {
            vault.down.store(false, Ordering::Relaxed);
            vault.room.store(u64::MAX, Ordering::Relaxed);
        }
        let mut state = self.bench.chain.state();
        state.unreachable = false;
        state.lose_answer = false;
        state.reject = None;
    }

    fn second(&mut self, second: u64) {
        let now_ms = START + second * 1_000;
        if self.dice.one_in(2) {
            self.break_something();
        }
        if self.dice.one_in(4) {
            self.heal();
        }
        if self.dice.one_in(5) {
            let wrong = now_ms + 50 * HOUR * self.dice.roll(2) - HOUR * self.dice.roll(2);
            self.bench.gateway().tick(wrong).unwrap();
        }
        self.bench.reconnect(now_ms);
        self.bench.step(now_ms);
    }

    fn end(&mut self) {
        self.heal();
        for second in 0..10 {
            let now_ms = START + 300_000 + second * 61_000;
            self.bench.reconnect(now_ms);
            self.bench.gateway().close_all().unwrap();
            self.bench.step(now_ms);
        }
    }
}

#[test]
fn after_any_faults_in_any_order_every_reading_is_anchored_once() {
    for seed in 0..SEEDS {
        let mut trial = Trial::new(seed);
        for second in 0..70 {
            trial.second(second);
        }
        trial.end();
        let anchored = trial.bench.anchored_samples();
        let status = trial.bench.gateway().status().unwrap();
        assert_eq!(anchored, values(&samples()), "seed {seed}: {status:?}");
        assert!(trial.bench.device.is_done(), "seed {seed}: {status:?}");
        assert!(status.vaults.iter().all(|v| v.waiting == 0), "{status:?}");
    }
}
